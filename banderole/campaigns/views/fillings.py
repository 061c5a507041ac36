"""What campaigns put on pages of other apps: the home page and the navigation."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from banderole.campaigns import queries
from banderole.common.slots import Context

HOME_EVENTS = 4


def home_campaign(_page: Context) -> dict[str, Any] | None:
    campaign = queries.live_campaigns(get_language() or "fr").first()
    return {"campaign": campaign, "index_url": campaign.get_parent().get_url()} if campaign else None


def home_events(_page: Context) -> dict[str, Any] | None:
    tickets = queries.next_tickets(HOME_EVENTS, now=timezone.now())
    return {"tickets": tickets} if tickets else None


def navigation_campaigns(language: str) -> Iterable[tuple[str, str]]:
    index = queries.campaign_index(language)
    return [(index.title, index.get_url())] if index else []


def navigation_agenda(_language: str) -> Iterable[tuple[str, str]]:
    return [(gettext("Agenda"), reverse("campaigns:agenda"))]
