"""Saying "I'm coming", confirming it, cancelling it; seats never exceed the capacity.

The form is opened by the worker (`ask`); the links in its mail act in `web` (`confirm`, `cancel`). Each can be
repeated without harm. Who is owed a mail follows from the rows; `domain/mails.py` writes it.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, override

from banderole.campaigns.enums import State
from banderole.campaigns.exceptions import EventClosed
from banderole.campaigns.models import Event, Participation
from banderole.campaigns.queries import event_urls
from banderole.common import links
from banderole.common.links import Token
from banderole.common.signals import announce_change
from banderole.people.domain import consents, dossiers, mails, persons
from banderole.people.enums import Purpose
from banderole.people.models import Contact, Person
from banderole.people.registry import Fields

CONFIRM, CANCEL = "event_confirm", "event_cancel"
CONFIRM_WITHIN = timedelta(days=7)
MOST_SEATS = 6  # for one form; whoever brings more writes to the group


def wording_text(event: Event) -> str:
    """What somebody says yes to by coming, in the language at hand."""
    return gettext(
        "I come to “%(title)s”. The team that holds it may write to me about it; it alone reads my name, "
        "which is deleted 30 days after."
    ) % {"title": event.title}


def check_open(event: Event, *, now: datetime) -> None:
    """Raise EventClosed where nobody can say any more that they come."""
    if not event.takes_place:
        raise EventClosed(gettext("This event does not take place. The agenda has the next ones."))
    if event.ends < now:
        raise EventClosed(gettext("This event is over. The agenda has the next ones."))


def ask(fields: Fields, received: datetime) -> None:
    """Note what the form says, and write the mail with the link that confirms it (worker only).

    Nothing of somebody who is coming already is overwritten: anybody may type an address.
    """
    event = Event.objects.filter(uid=fields["event"], published=True).first()
    if event is None or not event.takes_place or event.ends < received:
        return
    contact = persons.contact_for(persons.normalise(fields["address"]), locale=fields["locale"])
    participation, made = Participation.objects.select_for_update().get_or_create(
        event=event, person=contact.person
    )
    if participation.state in {State.CONFIRMED, State.QUEUED}:
        _write_link(participation, contact, template="event_known", received=received)
        return
    if not made and participation.state == State.CANCELLED:
        participation.made_at = received
    participation.state, participation.guests = State.REQUESTED, int(fields["seats"]) - 1
    participation.save(update_fields=["state", "guests", "made_at"])
    dossiers.write(contact.person, {"name": fields["name"]}, scope=event.scope)
    _write_link(participation, contact, template="event_confirm", received=received)


def _write_link(participation: Participation, contact: Contact, *, template: str, received: datetime) -> None:
    # One mail an hour at most for each time that somebody asks: both are part of its name.
    asked = f"{participation.pk}-{participation.made_at:%Y%m%d%H%M%S%f}"
    mails.write_mail(
        contact,
        f"campaigns/emails/{template}",
        {
            "event": participation.event,
            "participation": participation,
            "token": _token(participation, contact),
        },
        name=f"{template}-{asked}-{received:%Y%m%d%H}",
    )


def _token(participation: Participation, contact: Contact) -> Token:
    return links.make(CONFIRM, participation.pk, contact.pk)


def cancel_token(participation: Participation) -> Token:
    return links.make(CANCEL, participation.pk)


def participation_to_confirm(token: str) -> tuple[Participation, Contact]:
    """What the link of the mail is about; raises LinkError."""
    participation_pk, contact_pk = links.read(CONFIRM, token, within=CONFIRM_WITHIN)
    participation = (
        Participation.objects.select_related("event", "person").filter(pk=participation_pk).first()
    )
    contact = Contact.objects.filter(pk=contact_pk).first()
    if participation is None or contact is None or contact.person_id != participation.person_id:
        raise links.LinkError(CONFIRM)
    return participation, contact


def participation_to_cancel(token: str) -> Participation:
    """What the link of the mail is about; raises LinkError."""
    (participation_pk,) = links.read(CANCEL, token)
    participation = (
        Participation.objects.select_related("event", "person").filter(pk=participation_pk).first()
    )
    if participation is None:
        raise links.LinkError(CANCEL)
    return participation


@transaction.atomic
def confirm(participation: Participation, *, contact: Contact, now: datetime) -> Participation:
    """The participation with its seats, or in the queue where they are taken; raises EventClosed."""
    event = _lock(participation.event)
    check_open(event, now=now)
    participation = (
        Participation.objects.select_for_update().select_related("event", "person").get(pk=participation.pk)
    )
    if participation.state in {State.CONFIRMED, State.QUEUED}:
        return participation
    fits = event.capacity is None or seats_taken(event) + participation.seats <= event.capacity
    participation.state = State.CONFIRMED if fits else State.QUEUED
    participation.confirmed_at, participation.told = now, ""
    participation.save(update_fields=["state", "confirmed_at", "told"])
    persons.verify(contact)
    _record_consent(participation, now=now)
    announce_change(urls=event_urls(event))
    return participation


def _record_consent(participation: Participation, *, now: datetime) -> None:
    event, person = participation.event, participation.person
    with override(person.locale):
        wording = consents.wording(Purpose.EVENT, locale=person.locale, text=wording_text(event))
    consents.give(person, Purpose.EVENT, subject=event.scope, wording=wording, channel="link", at=now)


@transaction.atomic
def cancel(participation: Participation, *, now: datetime) -> Participation:
    """The cancelled participation; the first in the queue whom the free seats hold moves up."""
    event = _lock(participation.event)
    participation = (
        Participation.objects.select_for_update().select_related("event", "person").get(pk=participation.pk)
    )
    if participation.state == State.CANCELLED:
        return participation
    participation.state = State.CANCELLED
    participation.save(update_fields=["state"])
    consents.withdraw(participation.person, Purpose.EVENT, subject=event.scope, channel="link", at=now)
    dossiers.forget(event.scope, persons=[participation.person])
    if event.takes_place and event.ends >= now:
        fill_seats(event)
    announce_change(urls=event_urls(event))
    return participation


def cancel_those_of(person: Person, *, now: datetime, scope: str = "") -> None:
    """Cancel what this person said yes to and what is not over yet; with `scope`, that event alone."""
    rows = Participation.objects.to_be_told().filter(person=person, event__ends__gte=now)
    for row in rows.select_related("event"):
        if scope in {"", row.event.scope}:
            cancel(row, now=now)


@transaction.atomic
def fill_seats(event: Event) -> list[Participation]:
    """Those who moved up from the queue, in its order; who brings more than there is room for stays in it."""
    event = _lock(event)
    moved = []
    left = None if event.capacity is None else event.capacity - seats_taken(event)
    for waiting in event.participations.queue().select_for_update():
        if left is not None and waiting.seats > left:
            continue
        waiting.state = State.CONFIRMED
        waiting.save(update_fields=["state"])
        left = None if left is None else left - waiting.seats
        moved.append(waiting)
    return moved


def seats_taken(event: Event) -> int:
    taken: int = event.participations.coming().aggregate(seats=Coalesce(Sum(F("guests") + 1), 0))["seats"]
    return taken


def _lock(event: Event) -> Event:
    """The event as it stands now, kept from everybody else until the transaction ends."""
    return Event.objects.select_for_update().get(pk=event.pk)
