"""Moments as people say them: "14 h 30" in French, "14:30" elsewhere; always in the event's own time zone."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

WIDE = "\u00a0"  # keeps figure and unit together


def in_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def hour_text(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    if not in_french():
        return f"{local:%H:%M}"
    return f"{local.hour}{WIDE}h" + (f"{WIDE}{local:%M}" if local.minute else "")


def day_text(day: date, *, weekday: bool = True) -> str:
    """A day in words: "dimanche 1er février 2026", "Sunday 1 February 2026"."""
    number = "1er" if in_french() and day.day == 1 else str(day.day)
    parts = [date_format(day, "l")] if weekday else []
    return " ".join([*parts, f"{number}{WIDE}{date_format(day, 'F')} {day.year}"])


def moment_text(moment: datetime, zone: ZoneInfo) -> str:
    """A day and an hour: "dimanche 22 février 2026 à 14 h"."""
    return gettext("%(day)s at %(hour)s") % {
        "day": day_text(moment.astimezone(zone).date()),
        "hour": hour_text(moment, zone),
    }


def span_text(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    """From when to when, the day said once where it is the same."""
    if starts == ends:
        return moment_text(starts, zone)
    if starts.astimezone(zone).date() != ends.astimezone(zone).date():
        return f"{moment_text(starts, zone)} – {moment_text(ends, zone)}"
    day = day_text(starts.astimezone(zone).date())
    return f"{day}, {hours_text(starts, ends, zone)}"


def hours_text(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    if starts == ends:
        return hour_text(starts, zone)
    return f"{hour_text(starts, zone)} – {hour_text(ends, zone)}"


class When(NamedTuple):
    """The date of an event in the pieces that pages draw: large on its page, small on its ticket."""

    iso: str
    day: str
    weekday: str
    month: str
    hours: str
    short_weekday: str
    short_month: str
    hour: str
    span: str


def when_of(starts: datetime, ends: datetime, zone: ZoneInfo) -> When:
    local = starts.astimezone(zone)
    hours = hours_text(starts, ends, zone)
    if local.date() != ends.astimezone(zone).date():
        until = gettext("until %(moment)s") % {"moment": moment_text(ends, zone)}
        hours = f"{hour_text(starts, zone)}, {until}"
    return When(
        iso=local.isoformat(timespec="minutes"),
        day=str(local.day),
        weekday=date_format(local.date(), "l"),
        month=f"{date_format(local.date(), 'F')} {local.year}",
        hours=hours,
        short_weekday=date_format(local.date(), "D") + ("." if in_french() else ""),
        short_month=date_format(local.date(), "N"),
        hour=hour_text(starts, zone),
        span=span_text(starts, ends, zone),
    )
