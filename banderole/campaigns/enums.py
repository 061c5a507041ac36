from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How an event stands; a draft has none of these, it is simply not published."""

    TENTATIVE = "tentative", _("to be confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    PLACE_MOVED = "place_moved", _("the place has changed")
    MOVED_ONLINE = "moved_online", _("moved online")
    RESCHEDULED = "rescheduled", _("the date has changed")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    FORBIDDEN = "forbidden", _("forbidden")


class Meaning(NamedTuple):
    """What a status is called in each format that other machines read."""

    takes_place: bool
    ical: str
    schema: str
    fep: str
    osdi: str
    legacy: str


MEANINGS = {
    Status.TENTATIVE: Meaning(
        True, "TENTATIVE", "EventScheduled", "EventTentative", "tentative", "TENTATIVE"
    ),
    Status.CONFIRMED: Meaning(
        True, "CONFIRMED", "EventScheduled", "EventScheduled", "confirmed", "CONFIRMED"
    ),
    Status.PLACE_MOVED: Meaning(
        True, "CONFIRMED", "EventScheduled", "EventScheduled", "confirmed", "CONFIRMED"
    ),
    Status.MOVED_ONLINE: Meaning(
        True, "CONFIRMED", "EventMovedOnline", "EventMovedOnline", "confirmed", "CONFIRMED"
    ),
    Status.RESCHEDULED: Meaning(
        True, "CONFIRMED", "EventRescheduled", "EventRescheduled", "confirmed", "CONFIRMED"
    ),
    # Until it has a new date, calendars strike the old one out.
    Status.POSTPONED: Meaning(
        False, "CANCELLED", "EventPostponed", "EventPostponed", "tentative", "TENTATIVE"
    ),
    Status.CANCELLED: Meaning(
        False, "CANCELLED", "EventCancelled", "EventCancelled", "cancelled", "CANCELLED"
    ),
    Status.FORBIDDEN: Meaning(
        False, "CANCELLED", "EventCancelled", "EventCancelled", "cancelled", "CANCELLED"
    ),
}


class Aspect(models.TextChoices):
    """What a change touched."""

    STARTS = "starts", _("the date has changed")
    PLACE = "place", _("the place has changed")
    STATUS = "status", _("it stands otherwise")


class State(models.TextChoices):
    """How far a participation has come."""

    REQUESTED = "requested", _("asked for")
    CONFIRMED = "confirmed", _("confirmed")
    QUEUED = "queued", _("in the queue")
    CANCELLED = "cancelled", _("cancelled")


class UpdateKind(models.TextChoices):
    NEWS = "news", _("news")
    MILESTONE = "milestone", _("milestone")
    CHANGE = "change", _("change")
    REPORT = "report", _("report")
