from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext

from banderole.campaigns import queries
from banderole.campaigns.domain.calendar import page_url, public_calendar
from banderole.campaigns.domain.participation import wording_text
from banderole.campaigns.domain.structured import event_data
from banderole.campaigns.forms import ParticipateForm
from banderole.campaigns.models import Event
from banderole.common import frame

PAST_SHOWN = 60


def agenda(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    events = Event.objects.published()
    context = {
        "months": queries.by_month(queries.tickets(events.coming(now), now=now)),
        "undated": queries.tickets(events.undated(), now=now),
        "past": queries.tickets(events.past(now)[:PAST_SHOWN], now=now),
    }
    return render(request, "campaigns/agenda.html", context)


def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Event.objects.published().with_seats(), slug=slug)
    return render(request, "campaigns/event.html", event_context(request, found, form=ParticipateForm()))


def event_context(request: HttpRequest, event: Event, *, form: ParticipateForm) -> dict[str, Any]:
    """What the page of an event shows; the event was read `with_seats()`."""
    ticket = queries.ticket_of(event, now=timezone.now())
    changes = list(event.changes.select_related("event"))
    called_off = next((change for change in changes if ticket.off and change.new == event.status), None)
    return {
        "event": event,
        "ticket": ticket,
        "form": form,
        "wording": wording_text(event),
        "changes": [change for change in changes if change != called_off],
        "called_off": called_off,
        "slots": event.slots.all(),
        "partners": [link.partner for link in event.event_partners.select_related("partner")],
        "updates": event.updates.all(),
        "queue": event.participations.queue().count(),
        "share_url": page_url(event),
        "data": event_data(ticket, organiser=frame.of(request).site.name),
    }


def agenda_ics(request: HttpRequest) -> HttpResponse:
    """All public events, cancelled ones too: a calendar that lost them would show the old date for ever."""
    events = Event.objects.published().select_related("campaign", "group").order_by("starts", "pk")
    name = gettext("Agenda of %(site)s") % {"site": frame.of(request).site.name}
    return _calendar(public_calendar(events, name=name, url=settings.PUBLIC_URL + request.path))


def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Event.objects.published(), slug=slug)
    return _calendar(public_calendar([found], name=found.title, url=settings.PUBLIC_URL + request.path))


def _calendar(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
