"""What those who come are written: their place, a place that became free, and what has changed (worker only).

The rows are the queue: a participation whose state differs from what its person was told is owed a mail, and a
notice that is due and not sent is owed to all who come. A mail and the note of it are one transaction.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from banderole.campaigns.domain.calendar import page_url, personal_invitation
from banderole.campaigns.domain.participation import cancel_token
from banderole.campaigns.enums import State
from banderole.campaigns.models import Change, Event, Notice, Participation
from banderole.campaigns.queries import event_urls
from banderole.common.signals import announce_change
from banderole.people.domain import mails, persons
from banderole.people.enums import ContactKind
from banderole.people.models import Contact

AT_ONCE = 100
ICS = "rendez-vous.ics"


def write_owed_mails() -> int:
    """Write to those whose place changed; return how many."""
    owed = list(Participation.objects.owed_a_mail().values_list("pk", flat=True)[:AT_ONCE])
    return sum(_write_owed(pk) for pk in owed)


@transaction.atomic
def _write_owed(pk: int) -> bool:
    participation = (
        Participation.objects.owed_a_mail()
        .select_for_update(of=("self",))
        .select_related("event", "person")
        .filter(pk=pk)
        .first()
    )
    if participation is None:
        return False
    _write(
        participation,
        f"event_{_word(participation)}",
        {},
        name=f"{participation.state}-{participation.pk}-{participation.confirmed_at:%Y%m%d%H%M%S%f}",
    )
    participation.told = participation.state
    participation.save(update_fields=["told"])
    return True


def _word(participation: Participation) -> str:
    if participation.state == State.CONFIRMED and participation.told == State.QUEUED:
        return "moved_up"
    return participation.state


def send_notices() -> int:
    """Write the notices that are due to everybody who comes; return how many notices."""
    due = Notice.objects.filter(sent_at=None, due_at__lte=timezone.now()).values_list("pk", flat=True)
    return sum(_send_notice(pk, now=timezone.now()) for pk in list(due))


@transaction.atomic
def _send_notice(pk: int, *, now: datetime) -> bool:
    event = Event.objects.select_for_update().get(notices=pk)  # the same lock as a change or an undo takes
    notice = Notice.objects.filter(pk=pk, sent_at=None, due_at__lte=now).first()
    if notice is None:
        return False
    changes = list(notice.changes.order_by("at", "pk"))
    net = _net(changes)
    told = event.participations.to_be_told().select_related("person") if net and event.ends >= now else []
    for participation in told:
        participation.event = event
        context = {"changes": net, "notes": [change.note for change in changes if change.note]}
        _write(participation, "event_changed", context, name=f"notice-{notice.pk}-{participation.pk}")
    notice.sent_at = now
    notice.save(update_fields=["sent_at"])
    if told:
        notice.changes.update(noticed_at=now)
        announce_change(urls=event_urls(event))
    return True


def _net(changes: list[Change]) -> list[Change]:
    """For each aspect the first old and the last new; what came back to where it was is no news."""
    net: dict[str, Change] = {}
    for change in changes:
        first = net.get(change.what, change)
        net[change.what] = Change(event=change.event, what=change.what, old=first.old, new=change.new)
    return [change for change in net.values() if change.old != change.new]


def _write(participation: Participation, template: str, context: Mapping[str, Any], *, name: str) -> None:
    event, contact = participation.event, _contact(participation)
    if contact is None:
        return
    called_off = participation.state == State.CANCELLED or not event.takes_place
    address = persons.addresses([contact.pk])[contact.pk]
    calendar = personal_invitation(event, address=address, called_off=called_off)
    method = "CANCEL" if called_off else "REQUEST"
    own = {
        "event": event,
        "participation": participation,
        "token": cancel_token(participation),
        "url": page_url(event, language=participation.person.locale),
    }
    mails.write_mail(
        contact,
        f"campaigns/emails/{template}",
        {**own, **context},
        name=name,
        # Who waits in the queue gets no entry in the calendar yet.
        attachment=None
        if participation.state == State.QUEUED
        else (ICS, f"text/calendar; method={method}", calendar),
    )


def _contact(participation: Participation) -> Contact | None:
    contacts = participation.person.contacts.filter(kind=ContactKind.EMAIL, bounced_at=None)
    return contacts.exclude(verified_at=None).order_by("pk").first()
