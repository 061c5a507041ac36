from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from banderole.people.domain import consents
from banderole.people.enums import Purpose
from banderole.people.models import Consent, Person, Wording
from banderole.people.queries import consenting, consents_in_force, may_receive

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LETTER = Purpose.NEWSLETTER
SUBJECT = "newsletter:la-lettre"


@pytest.fixture
def wording():
    return consents.wording(LETTER, locale="fr", text="Je veux recevoir la lettre.")


def give(person, wording, subject=SUBJECT):
    return consents.give(person, LETTER, subject=subject, wording=wording, channel="form", at=NOON)


def test_the_same_wording_is_stored_once_and_another_locale_is_another_wording(wording):
    again = consents.wording(LETTER, locale="fr", text="Je veux recevoir la lettre.")
    english = consents.wording(LETTER, locale="en", text="Je veux recevoir la lettre.")

    assert again == wording
    assert english != wording
    assert Wording.objects.count() == 2


def test_the_newest_word_counts_and_every_word_is_kept(wording):
    person = Person.objects.create()

    give(person, wording)
    assert may_receive(person, LETTER, SUBJECT)
    consents.withdraw(person, LETTER, subject=SUBJECT, channel="link", at=NOON)
    assert not may_receive(person, LETTER, SUBJECT)
    give(person, wording)

    assert may_receive(person, LETTER, SUBJECT)
    assert [consent.given for consent in Consent.objects.all()] == [True, False, True]


def test_withdrawing_what_was_never_given_writes_nothing():
    person = Person.objects.create()

    assert consents.withdraw(person, LETTER, subject=SUBJECT, channel="link", at=NOON) is None
    assert Consent.objects.count() == 0


def test_consenting_names_exactly_those_whose_newest_word_is_a_yes_on_this_subject(wording):
    said_yes, withdrew, elsewhere, erased, silent = (Person.objects.create() for _ in range(5))
    for person in (said_yes, withdrew, erased):
        give(person, wording)
    give(elsewhere, wording, subject="newsletter:agenda")
    consents.withdraw(withdrew, LETTER, subject=SUBJECT, channel="one_click", at=NOON)
    erased.erased_at = NOON
    erased.save()

    assert list(consenting(LETTER, SUBJECT)) == [said_yes]
    assert list(consenting(Purpose.EVENT, SUBJECT)) == []
    assert not may_receive(erased, LETTER, SUBJECT)
    assert consents_in_force(withdrew) == []
    assert consents_in_force(silent) == []


def test_consenting_takes_one_query(wording, django_assert_num_queries):
    for _ in range(3):
        give(Person.objects.create(), wording)

    with django_assert_num_queries(1):
        assert len(consenting(LETTER, SUBJECT)) == 3


def test_a_wording_that_somebody_agreed_to_cannot_be_deleted(wording):
    give(Person.objects.create(), wording)

    with pytest.raises(IntegrityError):
        wording.delete()
