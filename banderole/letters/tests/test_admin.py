"""What an editor does with a letter in Wagtail's admin."""

import pytest
from django.urls import reverse

from banderole.accounts.models import Account
from banderole.letters.domain.sending import send_letters
from banderole.letters.enums import Delivery
from banderole.letters.models import Letter, Recipient
from banderole.people.enums import Right

pytestmark = pytest.mark.django_db


def admin(name, letter, app="letters_admin"):
    return reverse(f"{app}:{name}", args=[letter.pk])


EDIT = "wagtailsnippets_letters_letter"


def test_an_editor_checks_sends_and_watches_a_letter(letter, editor, client, subscribe, mailbox):
    subscribe(letter.newsletter, "chloe@example.org", "dario@example.org")

    assert admin("send", letter) in client.get(admin("edit", letter, EDIT)).content.decode()
    page = client.get(admin("send", letter)).content.decode()
    assert "2 personnes la reçoivent." in page
    response = client.post(admin("send", letter))
    assert response["Location"] == admin("progress", letter)
    assert mailbox.kept == []
    while send_letters():
        pass

    progress = client.get(admin("progress", letter)).content.decode()
    assert "2 sur 2" in progress
    assert mailbox.addresses == ["chloe@example.org", "dario@example.org"]


def test_sending_twice_sends_once(letter, editor, client, subscribe):
    subscribe(letter.newsletter, "chloe@example.org")
    client.post(admin("send", letter))
    client.post(admin("send", letter))

    assert Recipient.objects.count() == 1


def test_an_empty_letter_or_one_for_nobody_is_not_sent(newsletter, editor, client):
    empty = Letter.objects.create(newsletter=newsletter, subject="Rien")

    page = client.get(admin("send", empty)).content.decode()
    client.post(admin("send", empty))

    assert "La lettre est vide." in page
    assert "Personne n’est encore inscrit" in page
    empty.refresh_from_db()
    assert empty.state == "draft"


def test_who_has_no_right_cannot_look_send_or_stop(letter, client, db):
    client.force_login(Account.objects.create(login="eve"))

    for name in ("send", "progress"):
        assert client.get(admin(name, letter)).status_code in (302, 403)
    for name in ("send", "stop"):
        assert client.post(admin(name, letter)).status_code in (302, 403)
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_who_may_publish_but_not_write_letters_cannot_send(letter, editor, client, subscribe):
    subscribe(letter.newsletter, "chloe@example.org")
    editor.duties.update(right=Right.PUBLISH)

    assert client.post(admin("send", letter)).status_code in (302, 403)
    assert admin("send", letter) not in client.get(reverse(f"{EDIT}:list")).content.decode()
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_a_sent_letter_is_shown_not_edited_nor_deleted(letter, editor, client, subscribe):
    subscribe(letter.newsletter, "chloe@example.org")
    assert client.get(admin("edit", letter, EDIT)).status_code == 200
    client.post(admin("send", letter))

    for name in ("edit", "delete"):
        for answer in (client.get(admin(name, letter, EDIT)), client.post(admin(name, letter, EDIT))):
            assert answer["Location"] == admin("progress", letter)
    assert Letter.objects.count() == 1


def test_stopping_is_one_button(letter, editor, client, subscribe):
    subscribe(letter.newsletter, "chloe@example.org")
    client.post(admin("send", letter))
    client.post(admin("stop", letter))

    letter.refresh_from_db()
    assert letter.state == "stopped"
    assert Recipient.objects.get().state == Delivery.CANCELLED


def test_lists_show_letters_and_newsletters(letter, editor, client):
    letters = client.get(reverse(f"{EDIT}:list")).content.decode()
    newsletters = client.get(reverse("wagtailsnippets_letters_newsletter:list")).content.decode()

    assert admin("send", letter) in letters
    assert letter.newsletter.name in newsletters


@pytest.mark.parametrize(
    ("mode", "shows"),
    [("mail", 'role="article"'), ("text", "## Ce mois-ci"), ("page", '<main id="main">')],
)
def test_the_preview_shows_mail_text_and_page(letter, editor, client, mode, shows):
    fields = {
        "newsletter": letter.newsletter.pk,
        "subject": "Un autre sujet",
        "preheader": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-id": "",
        "body-0-value": "Ce mois-ci",
    }
    url = admin("preview_on_edit", letter, EDIT)
    assert client.post(url, fields).json() == {"is_valid": True, "is_available": True}

    response = client.get(url, {"mode": mode})

    assert response.status_code == 200
    assert "Un autre sujet" in response.content.decode()
    assert shows in response.content.decode()
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self'" in policy
