"""What the pages of campaigns ask for."""

import json
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from banderole.campaigns import queries
from banderole.campaigns.models import CampaignPage, Event
from banderole.campaigns.models.when import day_text, hour_text

register = template.Library()


@register.filter
def day(moment: date | datetime) -> str:
    local = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return day_text(local, weekday=False)


@register.filter
def hour(moment: datetime, event: Event) -> str:
    """The hour in the event's own time zone."""
    return hour_text(moment, event.zone)


SCRIPT_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """The data as it may stand inside <script type="application/ld+json">."""
    text = json.dumps(data, ensure_ascii=False).translate(SCRIPT_ESCAPES)
    return mark_safe(text)  # noqa: S308 -- nothing in it can end the script element


@register.simple_tag
def timeline(campaign: CampaignPage) -> list[queries.Entry]:
    return queries.timeline_of(campaign)


@register.simple_tag
def campaign_tickets(campaign: CampaignPage, count: int = 6) -> list[queries.Ticket]:
    return queries.next_tickets(count, now=timezone.now(), events=queries.events_of(campaign))


@register.simple_tag
def live_campaigns(language: str) -> Any:  # a queryset of Wagtail's, which has no types
    return queries.live_campaigns(language)


@register.simple_tag
def campaign_partners(campaign: CampaignPage) -> Any:  # the same
    return queries.partners_of(campaign)
