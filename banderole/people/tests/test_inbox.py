import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from banderole.people import registry
from banderole.people.domain import inbox, persons
from banderole.people.exceptions import NotSetUp
from banderole.people.models import InboxItem, Person
from banderole.vault.exceptions import TooLarge

FIELDS = {"name": "Zénobie Quincampoix", "email": "zenobie@example.org"}


@pytest.fixture
def opened(machine, monkeypatch):
    monkeypatch.setattr(registry, "_forms", {})
    opened = []
    registry.register_form("join", lambda fields, received: opened.append((fields, received)))
    return opened


def retry_now():
    InboxItem.objects.update(next_try_at=None)


def test_a_form_is_opened_once_with_what_was_sent_and_when(opened):
    before = timezone.now()
    inbox.receive("join", FIELDS)

    assert inbox.open_inbox() == 1
    assert inbox.open_inbox() == 0

    [(fields, received)] = opened
    assert fields == FIELDS
    assert before <= received <= timezone.now()
    assert InboxItem.objects.count() == 0


def test_the_stored_row_tells_neither_who_nor_the_minute_nor_the_length(opened):
    inbox.receive("join", FIELDS)
    inbox.receive("join", FIELDS | {"sentence": "J’habite près de l’Aure. " * 10})

    short, long = InboxItem.objects.all()
    assert b"Quincampoix" not in bytes(short.envelope)
    assert len(bytes(short.envelope)) == len(bytes(long.envelope))
    assert (short.received_hour.minute, short.received_hour.second, short.received_hour.microsecond) == (
        0,
        0,
        0,
    )
    assert short.next_try_at is None


def test_a_form_that_fails_is_kept_and_named_and_the_others_go_on(opened, caplog):
    def fails(fields, received):
        Person.objects.create()
        raise ValueError(fields["name"])

    registry.register_form("broken", fails)
    inbox.receive("broken", FIELDS)
    inbox.receive("join", FIELDS)

    with caplog.at_level(logging.DEBUG):
        assert inbox.open_inbox() == 1

    [kept] = InboxItem.objects.all()
    assert kept.failed == "ValueError"
    assert len(opened) == 1
    assert Person.objects.count() == 0
    assert "Quincampoix" not in caplog.text
    assert "ValueError" in caplog.text


def test_a_form_that_failed_is_tried_again_later_and_then_opened(opened):
    def fails(_fields, _received):
        raise KeyError("phone")

    registry.register_form("late", fails)
    inbox.receive("late", FIELDS)
    inbox.open_inbox()
    registry.register_form("late", lambda fields, received: opened.append(fields))

    assert inbox.open_inbox() == 0
    retry_now()
    assert inbox.open_inbox() == 1
    assert InboxItem.objects.count() == 0


def test_tries_grow_apart(opened):
    registry.register_form("broken", lambda _fields, _received: 1 / 0)
    inbox.receive("broken", FIELDS)
    waits = []
    for _ in range(5):
        inbox.open_inbox()
        waits.append(round((InboxItem.objects.get().next_try_at - timezone.now()) / timedelta(seconds=1)))
        retry_now()

    assert waits == [5, 60, 300, 3600, 3600]


def test_a_form_waits_without_blame_while_nobody_founded_the_association(opened):
    def needs_association(_fields, _received):
        raise NotSetUp

    registry.register_form("early", needs_association)
    inbox.receive("early", FIELDS)

    assert inbox.open_inbox() == 0
    assert InboxItem.objects.get().failed == ""


def test_an_item_of_a_kind_that_nobody_opens_is_kept(opened):
    inbox.receive("unknown", FIELDS)

    assert inbox.open_inbox() == 0
    assert InboxItem.objects.get().failed == "KeyError"


def test_an_envelope_pasted_into_another_row_does_not_open(opened):
    inbox.receive("join", FIELDS)
    inbox.receive("join", {"name": "Autre"})
    one, other = InboxItem.objects.all()
    InboxItem.objects.filter(pk=one.pk).update(envelope=other.envelope)

    assert inbox.open_inbox() == 1
    assert InboxItem.objects.get().failed == "Damaged"


def test_more_than_a_form_can_hold_is_refused_and_nothing_is_stored(opened):
    with pytest.raises(TooLarge):
        inbox.receive("join", {"sentence": "x" * 20_000})

    assert InboxItem.objects.count() == 0


def test_without_any_key_nothing_is_promised(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"

    with pytest.raises(NotSetUp):
        inbox.receive("join", FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "ada@localhost",
        "a b@example.org",
        "ada@example.org\nBcc: x@example.org",
        "é@example.org",
    ],
)
def test_what_is_no_address_is_named_without_being_repeated(text):
    with pytest.raises(persons.AddressError) as caught:
        persons.normalise(text)

    assert not text or text not in str(caught.value)


def test_one_person_an_address_however_it_is_written(machine):
    one = persons.contact_for(persons.normalise(" Ada@Example.ORG "), locale="fr")
    other = persons.contact_for(persons.normalise("ada@example.org"), locale="en")

    assert one == other
    assert Person.objects.count() == 1
    assert persons.addresses([one.pk]) == {one.pk: "ada@example.org"}
    assert len(bytes(one.blind_index)) == 16
    assert b"ada" not in bytes(one.envelope)


def test_two_workers_with_the_same_new_address_make_one_person(machine, monkeypatch):
    address = persons.normalise("ada@example.org")
    first = persons.contact_for(address, locale="fr")

    class Blind:
        """The first look finds nothing, as when the other worker's row is not committed yet."""

        def first(self):
            return None

    manager = type(persons.Contact.objects.select_related("person"))
    real = manager.filter
    looks = []

    def filter_blindly(self, *args, **kwargs):
        looks.append(kwargs)
        return Blind() if len(looks) == 1 else real(self, *args, **kwargs)

    monkeypatch.setattr(manager, "filter", filter_blindly)

    assert persons.contact_for(address, locale="fr") == first
    monkeypatch.undo()
    assert Person.objects.count() == 1
