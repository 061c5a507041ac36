"""Events as iCalendar (RFC 5545, 5546, 7986): what calendar programs read, and what the mails carry.

Public calendars name nobody. The same events give the same bytes: nothing here looks at the clock.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from banderole.campaigns.enums import MEANINGS, Status
from banderole.campaigns.models import Event

METHOD_PUBLISH, METHOD_REQUEST, METHOD_CANCEL = "PUBLISH", "REQUEST", "CANCEL"


def public_calendar(events: Iterable[Event], *, name: str, url: str) -> bytes:
    """The calendar that anybody may subscribe to; `url` is where it is read again."""
    listed = list(events)
    calendar = _calendar(METHOD_PUBLISH)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("source", url, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    if listed:
        calendar.add("last-modified", _utc(max(event.changed_at for event in listed)))
    return _bytes(calendar, listed, [_entry(event) for event in listed])


def personal_invitation(event: Event, *, address: str, called_off: bool = False) -> bytes:
    """What the mail to one person who comes carries, so that their calendar follows each change.

    `called_off`: they cancelled, or the event does not take place: the calendar strikes it out.
    """
    entry = _entry(event)
    entry.add("organizer", f"mailto:{settings.MAIL_FROM}", parameters={"CN": event.group.name})
    entry.add(
        "attendee",
        f"mailto:{address}",
        parameters={"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"},
    )
    if called_off:
        entry["status"] = icalendar.vText("CANCELLED")
    return _bytes(_calendar(METHOD_CANCEL if called_off else METHOD_REQUEST), [event], [entry])


def _calendar(method: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Banderole//{urlsplit(settings.PUBLIC_URL).hostname}//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _bytes(calendar: icalendar.Calendar, events: list[Event], entries: list[icalendar.Event]) -> bytes:
    for entry in entries:
        calendar.add_component(entry)
    if events:
        # Rules of these years only: a calendar with all of them since 1970 weighs 3 kB more.
        first = min(event.starts for event in events).year
        last = max(event.ends for event in events).year
        calendar.add_missing_timezones(first_date=date(first - 1, 1, 1), last_date=date(last + 1, 12, 31))
    return bytes(calendar.to_ical())


def _entry(event: Event) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", _utc(event.changed_at))
    entry.add("created", _utc(event.made_at))
    entry.add("last-modified", _utc(event.changed_at))
    entry.add("sequence", event.sequence)
    entry.add("dtstart", event.starts.astimezone(event.zone))
    entry.add("dtend", event.ends.astimezone(event.zone))
    entry.add("summary", event.title)
    entry.add("status", MEANINGS[Status(event.status)].ical)
    entry.add("description", _description(event))
    entry.add("url", page_url(event))
    if event.place:
        entry.add("location", event.place)
    if event.online_url:
        entry.add("conference", event.online_url, parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    if event.campaign:
        entry.add("categories", [event.campaign.title])
    return entry


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _description(event: Event) -> str:
    parts = [event.summary, event.accessibility, page_url(event)]
    with translation.override(event.language):
        if event.status == Status.FORBIDDEN:
            parts.insert(0, gettext("This event is forbidden and does not take place."))
        elif event.status == Status.POSTPONED:
            parts.insert(0, gettext("This event is postponed; it has no new date yet."))
    return "\n\n".join(part for part in parts if part)


def page_url(event: Event, *, language: str = "") -> str:
    """The full address of the event's page, in the event's own language where none is given."""
    with translation.override(language or event.language):
        return settings.PUBLIC_URL + reverse("campaigns:event", args=[event.slug])
