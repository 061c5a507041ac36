"""An event as schema.org tells it (JSON-LD): what search engines and calendars of towns read."""

from typing import Any

from django.conf import settings

from banderole.campaigns.domain.calendar import page_url
from banderole.campaigns.enums import MEANINGS, Status
from banderole.campaigns.models import Event
from banderole.campaigns.queries import Ticket, previous_starts

SCHEMA = "https://schema.org/"


def event_data(ticket: Ticket, *, organiser: str) -> dict[str, Any]:
    event = ticket.event
    previous = previous_starts(event)
    meaning = MEANINGS[Status(event.status)].schema
    # A place that changed after the date leaves the event what schema.org calls rescheduled.
    status = "EventRescheduled" if meaning == "EventScheduled" and previous else meaning
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": page_url(event),
        "url": page_url(event),
        "name": event.title,
        "description": event.summary,
        "startDate": event.when.iso,
        "endDate": event.ends.astimezone(event.zone).isoformat(timespec="minutes"),
        "eventStatus": SCHEMA + status,
        "eventAttendanceMode": SCHEMA + _attendance(event),
        "location": _locations(event),
        "organizer": {"@type": "NGO", "name": organiser, "url": settings.PUBLIC_URL},
        "inLanguage": event.language,
        "isAccessibleForFree": True,
    }
    if previous:
        data["previousStartDate"] = [
            moment.astimezone(event.zone).isoformat(timespec="minutes") for moment in previous
        ]
    if event.capacity is not None:
        data |= {"maximumAttendeeCapacity": event.capacity, "remainingAttendeeCapacity": ticket.left}
    return data


def _attendance(event: Event) -> str:
    if not event.online_url:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if event.place_name else "OnlineEventAttendanceMode"


def _locations(event: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.place_name or event.town:
        address = {"@type": "PostalAddress", "streetAddress": event.address, "addressLocality": event.town}
        found.append({"@type": "Place", "name": event.place_name or event.town, "address": address})
    if event.online_url:
        found.append({"@type": "VirtualLocation", "url": event.online_url})
    return found
