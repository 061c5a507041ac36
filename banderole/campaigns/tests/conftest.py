import email
import email.policy
import re
import socket
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from banderole.campaigns.domain import mails
from banderole.campaigns.models import Event
from banderole.common import public_forms
from banderole.people.domain import inbox
from banderole.people.domain import mails as people_mails

# The cast of the people: Ada coordinates, Bruno welcomes in Bayeux, Eve may do nothing.
from banderole.people.tests.conftest import ada, bayeux, bruno, caen, eve, machine  # noqa: F401
from banderole.people.tests.test_mails import Box

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(autouse=True)
def _quick_passphrases(settings):
    """Deriving keys is slow on purpose; here nobody guesses."""
    settings.PASSPHRASE_COST = (1024, 1, 1)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def make_event(bayeux):  # noqa: F811 -- a fixture by its name
    """Makes a published event in ten days at 14 h, for four hours."""

    def make(**fields):
        day = timezone.localtime(timezone.now(), PARIS).date() + timedelta(days=10)
        starts = fields.pop("starts", datetime(day.year, day.month, day.day, 14, tzinfo=PARIS))
        facts = {
            "slug": f"rendez-vous-{Event.objects.count() + 1}",
            "title": "Assemblée ouverte",
            "summary": "On fait le point, on décide du printemps.",
            "group": bayeux,
            "ends": starts + timedelta(hours=4),
            "place_name": "Salle Jean-Vilar",
            "address": "3 rue du Moulin",
            "town": "Bayeux",
            "published": True,
        }
        return Event.objects.create(starts=starts, **{**facts, **fields})

    return make


class Visitor:
    """Somebody at a browser and a mailbox: fills in the form, reads the mails, presses the buttons."""

    def __init__(self, client, box):
        self.client, self.box = client, box

    def ask(self, event, address, *, name="Camille", seats=1, path=""):
        fields = {"name": name, "address": address, "seats": seats, "website": "", "altcha": ""}
        return self.client.post(
            path or f"/agenda/{event.slug}/venir/", fields, headers={"origin": "http://testserver"}
        )

    def mails(self, address):
        """The mails that came to this address so far, after the worker did its work."""
        for _round in range(3):
            inbox.open_inbox()
            mails.write_owed_mails()
            mails.send_notices()
            people_mails.send_mails()
        return [read(sent) for sent in self.box.got if sent.rcpt_tos == [address]]

    def last_link(self, address):
        text = self.mails(address)[-1].get_body(("plain",)).get_content()
        return re.findall(r"http://testserver(/\S+)", text)[-1]

    def come(self, event, address, **how):
        """The whole way: the form, the mail, the button; returns the last page."""
        self.ask(event, address, **how)
        page = self.client.post(self.last_link(address))
        self.mails(address)
        return page

    def cancel(self, address):
        return self.client.post(self.last_link(address))


def read(sent):
    return email.message_from_bytes(sent.content, policy=email.policy.default)


def calendar_in(mail):
    """The method and the entry of the calendar that a mail carries."""
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


@pytest.fixture
def box(machine, settings):  # noqa: F811 -- a fixture by its name
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", port, "none"
    settings.NOTICE_DELAY = 0
    yield box
    controller.stop()


@pytest.fixture
def visitor(client, box):
    public_forms.forget_rates()
    return Visitor(client, box)
