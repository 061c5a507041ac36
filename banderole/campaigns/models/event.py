from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from banderole.campaigns.enums import MEANINGS, State, Status
from banderole.campaigns.models.campaign import CampaignPage
from banderole.campaigns.models.when import When, hour_text, when_of
from banderole.people.models import Group


def new_uid() -> str:
    return str(uuid4())


def default_zone() -> str:
    return settings.TIME_ZONE


def check_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Use the name of a time zone, such as Europe/Paris."))


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> "EventQuerySet":
        return self.filter(published=True)

    def coming(self, now: datetime) -> "EventQuerySet":
        """Those that are not over, and have a date; next first."""
        return self.filter(ends__gte=now).exclude(status=Status.POSTPONED).order_by("starts", "pk")

    def undated(self) -> "EventQuerySet":
        return self.filter(status=Status.POSTPONED).order_by("title", "pk")

    def past(self, now: datetime) -> "EventQuerySet":
        """Those that are over; the latest first."""
        return self.filter(ends__lt=now).exclude(status=Status.POSTPONED).order_by("-starts", "-pk")

    def with_seats(self) -> "EventQuerySet":
        """Each with `taken`: how many seats are spoken for."""
        seats = Sum(F("participations__guests") + 1, filter=Q(participations__state=State.CONFIRMED))
        return self.annotate(taken=Coalesce(seats, 0))


class Event(ClusterableModel):
    """Something at a place and a time. Who comes stands in participations, their names in sealed dossiers."""

    uid = models.CharField(max_length=36, unique=True, default=new_uid, editable=False)
    slug = models.SlugField(
        _("address of the page"),
        max_length=80,
        unique=True,
        help_text=_("Stays as it is once the page is shared."),
    )
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(
        _("in two sentences"),
        max_length=400,
        blank=True,
        default="",
        help_text=_("What happens there, and what to know for somebody who comes the first time."),
    )
    description = RichTextField(_("description"), blank=True, default="")
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, verbose_name=_("group that holds it"), related_name="events"
    )
    campaign = models.ForeignKey(
        CampaignPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("campaign"),
        related_name="events",
    )
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=40, default=default_zone, validators=[check_zone])
    place_name = models.CharField(_("place"), max_length=120, blank=True, default="")
    address = models.CharField(_("street"), max_length=160, blank=True, default="")
    town = models.CharField(_("town"), max_length=80, blank=True, default="")
    accessibility = models.CharField(
        _("access"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Steps, lift, hearing loop, parking, the nearest bus."),
    )
    online_url = models.URLField(_("online at"), blank=True, default="")
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.CONFIRMED)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    published = models.BooleanField(_("public"), default=False)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    head_count = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    forgotten_at = models.DateTimeField(null=True, editable=False)  # when the names were deleted

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="event_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("It ends before it begins: give a later time.")})

    def get_absolute_url(self) -> str:
        return reverse("campaigns:event", args=[self.slug])

    @property
    def scope(self) -> str:
        """The name of the key that seals who comes, and of the consent to it."""
        return f"event:{self.uid}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def when(self) -> When:
        return when_of(self.starts, self.ends, self.zone)

    @property
    def takes_place(self) -> bool:
        return MEANINGS[Status(self.status)].takes_place

    @property
    def place(self) -> str:
        """The place in one line, or the address online where it has no place."""
        return (
            ", ".join(part for part in (self.place_name, self.address, self.town) if part) or self.online_url
        )


class Slot(Orderable):
    """A part of an event: a talk, a shift, a workshop."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="slots")
    starts = models.DateTimeField(_("begins"))
    title = models.CharField(_("title"), max_length=160)
    speakers = models.CharField(_("with"), max_length=200, blank=True, default="")
    place = models.CharField(_("where"), max_length=120, blank=True, default="")

    class Meta(Orderable.Meta):
        ordering = ["starts", "sort_order"]
        verbose_name = _("slot")
        verbose_name_plural = _("slots")

    def __str__(self) -> str:
        return self.title

    @property
    def hour(self) -> str:
        return hour_text(self.starts, self.event.zone)


class Partner(models.Model):
    """Another organisation with which an event is held."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    url = models.URLField(_("web address"), blank=True, default="")

    class Meta:
        ordering = ["name"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name


class EventPartner(Orderable):
    """That a partner holds this event with us."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="event_partners")
    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="event_partners", verbose_name=_("partner")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [models.UniqueConstraint(fields=["event", "partner"], name="a_partner_once_an_event")]
