"""Who waits for whom, who may see it, and which public pages there are."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone, translation

from banderole.accounts.models import Account
from banderole.people.enums import Right
from banderole.people.models import Duty, Group
from banderole.people.queries import duties_of, groups_open_to
from banderole.welcome.enums import Kind, State
from banderole.welcome.models import Enrolment, FollowUp, Step


class Newcomer(NamedTuple):
    """A newcomer as the list shows them: where they stand, and the word that is owed."""

    enrolment: Enrolment
    follow_up: FollowUp | None
    steps: Sequence[Step]
    late: bool
    days: int  # since they confirmed
    to_reach: bool
    now: datetime

    @property
    def position(self) -> int:
        """1 on the first step."""
        return sum(step.order <= self.enrolment.step.order for step in self.steps)

    @property
    def days_late(self) -> int:
        """How many nights passed since the word was due; 0 on the day itself, and where nothing is late."""
        if not self.late or self.follow_up is None:
            return 0
        return (timezone.localdate(self.now) - timezone.localdate(self.follow_up.due_at)).days

    @property
    def meets(self) -> bool:
        """A meeting lies ahead: its day is fixed, or only the day by which it should be."""
        return not self.late and self.follow_up is not None and self.follow_up.kind == Kind.MEET


def enrolments_seen_by(account: Account) -> QuerySet[Enrolment]:
    """The confirmed newcomers of the groups where this account welcomes; all of them for who coordinates."""
    confirmed = Enrolment.objects.exclude(state=State.WAITING).filter(person__erased_at=None)
    if duties_of(account, Right.COORDINATE).exists():
        return confirmed
    return confirmed.filter(group__in=groups_open_to(account, Right.WELCOME))


def newcomers(enrolments: QuerySet[Enrolment], *, now: datetime) -> list[Newcomer]:
    """Those who are on the way, who has waited longest first."""
    rows = list(
        enrolments.filter(state=State.OPEN)
        .select_related("person", "group", "step", "welcomer", "path")
        .prefetch_related("path__steps")
    )
    owed = {
        follow_up.enrolment_id: follow_up
        for follow_up in FollowUp.objects.filter(enrolment__in=rows, done_at=None).select_related("assignee")
    }
    found = [newcomer(row, owed.get(row.pk), now=now) for row in rows]
    return sorted(found, key=lambda one: (_due(one) or now, one.enrolment.pk))


def newcomer(enrolment: Enrolment, follow_up: FollowUp | None, *, now: datetime) -> Newcomer:
    steps = list(enrolment.path.steps.all())
    late = follow_up is not None and follow_up.due_at < now
    since = enrolment.confirmed_at or enrolment.made_at
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    return Newcomer(
        enrolment, follow_up, steps, late, days, to_reach=late or enrolment.step == steps[0], now=now
    )


def late_with_others(account: Account, *, now: datetime) -> int:
    """How many newcomers whom this account may see wait too long for somebody else, or for nobody yet."""
    others = enrolments_seen_by(account).filter(state=State.OPEN).exclude(welcomer=account)
    return FollowUp.objects.filter(enrolment__in=others, done_at=None, due_at__lt=now).count()


def owed_follow_up(enrolment: Enrolment) -> FollowUp | None:
    return enrolment.follow_ups.filter(done_at=None).select_related("assignee").first()


def may_welcome_in(group: Group | None) -> list[Account]:
    """Who may be named as welcomer: those with the duty in this group, then coordinators; the least busy first."""
    welcome = Q(right=Right.WELCOME, group=group) if group else Q(pk__in=[])
    in_force = Duty.objects.in_force().filter(event="")
    return list(
        Account.objects.filter(is_active=True)
        .filter(pk__in=in_force.filter(welcome | Q(right=Right.COORDINATE)).values("account"))
        .annotate(
            coordinates_only=Case(
                When(Exists(in_force.filter(welcome, account=OuterRef("pk"))), then=Value(0)),
                default=Value(1),
            ),
            open_follow_ups=Count("follow_ups", filter=Q(follow_ups__done_at=None)),
        )
        .order_by("coordinates_only", "open_follow_ups", "pk")
    )


class Load(NamedTuple):
    login: str  # "" where nobody is named
    waiting: int
    late: int


def loads(enrolments: QuerySet[Enrolment], *, now: datetime) -> list[Load]:
    """Who owes how many newcomers a word, and how many of those are late."""
    rows = (
        FollowUp.objects.filter(enrolment__in=enrolments, done_at=None)
        .values(login=F("assignee__login"))
        .annotate(waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
        .order_by("-late", "-waiting", "login")
    )
    return [Load(row["login"] or "", row["waiting"], row["late"]) for row in rows]


def public_urls() -> Iterator[str]:
    """Every address of this app that a reader may open, in all languages."""
    slugs = list(Group.objects.values_list("slug", flat=True))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found = [
                reverse("welcome:join"),
                reverse("welcome:asked"),
                reverse("welcome:groups"),
                *(reverse("welcome:group", args=[slug]) for slug in slugs),
            ]
        yield from found


def _due(one: Newcomer) -> datetime | None:
    return one.follow_up.due_at if one.follow_up else None
