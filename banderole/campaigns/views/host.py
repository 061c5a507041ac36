"""The people pages of who hosts an event: who comes, how many came, and changing when and where it is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banderole.campaigns import queries
from banderole.campaigns.domain.change import change_event, undo_changes
from banderole.campaigns.domain.guests import guest_list
from banderole.campaigns.forms import ChangeForm, HeadCountForm
from banderole.campaigns.models import Event
from banderole.people.enums import Right
from banderole.people.views.access import TeamRequest, duty_required

SEES = (Right.HOST, Right.WELCOME, Right.SEE_MEMBERS)
PAST_SHOWN = 20


@require_safe
@duty_required(*SEES)
def hosted(request: TeamRequest) -> HttpResponse:
    now, events = timezone.now(), queries.events_for(request.user)
    context = {
        "coming": queries.tickets(events.coming(now), now=now),
        "undated": queries.tickets(events.undated(), now=now),
        "past": queries.tickets(events.past(now)[:PAST_SHOWN], now=now),
    }
    return render(request, "campaigns/hosted.html", context)


@require_safe
@duty_required(*SEES)
def hosted_event(request: TeamRequest, uid: str) -> HttpResponse:
    """Who comes, by name. That somebody read it is on record."""
    event = queries.events_for(request.user).with_seats().filter(uid=uid).first()
    if event is None:
        raise Http404
    context = {
        "event": event,
        "ticket": queries.ticket_of(event, now=timezone.now()),
        "guests": guest_list(event, keys=request.account_keys, by=request.user),
        "notice": event.notices.filter(sent_at=None).first(),
        "changes": event.changes.select_related("event", "notice"),
        "may_change": queries.may_change(request.user, event),
        "head_count_form": HeadCountForm(initial={"head_count": event.head_count}),
        "began": event.starts <= timezone.now(),
    }
    return render(request, "campaigns/hosted_event.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@duty_required(Right.HOST)
def change(request: TeamRequest, uid: str) -> HttpResponse:
    event = _event_to_change(request, uid)
    form = ChangeForm(request.POST or None, event=event)
    if form.is_valid():
        changed = change_event(event, by=request.user, now=timezone.now(), **form.changes())
        if changed.sequence == event.sequence:
            messages.info(request, _("Nothing has changed."))
        else:
            messages.success(request, _("The page and the calendars say so now."))
        return redirect("campaigns:hosted_event", uid)
    told = event.participations.to_be_told().count()
    return render(request, "campaigns/change.html", {"event": event, "form": form, "told": told})


@require_POST
@duty_required(Right.HOST)
def undo(request: TeamRequest, uid: str) -> HttpResponse:
    if undo_changes(_event_to_change(request, uid), by=request.user):
        messages.success(request, _("All is as it was before. Nobody was written to."))
    else:
        messages.error(
            request, _("Too late: the mails have left. Change the event again; a new mail will say so.")
        )
    return redirect("campaigns:hosted_event", uid)


@require_POST
@duty_required(*SEES)
def head_count(request: TeamRequest, uid: str) -> HttpResponse:
    event = queries.events_for(request.user).filter(uid=uid, starts__lte=timezone.now()).first()
    if event is None:
        raise Http404
    form = HeadCountForm(request.POST)
    if form.is_valid():
        event.head_count = form.cleaned_data["head_count"]
        event.save(update_fields=["head_count"])
        messages.success(request, _("Noted. The page of the event says it."))
    else:
        messages.error(request, _("Write how many came as a number."))
    return redirect("campaigns:hosted_event", uid)


def _event_to_change(request: TeamRequest, uid: str) -> Event:
    event = queries.events_for(request.user).filter(uid=uid).first()
    if event is None or not queries.may_change(request.user, event):
        raise Http404
    return event
