import email
import email.policy
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from banderole.people.domain import mails, persons
from banderole.people.models import Mail

LINK = "https://example.org/vos-donnees/x?a=1&b=2"


class Box:
    """A real SMTP server's mailbox; `answer` is what it says to the next message."""

    def __init__(self):
        self.got, self.answer = [], "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.got.append(envelope)
        return self.answer


@pytest.fixture
def box(machine, settings):
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=18150)
    controller.start()
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", 18150, "none"
    yield box
    controller.stop()


@pytest.fixture
def chloe(machine):
    return persons.contact_for(persons.normalise("chloe@example.org"), locale="fr")


def write(contact, name="my-data", **more):
    return mails.write_mail(contact, "people/emails/my_data", {"link": LINK}, name=name, **more)


def make_due():
    Mail.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_a_mail_goes_once_to_its_person_in_their_language(box, chloe):
    write(chloe)
    write(chloe)

    assert mails.send_mails() == 1
    assert mails.send_mails() == 0

    [sent] = box.got
    message = email.message_from_bytes(sent.content, policy=email.policy.default)
    assert sent.rcpt_tos == ["chloe@example.org"]
    assert message["To"] == "chloe@example.org"
    assert message["Content-Language"] == "fr"
    assert message["Auto-Submitted"] == "auto-generated"
    assert LINK in message.get_body(("plain",)).get_content()
    assert LINK.replace("&", "&amp;") in message.get_body(("html",)).get_content()
    mail = Mail.objects.get()
    assert bytes(mail.envelope) == b""
    assert message["Message-ID"] == f"<{mail.message_id}>"


def test_what_waits_is_sealed(chloe):
    mail = write(chloe)

    assert b"vos-donnees" not in bytes(mail.envelope)
    assert "chloe" not in mail.message_id


def test_a_mail_tried_again_is_the_same_to_the_byte(box, chloe):
    write(chloe, attachment=("rendez-vous.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n"))
    mails.send_mails()
    mail = Mail.objects.get()
    first = box.got[0].content
    mail.delete()
    again = write(chloe, attachment=("rendez-vous.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n"))
    Mail.objects.filter(pk=again.pk).update(written_at=mail.written_at)

    mails.send_mails()

    assert box.got[1].content == first
    parts = email.message_from_bytes(first, policy=email.policy.default).iter_attachments()
    assert [part.get_filename() for part in parts] == ["rendez-vous.ics"]


def test_a_relay_that_is_busy_is_asked_again_after_1_5_15_60_minutes_and_given_up_after_two_days(box, chloe):
    box.answer = "451 later"
    write(chloe)
    waits = []
    for _ in range(5):
        mails.send_mails()
        waits.append(round((Mail.objects.get().next_try_at - timezone.now()) / timedelta(minutes=1)))
        make_due()

    assert waits == [1, 5, 15, 60, 60]
    Mail.objects.update(written_at=timezone.now() - timedelta(hours=49))
    mails.send_mails()
    assert Mail.objects.get().refused_at is not None
    assert box.got == []


def test_what_the_relay_refuses_is_not_tried_again(box, chloe):
    box.answer = "550 no such mailbox"
    write(chloe)

    assert mails.send_mails() == 1
    make_due()
    assert mails.send_mails() == 0
    assert Mail.objects.get().refused_at is not None


def test_without_a_relay_mail_waits_and_loses_no_try(chloe, settings, box):
    settings.SMTP_HOST = ""
    write(chloe)

    assert mails.send_mails() == 0
    assert Mail.objects.get().tries == 0
    settings.SMTP_HOST = "127.0.0.1"
    assert mails.send_mails() == 1
    assert len(box.got) == 1


def test_a_demo_keeps_its_mail_in_a_folder(chloe, settings):
    settings.SMTP_HOST, settings.DEMO = "", True
    write(chloe)

    mails.send_mails()

    [file] = settings.OUTBOX_ROOT.glob("*.eml")
    assert email.message_from_bytes(file.read_bytes())["To"] == "chloe@example.org"


def test_a_mail_that_a_killed_worker_claimed_is_sent_after_the_lease(box, chloe):
    mail = write(chloe)
    assert mails._claim(mail)
    assert not mails._claim(mail)
    assert mails.send_mails() == 0

    make_due()
    assert mails.send_mails() == 1
