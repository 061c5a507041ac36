"""Seats never exceed the capacity, however many press the button at once."""

import contextlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banderole.campaigns.domain import participation
from banderole.campaigns.enums import State
from banderole.campaigns.models import Event, Participation
from banderole.common import links
from banderole.people.enums import ContactKind
from banderole.people.models import Contact, Group, Person


def make_event(capacity):
    group, _made = Group.objects.get_or_create(name="Bayeux", defaults={"slug": "bayeux"})
    starts = timezone.now() + timedelta(days=5)
    return Event.objects.create(
        title="Assemblée", slug=uuid4().hex, group=group, capacity=capacity, published=True,
        starts=starts, ends=starts + timedelta(hours=2),
    )  # fmt: skip


def ask(event, seats):
    """A person who filled in the form, and the token of the mail."""
    person = Person.objects.create()
    contact = Contact.objects.create(
        person=person, kind=ContactKind.EMAIL, envelope=b"x", blind_index=uuid4().bytes
    )
    row = Participation.objects.create(event=event, person=person, guests=seats - 1)
    return row, contact, links.make(participation.CONFIRM, row.pk, contact.pk)


def no_seat_too_many_and_nobody_passed_over(event):
    left = event.capacity - participation.seats_taken(event)
    return left >= 0 and all(waiting.seats > left for waiting in event.participations.queue())


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    capacity=st.integers(0, 8),
    steps=st.lists(st.tuples(st.sampled_from(["come", "cancel"]), st.integers(1, 4)), max_size=14),
)
def test_after_any_row_of_coming_and_cancelling_the_seats_are_right(capacity, steps):
    event, rows, now = make_event(capacity), [], timezone.now()
    for verb, number in steps:
        if verb == "come":
            row, contact, _token = ask(event, number)
            rows.append(participation.confirm(row, contact=contact, now=now))
        elif rows:
            participation.cancel(rows[number % len(rows)], now=now)

        assert no_seat_too_many_and_nobody_passed_over(event)


def press_all_at_once(people=14, capacity=9):
    event = make_event(capacity)
    tokens = [ask(event, 1 + number % 3)[2] for number in range(people)]

    def press(token):
        try:
            return Client().post(f"/rendez-vous/confirmer/{token}/").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(press, tokens + tokens[:4]))

    assert set(answers) == {200}
    assert no_seat_too_many_and_nobody_passed_over(event)
    assert event.participations.filter(state=State.REQUESTED).count() == 0


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has the test below")
def test_many_pressing_at_once_take_no_seat_twice_in_a_file(monkeypatch, tmp_path):
    file = tmp_path / "seats.db"
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(file)) as copy:
        # Without the index of Wagtail's search, whose virtual tables a dump cannot make again.
        dump = [line for line in connection.connection.iterdump() if "_fts" not in line]
        copy.executescript("\n".join(dump))
    # Each thread opens a connection of its own, to the file: a database in memory has but one.
    monkeypatch.setitem(connections.settings["default"], "NAME", str(file))

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(press_all_at_once).result()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has the test above")
def test_many_pressing_at_once_take_no_seat_twice_on_a_server():
    press_all_at_once()
