"""Moved, postponed, cancelled, forbidden: one verb, old → new, and a notice to those who come.

The public page, the agenda and the calendars change at once. The notice is held for BANDEROLE_NOTICE_DELAY
seconds, so that several changes make one mail, and all of them can be undone; `domain/mails.py` sends it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from banderole.accounts.models import Account
from banderole.campaigns.domain.participation import fill_seats
from banderole.campaigns.enums import Aspect, Status
from banderole.campaigns.models import Change, Event, Notice, Slot
from banderole.campaigns.queries import event_urls
from banderole.common.signals import announce_change
from banderole.people.domain import record

PLACE = ("place_name", "address", "town", "online_url")
FACTS = ("starts", "ends", *PLACE, "status")
MOVABLE = {Status.CONFIRMED, Status.PLACE_MOVED, Status.RESCHEDULED, Status.MOVED_ONLINE}


def facts_of(event: Event) -> dict[str, Any]:
    """What a notice tells about, as it stands in the event; moments as ISO 8601 in UTC."""
    facts = {name: getattr(event, name) for name in FACTS}
    return {**facts, "starts": _iso(event.starts), "ends": _iso(event.ends)}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


@transaction.atomic
def change_event(
    event: Event,
    *,
    by: Account | None,
    now: datetime,
    starts: datetime | None = None,
    ends: datetime | None = None,
    place: Mapping[str, str] | None = None,
    status: Status | None = None,
    note: str = "",
) -> Event:
    """The event with its new date, place or status; its end and its programme move with its beginning.

    `place` has any of place_name, address, town and online_url.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    before = facts_of(event) | _programme_of(event)
    if starts is not None:
        ends = ends or event.ends + (starts - event.starts)
        Slot.objects.filter(event=event).update(starts=F("starts") + (starts - event.starts))
        event.starts = starts
    event.ends = ends or event.ends
    for name, value in (place or {}).items():
        setattr(event, name, value)
    event.status = status or event.status
    return record_change(event, before=before, by=by, now=now, note=note)


@transaction.atomic
def record_change(
    event: Event, *, before: Mapping[str, Any], by: Account | None, now: datetime, note: str = ""
) -> Event:
    """Save the event, and tell how it differs from the facts `before`; nothing happens where it does not."""
    changes = _differences(event, before=before, now=now, note=note)
    if not changes:
        return event
    event.status = _status_after(event, {change.what for change in changes})
    event.sequence += 1
    event.save(update_fields=[*FACTS, "sequence", "changed_at"])
    if event.published:
        notice = _hold_notice(event, before=before, now=now)
        for change in changes:
            change.notice = notice
        Change.objects.bulk_create(changes)
        if by:
            record.note(by, "changed event", event.scope)
    if event.takes_place:
        fill_seats(event)
    announce_change(urls=event_urls(event))
    return event


def _differences(event: Event, *, before: Mapping[str, Any], now: datetime, note: str) -> list[Change]:
    old = Event(**{name: before[name] for name in (*PLACE, "status")})
    now_there = facts_of(event)
    pairs = {
        Aspect.STARTS: (f"{before['starts']}/{before['ends']}", f"{now_there['starts']}/{now_there['ends']}"),
        Aspect.PLACE: (old.place, event.place),
        Aspect.STATUS: (before["status"], event.status),
    }
    return [
        Change(event=event, at=now, what=what, old=was, new=is_now, note=note)
        for what, (was, is_now) in pairs.items()
        if was != is_now
    ]


def _status_after(event: Event, changed: set[str]) -> str:
    """Moving a confirmed event changes its status by itself; a postponed one with a new date takes place again."""
    if Aspect.STARTS in changed and (event.status in MOVABLE or event.status == Status.POSTPONED):
        return Status.RESCHEDULED
    if Aspect.PLACE in changed and event.status in {Status.CONFIRMED, Status.PLACE_MOVED}:
        return Status.MOVED_ONLINE if event.online_url and not event.place_name else Status.PLACE_MOVED
    return event.status


def _programme_of(event: Event) -> dict[str, Any]:
    slots = Slot.objects.filter(event=event).values_list("pk", "starts")
    return {"slots": {str(pk): _iso(starts) for pk, starts in slots}}


def _hold_notice(event: Event, *, before: Mapping[str, Any], now: datetime) -> Notice:
    """The notice in which the event's changes gather; each change starts the waiting anew."""
    due = now + timedelta(seconds=settings.NOTICE_DELAY)
    notice, _made = Notice.objects.update_or_create(
        event=event,
        sent_at=None,
        defaults={"due_at": due},
        create_defaults={"due_at": due, "before": dict(before)},
    )
    return notice


@transaction.atomic
def undo_changes(event: Event, *, by: Account) -> bool:
    """Whether the changes of the held notice were taken back; too late where it was sent."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    notice = Notice.objects.select_for_update().filter(event=event, sent_at=None).first()
    if notice is None:
        return False
    for name in (*PLACE, "status"):
        setattr(event, name, notice.before[name])
    event.starts = datetime.fromisoformat(notice.before["starts"])
    event.ends = datetime.fromisoformat(notice.before["ends"])
    for pk, starts in notice.before.get("slots", {}).items():
        Slot.objects.filter(event=event, pk=pk).update(starts=datetime.fromisoformat(starts))
    event.sequence += 1  # a calendar may have read the change already, so this is a change again
    event.save(update_fields=[*FACTS, "sequence", "changed_at"])
    notice.changes.all().delete()
    notice.delete()
    record.note(by, "undid change of event", event.scope)
    announce_change(urls=event_urls(event))
    return True
