import re

import pytest

from banderole.common import chores, links
from banderole.people.domain import consents, dossiers, inbox, mails, persons, rights
from banderole.people.enums import Purpose
from banderole.people.models import Consent, Contact, Dossier, InboxItem, Mail, Person
from banderole.people.queries import may_receive
from banderole.people.tests.conftest import NOON

SUBJECT = "newsletter:la-lettre"


@pytest.fixture
def chloe(ada, bayeux, settings):
    settings.DEMO = True
    contact = persons.contact_for(persons.normalise("chloe@example.org"), locale="fr")
    persons.verify(contact)
    wording = consents.wording(Purpose.NEWSLETTER, locale="fr", text="Je veux recevoir la lettre.")
    consents.give(
        contact.person, Purpose.NEWSLETTER, subject=SUBJECT, wording=wording, channel="form", at=NOON
    )
    dossiers.write(contact.person, {"name": "Chloé Vandenbroucke"}, scope=f"group:{bayeux.pk}")
    return contact.person


def ask(client, address, **headers):
    return client.post("/vos-donnees/", {"email": address}, headers={"sec-fetch-site": "same-origin"})


def work():
    inbox.open_inbox()
    mails.send_mails()


def test_who_asks_gets_a_link_and_sees_what_is_kept_only_after_the_button(client, chloe, settings):
    assert ask(client, "Chloe@Example.org")["Location"] == "/vos-donnees/merci/"
    work()
    [mail] = settings.OUTBOX_ROOT.glob("*.eml")
    text = mail.read_text().replace("=\n", "").replace("=3D", "=")
    link = re.search(r"/vos-donnees/[\w:.-]+/", text)[0]

    before = client.get(link).content.decode()
    after = client.post(link, {"act": "show"}).content.decode()

    assert "Je veux recevoir la lettre." not in before
    assert "Je veux recevoir la lettre." in after
    assert "Vandenbroucke" not in after
    assert "1 mars 2026" in after


def test_the_answer_is_the_same_for_who_is_not_known_and_nothing_is_kept_of_them(client, chloe):
    known, unknown = ask(client, "chloe@example.org"), ask(client, "nobody@example.org")
    work()

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert (Mail.objects.count(), Contact.objects.count(), InboxItem.objects.count()) == (1, 1, 0)


def test_asking_again_within_the_hour_sends_nothing_more(client, chloe, settings):
    for _ in range(3):
        ask(client, "chloe@example.org")
    work()

    assert len(list(settings.OUTBOX_ROOT.glob("*.eml"))) == 1


@pytest.mark.parametrize("address", ["", "chloe", "chloe@", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_explained(client, chloe, address):
    response = ask(client, address)

    assert response.status_code == 400
    assert "field__error" in response.content.decode()
    assert InboxItem.objects.count() == 0


def test_a_yes_is_taken_back_at_once(client, chloe):
    link = rights.link_for(chloe)

    client.get(link, {"act": "withdraw"})
    assert may_receive(chloe, Purpose.NEWSLETTER, SUBJECT)
    response = client.post(link, {"act": "withdraw", "purpose": "newsletter", "subject": SUBJECT})

    assert "notice--calm" in response.content.decode()
    assert not may_receive(chloe, Purpose.NEWSLETTER, SUBJECT)
    assert [row.channel for row in Consent.objects.all()] == ["form", "my_data"]


@pytest.mark.parametrize("purpose", ["", "everything", "welcome"])
def test_taking_back_what_was_not_given_changes_nothing(client, chloe, purpose):
    response = client.post(
        rights.link_for(chloe), {"act": "withdraw", "purpose": purpose, "subject": SUBJECT}
    )

    assert response.status_code == 200
    assert Consent.objects.count() == 1


def test_who_wants_to_be_erased_is_erased_by_the_worker(client, chloe):
    link = rights.link_for(chloe)

    assert client.post(link, {"act": "erase"}).status_code == 200
    work()

    assert (Contact.objects.count(), Dossier.objects.count()) == (0, 0)
    assert Person.objects.get(pk=chloe.pk).erased_at is not None
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("token", ["x", "WyJ4Il0:1abc:defg", "%00"])
def test_a_forged_link_opens_nothing(client, chloe, token):
    assert client.get(f"/vos-donnees/{token}/").status_code in {404, 410}
    assert client.post(f"/vos-donnees/{token}/", {"act": "show"}).status_code in {404, 410}


def test_a_link_of_another_purpose_opens_nothing(client, chloe):
    token = links.make("unsubscribe", chloe.public_id)

    assert client.post(f"/vos-donnees/{token}/", {"act": "show"}).status_code == 410


def test_the_page_stands_in_english_too_and_the_mail_leads_there(client, chloe):
    Person.objects.update(locale="en")
    chloe.refresh_from_db()

    assert client.get("/en/vos-donnees/").status_code == 200
    assert rights.link_for(chloe).startswith("/en/vos-donnees/")


def test_the_worker_knows_its_chores():
    names = {chore.name for lane in chores.by_lane().values() for chore in lane}

    assert {"open_inbox", "send_mails", "clean_up_people"} <= names
