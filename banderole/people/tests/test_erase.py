from datetime import timedelta

import pytest
from django.utils import timezone

from banderole.people.domain import cleanup, consents, dossiers, erase, mails, notes, persons
from banderole.people.enums import Purpose
from banderole.people.models import Consent, Contact, Dossier, Mail, Membership, Note, Person, Record
from banderole.people.queries import consenting
from banderole.people.signals import person_erased

SUBJECT = "newsletter:la-lettre"


@pytest.fixture
def chloe(ada, bayeux):
    contact = persons.contact_for(persons.normalise("chloe@example.org"), locale="fr")
    person = contact.person
    person.group, person.area = bayeux, "14"
    person.save()
    persons.verify(contact)
    wording = consents.wording(Purpose.NEWSLETTER, locale="fr", text="La lettre.")
    consents.give(
        person, Purpose.NEWSLETTER, subject=SUBJECT, wording=wording, channel="form", at=timezone.now()
    )
    dossiers.write(person, {"name": "Chloé"}, scope=f"group:{bayeux.pk}")
    notes.write_note(person, "Rappelle jeudi.", by=ada.account)
    Membership.objects.create(person=person, group=bayeux)
    mails.write_mail(contact, "people/emails/my_data", {"link": "https://example.org/x"}, name="x")
    return person


def test_erasing_leaves_the_proof_of_consent_under_a_random_id_and_nothing_else(chloe):
    erase.erase(chloe, by=None)

    chloe.refresh_from_db()
    assert (chloe.group, chloe.area, chloe.erased_at is not None) == (None, "", True)
    for model in (Contact, Dossier, Note, Membership, Mail):
        assert model.objects.count() == 0
    assert Consent.objects.get().person == chloe
    assert list(consenting(Purpose.NEWSLETTER, SUBJECT)) == []
    assert Record.objects.filter(verb="erase").get().subject == f"person {chloe.public_id}"


def test_the_ledger_erases_again_whom_a_restored_backup_brings_back(chloe):
    erase.erase(chloe, by=None)
    Person.objects.update(erased_at=None)
    persons.Contact.objects.create(person=chloe, envelope=b"x", blind_index=b"y")

    assert erase.replay_ledger() == 1
    assert erase.replay_ledger() == 0
    assert Contact.objects.count() == 0


def test_who_comes_back_after_erasing_is_somebody_new(chloe):
    erase.erase(chloe, by=None)

    contact = persons.contact_for(persons.normalise("chloe@example.org"), locale="fr")

    assert contact.person != chloe
    assert contact.verified_at is None


def test_apps_above_erase_in_the_same_transaction(chloe):
    def fails(sender, person, **_more):
        raise RuntimeError

    person_erased.connect(fails)
    try:
        with pytest.raises(RuntimeError):
            erase.erase(chloe, by=None)
    finally:
        person_erased.disconnect(fails)

    assert Contact.objects.count() == 1
    # The wish is written down: the daily clean-up carries it out.
    cleanup.clean_up()
    assert Contact.objects.count() == 0


def test_a_sign_up_that_nobody_confirmed_vanishes_after_seven_days(chloe):
    unconfirmed = persons.contact_for(persons.normalise("eight-days@example.org"), locale="fr").person
    recent = persons.contact_for(persons.normalise("seven-days@example.org"), locale="fr").person
    today = timezone.localdate()
    Person.objects.filter(pk__in=[unconfirmed.pk, chloe.pk]).update(made_on=today - timedelta(days=8))
    Person.objects.filter(pk=recent.pk).update(made_on=today - timedelta(days=7))

    assert cleanup.forget_unconfirmed(now=timezone.now()) > 0

    assert list(Person.objects.order_by("pk")) == [chloe, recent]
