"""What is on, who may host it, and which addresses show it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from banderole.accounts.models import Account
from banderole.campaigns.enums import Aspect, Status
from banderole.campaigns.models import CampaignIndexPage, CampaignPage, Change, Event, Partner, Update
from banderole.campaigns.models.event import EventQuerySet
from banderole.people.enums import Right
from banderole.people.queries import events_open_to, groups_open_to


class Ticket(NamedTuple):
    """An event as it is listed: what to say about it before anything else, and how many seats are left."""

    event: Event
    standing: str  # "" where there is nothing to say
    off: bool  # it does not take place
    over: bool
    taken: int
    left: int | None  # None: as many as come

    @property
    def full(self) -> bool:
        return self.left == 0

    @property
    def open(self) -> bool:
        """Somebody may still say that they come (to the queue, where it is full)."""
        return not self.off and not self.over


class Month(NamedTuple):
    first: datetime
    tickets: list[Ticket]

    @property
    def name(self) -> str:
        return date_format(self.first, "F Y").capitalize()


def ticket_of(event: Event, *, now: datetime) -> Ticket:
    """The ticket of an event that was read `with_seats()`."""
    taken: int = event.taken
    left = None if event.capacity is None else max(0, event.capacity - taken)
    off, over = not event.takes_place, event.ends < now
    return Ticket(event, _standing(event, off=off, over=over, full=left == 0), off, over, taken, left)


def _standing(event: Event, *, off: bool, over: bool, full: bool) -> str:
    status = Status(event.status)
    if off:
        return str(status.label).capitalize()
    if over:
        return gettext("Over")
    if status == Status.CONFIRMED:
        return gettext("Full") if full else ""
    label = str(status.label).capitalize()
    return f"{label}, {gettext('full')}" if full else label


def tickets(events: QuerySet[Event], *, now: datetime) -> list[Ticket]:
    """The tickets of these events, in their order."""
    pks = list(events.values_list("pk", flat=True))
    seated = Event.objects.with_seats().select_related("campaign", "group").filter(pk__in=pks)
    by_pk = {event.pk: event for event in seated}
    return [ticket_of(by_pk[pk], now=now) for pk in pks]


def next_tickets(count: int, *, now: datetime, events: EventQuerySet | None = None) -> list[Ticket]:
    """The next published events, those that do not take place included: they say so."""
    chosen = Event.objects.all() if events is None else events
    return tickets(chosen.published().coming(now)[:count], now=now)


def by_month(listed: Iterable[Ticket]) -> list[Month]:
    def month_of(ticket: Ticket) -> datetime:
        local = ticket.event.starts.astimezone(ticket.event.zone)
        return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=None)

    return [Month(first, list(group)) for first, group in groupby(listed, key=month_of)]


def previous_starts(event: Event) -> list[datetime]:
    """The beginnings that the event once had, oldest first."""
    dates = event.changes.filter(what=Aspect.STARTS).order_by("at", "pk").values_list("old", flat=True)
    return [datetime.fromisoformat(date.split("/")[0]) for date in dates]


def events_of(campaign: CampaignPage) -> EventQuerySet:
    """The published events of a campaign, whichever of its translations they name."""
    return Event.objects.published().filter(campaign__translation_key=campaign.translation_key)


class Entry(NamedTuple):
    """One entry of a timeline: an update that somebody wrote, or a change of an event."""

    at: datetime
    title: str
    text: str
    url: str
    label: str
    change: Change | None = None


def timeline_of(campaign: CampaignPage) -> list[Entry]:
    """What happened, newest first: the campaign's own updates, those of its events, and their changes."""
    events = events_of(campaign)
    updates = Update.objects.filter(Q(campaign=campaign) | Q(event__in=events)).select_related("event")
    changes = Change.objects.filter(event__in=events).select_related("event")
    entries = [
        Entry(
            update.at,
            update.title,
            update.text,
            update.url or (update.event.get_absolute_url() if update.event else ""),
            str(update.get_kind_display()),
        )
        for update in updates
    ]
    entries += [
        Entry(
            change.at,
            change.event.title,
            change.note,
            change.event.get_absolute_url(),
            change.sentence,
            change,
        )
        for change in changes
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def partners_of(campaign: CampaignPage) -> QuerySet[Partner]:
    return Partner.objects.filter(event_partners__event__in=events_of(campaign)).distinct()


def live_campaigns(language: str) -> QuerySet[CampaignPage]:
    """The campaigns that readers of this language see, the newest first."""
    found: QuerySet[CampaignPage] = (
        CampaignPage.objects.live()
        .public()
        .filter(locale__language_code=language)
        .select_related("cover")
        .order_by("-starts", "-pk")
    )
    return found


def events_for(account: Account) -> EventQuerySet:
    """The events whose names this account may see: it hosts them, or welcomes or sees members in their group."""
    return _events_within(account, Right.HOST, Right.WELCOME, Right.SEE_MEMBERS)


def event_title(uid: str) -> str:
    """What a person calls the event of a consent."""
    event = Event.objects.filter(uid=uid).first()
    return event.title if event else ""


def may_see_names(account: Account, event: Event) -> bool:
    return events_for(account).filter(pk=event.pk).exists()


def may_change(account: Account, event: Event) -> bool:
    """Who hosts it, or coordinates."""
    return _events_within(account, Right.HOST).filter(pk=event.pk).exists()


def _events_within(account: Account, *rights: Right) -> EventQuerySet:
    hosted = events_open_to(account)
    if hosted is None:
        return Event.objects.all()
    return Event.objects.filter(Q(uid__in=hosted) | Q(group__in=groups_open_to(account, *rights)))


def public_urls() -> Iterator[str]:
    """Every address of this app that a reader may open, in all languages."""
    for kind in (CampaignIndexPage, CampaignPage):
        yield from (page.url for page in kind.objects.live().public().order_by("path") if page.url)
    slugs = list(Event.objects.published().values_list("slug", flat=True))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found = [
                reverse("campaigns:agenda"),
                reverse("campaigns:agenda_ics"),
                reverse("campaigns:asked"),
                *(
                    reverse(name, args=[slug])
                    for slug in slugs
                    for name in ("campaigns:event", "campaigns:event_ics")
                ),
            ]
        yield from found


def event_urls(event: Event) -> list[str]:
    """The addresses to bake first when this event changed."""
    urls = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            urls += [
                reverse("campaigns:event", args=[event.slug]),
                reverse("campaigns:event_ics", args=[event.slug]),
                reverse("campaigns:agenda"),
                reverse("campaigns:agenda_ics"),
            ]
    return urls
