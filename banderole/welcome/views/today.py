"""What welcoming shows on the page of the day."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from banderole.accounts.models import Account
from banderole.people.enums import Right
from banderole.people.queries import has_duty
from banderole.welcome import queries
from banderole.welcome.domain import reading

SHOWN = 5


def waiting_for_me(page: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The newcomers who wait for this account, the latest first, and how many are late with others; nothing for who does not welcome."""
    request = page["request"]
    if not has_duty(request.user, Right.WELCOME):
        return None
    now, coordinates = timezone.now(), has_duty(request.user, Right.COORDINATE)
    mine = queries.enrolments_seen_by(request.user).filter(welcomer=request.user)
    waiting = [one for one in queries.newcomers(mine, now=now) if one.to_reach]
    keys = getattr(request, "account_keys", None)
    shown = reading.with_details(waiting[:SHOWN], keys=keys, by=request.user, why="today") if keys else []
    groups = {one.enrolment.group.name for one in waiting if one.enrolment.group}
    return {
        "waiting": shown,
        "count": len(waiting),
        "late": sum(one.late for one in waiting),
        "group": groups.pop() if len(groups) == 1 else "",
        "late_with_others": queries.late_with_others(request.user, now=now) if coordinates else 0,
    }


def on_the_card(page: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Where the person of this card stands, for who welcomes them."""
    account = page["request"].user
    seen = queries.enrolments_seen_by(account).filter(person=page["person"])
    found = queries.newcomers(seen, now=timezone.now())
    return {"one": found[0]} if found else None


def navigation(page: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The entry of the people pages, for who welcomes."""
    request = page.get("request")
    account = getattr(request, "user", None)
    if request is None or not isinstance(account, Account) or not has_duty(account, Right.WELCOME):
        return None
    return {"here": request.path.startswith(reverse("newcomers:list"))}
