"""Coming to an event without an account: the form, and the links in the mails. A GET changes nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from banderole.campaigns.domain import participation
from banderole.campaigns.enums import State
from banderole.campaigns.exceptions import EventClosed
from banderole.campaigns.forms import ParticipateForm
from banderole.campaigns.models import Event
from banderole.campaigns.views.agenda import event_context
from banderole.common.links import LinkError
from banderole.common.public_forms import public_form
from banderole.people.domain import inbox


@public_form("participate", done="campaigns:asked")
def come(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.published().with_seats(), slug=slug)
    if request.method != "POST":
        return redirect(event)
    try:
        participation.check_open(event, now=timezone.now())
    except EventClosed as closed:
        return _closed(request, closed)
    form = ParticipateForm(request.POST)
    if not form.is_valid():
        return render(request, "campaigns/event.html", event_context(request, event, form=form), status=400)
    fields = {name: str(form.cleaned_data[name]) for name in ("name", "address", "seats")}
    inbox.receive("participate", {**fields, "event": event.uid, "locale": get_language() or event.language})
    return HttpResponseRedirect(reverse("campaigns:asked"), status=303)


def asked(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox: the same page for everybody."""
    return render(request, "campaigns/asked.html")


@csrf_exempt  # the link is the proof; a mail program has no cookie of ours
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found, contact = participation.participation_to_confirm(token)
        if request.method == "POST":
            found = participation.confirm(found, contact=contact, now=timezone.now())
        elif found.state in {State.REQUESTED, State.CANCELLED}:
            participation.check_open(found.event, now=timezone.now())
    except LinkError:
        return _unusable(request)
    except EventClosed as closed:
        return _closed(request, closed)
    cancel_url = reverse("campaigns:cancel", args=[participation.cancel_token(found)])
    context = {"participation": found, "event": found.event, "cancel_url": cancel_url}
    return _private(render(request, "campaigns/confirm.html", context))


@csrf_exempt  # the link is the proof; a mail program has no cookie of ours
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = participation.participation_to_cancel(token)
        if request.method == "POST":
            found = participation.cancel(found, now=timezone.now())
    except LinkError:
        return _unusable(request)
    return _private(render(request, "campaigns/cancel.html", {"participation": found, "event": found.event}))


def _closed(request: HttpRequest, closed: EventClosed) -> HttpResponse:
    return _private(render(request, "campaigns/closed.html", {"sentence": str(closed)}, status=410))


def _unusable(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "campaigns/unusable_link.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
