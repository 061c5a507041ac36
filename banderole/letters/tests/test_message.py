"""What stands in a letter, and in the bytes of each message."""

import re
from email import message_from_bytes
from email.policy import SMTP

from wagtail.rich_text import RichText

from banderole.letters.domain.compiling import Segments, compile_letter, message_id
from banderole.letters.domain.composing import UNSUBSCRIBE_MARK, compose
from banderole.letters.domain.plain_text import from_html
from banderole.letters.tests.conftest import NOW

TOKEN = "WyIxIiwiMTIiXQ:1vABCd:" + "x" * 43
URL = re.compile(r"https?://[^\s\"'<>)]+")


def unstuffed(wire):
    return wire.replace(b"\r\n..", b"\r\n.")


def message_to(letter, address="chloe@example.org", token=TOKEN, person=12):
    segments = Segments(compile_letter(letter, compose(letter), written=NOW))
    wire = segments.message(address=address, token=token, message_id=message_id(letter.pk, person))
    return message_from_bytes(unstuffed(wire), policy=SMTP), wire


def test_a_message_has_the_headers_that_mailboxes_ask_for(letter):
    message, _wire = message_to(letter)

    assert message["From"] == "Les Riverains de l’Aure <bonjour@testserver.example>"
    assert message["To"] == "chloe@example.org"
    assert message["Subject"] == "L’eau monte, nous aussi"
    assert message["Date"] == "Sun, 01 Mar 2026 09:00:00 +0000"
    assert message["List-Id"] == "La lettre de l’Aure <la-lettre-de-l-aure.testserver>"
    assert message["List-Unsubscribe"] == (
        f"<http://testserver/desabonnement/{TOKEN}/>, "
        "<mailto:bonjour@testserver.example?subject=unsubscribe%20la-lettre-de-l-aure>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Feedback-ID"] == f"{letter.pk}:la-lettre-de-l-aure:letter:testserver"
    assert message["Message-ID"] == f"<{message_id(letter.pk, 12)}@testserver>"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_every_byte_is_ascii_and_no_line_is_too_long(letter):
    letter.body = [("text", RichText("<p>" + "é = ù . " * 500 + "</p>")), ("heading", "." * 100)]
    _message, wire = message_to(letter)

    assert wire.isascii()
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert b"\0" not in wire


def test_the_text_says_all_that_the_letter_says(letter):
    message, _wire = message_to(letter)
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")

    assert text.startswith("Banderole · La lettre de l’Aure\n\nL’eau monte, nous aussi\n\n## Ce mois-ci\n\n")
    assert "Bonjour, merci & à bientôt (https://example.org/é).\n\n- un\n- deux\n" in text
    assert "> On ne défend bien que ce que l’on connaît.\n> — Inès\n" in text
    assert "Je viens : https://example.org/agenda/?a=1&b=2\n" in text
    assert f"http://testserver/desabonnement/{TOKEN}/\n" in text


def test_a_letter_holds_no_address_of_one_person_but_the_way_out_and_no_pixel(letter):
    one, _ = message_to(letter)
    other, _ = message_to(letter, address="dario@example.org", token="another:token:zzz", person=13)

    for kind in ("plain", "html"):
        urls = [set(URL.findall(part.get_body((kind,)).get_content())) for part in (one, other)]
        assert urls[0] ^ urls[1] == {
            f"http://testserver/desabonnement/{TOKEN}/",
            "http://testserver/desabonnement/another:token:zzz/",
        }
        bodies = [part.get_body((kind,)).get_content() for part in (one, other)]
        assert bodies[0].replace(TOKEN, "another:token:zzz") == bodies[1]
    html = one.get_body(("html",)).get_content()
    assert "<img" not in html
    assert UNSUBSCRIBE_MARK not in html


def test_the_same_letter_to_the_same_person_has_the_same_id_and_nobody_elses(letter):
    assert message_id(1, 2) == message_id(1, 2)
    assert len({message_id(1, 2), message_id(2, 1), message_id(1, 3), message_id(12, 3)}) == 4


def test_a_subject_cannot_write_headers(letter):
    letter.subject = "Bonjour\r\nBcc: eve@example.org"
    letter.newsletter.name = 'Lettre"\r\nBcc: eve@example.org'

    try:
        message, _wire = message_to(letter)
    except ValueError:
        return
    assert message["Bcc"] is None


def test_what_an_author_writes_is_text_in_the_mail(letter):
    letter.body = [("heading", "<script>alert(1)</script> {{ letter }} </mj-text>")]

    html = compose(letter).html

    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ letter }} &lt;/mj-text&gt;" in html


def test_rich_text_becomes_plain_text():
    html = (
        "<p>Un <b>mot</b>,<br/>puis un autre.</p><ol><li>avant</li><li>après</li></ol>"
        '<p><a href="https://a.org/">https://a.org/</a> et <a href="mailto:b@a.org">b@a.org</a></p>'
    )

    assert from_html(html) == ("Un mot,\npuis un autre.\n\n1. avant\n2. après\n\nhttps://a.org/ et b@a.org")
