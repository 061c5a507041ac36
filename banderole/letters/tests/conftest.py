"""A home with keys, a newsletter, and people who subscribed to it."""

import asyncio
import socket
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import Group
from django.utils import timezone

from banderole.accounts.models import Account
from banderole.letters.domain.sending import Relay
from banderole.letters.models import Letter, Newsletter
from banderole.people.domain import consents, persons
from banderole.people.enums import Purpose, Right
from banderole.people.models import Duty

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _relay_is_fresh(settings):
    settings.MAIL_FROM = "bonjour@testserver.example"
    Relay.works()
    Relay.full_until = 0.0


@pytest.fixture
def newsletter(db):
    return Newsletter.objects.create(
        name="La lettre de l’Aure",
        slug="la-lettre-de-l-aure",
        promise="Les nouvelles de la rivière.",
        sender_name="Les Riverains de l’Aure",
    )


@pytest.fixture
def agenda(db):
    return Newsletter.objects.create(
        name="Agenda du bassin",
        slug="agenda-du-bassin",
        promise="Les dates.",
        sender_name="Les Riverains",
        order=20,
    )


@pytest.fixture
def subscribe(machine_home):
    """Make persons with an address who said yes to a newsletter, and confirmed."""

    def make(newsletter, *addresses):
        contacts = []
        wording = consents.wording(Purpose.NEWSLETTER, locale="fr", text=f"Oui à {newsletter.name}")
        for address in addresses:
            contact = persons.contact_for(persons.normalise(address), locale="fr")
            persons.verify(contact)
            consents.give(
                contact.person, Purpose.NEWSLETTER, subject=newsletter.consent_subject,
                wording=wording, channel="form", at=timezone.now(),
            )  # fmt: skip
            contacts.append(contact)
        return contacts

    return make


@pytest.fixture
def letter(newsletter):
    return Letter.objects.create(
        newsletter=newsletter,
        subject="L’eau monte, nous aussi",
        preheader="Trois dates en mars",
        body=[
            {"type": "heading", "value": "Ce mois-ci"},
            {"type": "text", "value": "<p>Bonjour, <b>merci</b> &amp; à <a href='https://example.org/é'>bientôt</a>.</p><ul><li>un</li><li>deux</li></ul>"},
            {"type": "quote", "value": {"text": "On ne défend bien que ce que l’on connaît.", "source": "Inès"}},
            {"type": "button", "value": {"text": "Je viens", "address": "https://example.org/agenda/?a=1&b=2"}},
        ],
    )  # fmt: skip


class Mailbox:
    """A relay that keeps what it accepted; `answers` gives another answer for an address, once each."""

    def __init__(self):
        self.kept = []
        self.answers = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        answers = self.answers.get(address)
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server, _session, envelope):
        self.kept.append((envelope.rcpt_tos[0], envelope.content))
        await asyncio.sleep(0)
        return "250 2.0.0 kept"

    @property
    def addresses(self):
        return sorted(address for address, _content in self.kept)


@pytest.fixture
def mailbox(settings):
    mailbox = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", port, "none"
    settings.SMTP_CONNECTIONS = 3
    yield mailbox
    controller.stop()


@pytest.fixture
def editor(db, client):
    account = Account.objects.create(login="ines")
    account.groups.add(Group.objects.get(name="editors"))
    Duty.objects.create(account=account, right=Right.WRITE_LETTERS)
    client.force_login(account)
    return account
