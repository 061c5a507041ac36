"""What campaigns put on pages of other apps: the home page and the navigation."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from banderole.accounts.models import Account
from banderole.campaigns import queries
from banderole.common.slots import Context
from banderole.people.enums import Right
from banderole.people.queries import has_duty

HOME_EVENTS = 4
TODAY_EVENTS = 3


def home_campaign(_page: Context) -> dict[str, Any] | None:
    campaign = queries.live_campaigns(get_language() or "fr").first()
    return {"campaign": campaign, "index_url": campaign.get_parent().get_url()} if campaign else None


def home_events(_page: Context) -> dict[str, Any] | None:
    tickets = queries.next_tickets(HOME_EVENTS, now=timezone.now())
    return {"tickets": tickets} if tickets else None


def navigation_agenda(_language: str) -> Iterable[tuple[str, str]]:
    return [(gettext("Agenda"), reverse("campaigns:agenda"))]


def team_entry(page: Context) -> dict[str, Any] | None:
    account = _account(page)
    if account is None or not has_duty(account, Right.HOST, Right.WELCOME, Right.SEE_MEMBERS):
        return None
    return {"path": page["request"].path}


def team_today(page: Context) -> dict[str, Any] | None:
    """The next events that this account may see to, on the first page of the team."""
    account, now = _account(page), timezone.now()
    if account is None:
        return None
    tickets = queries.next_tickets(TODAY_EVENTS, now=now, events=queries.events_for(account))
    return {"tickets": tickets} if tickets else None


def _account(page: Context) -> Account | None:
    account = getattr(page.get("request"), "user", None)
    return account if isinstance(account, Account) else None
