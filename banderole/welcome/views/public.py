"""Pages for everybody: joining, confirming, the groups."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from banderole.campaigns.models import Event
from banderole.campaigns.queries import next_tickets
from banderole.common import links
from banderole.common.public_forms import public_form
from banderole.people.domain import inbox
from banderole.people.models import Contact, Group
from banderole.welcome.domain import joining
from banderole.welcome.enums import State
from banderole.welcome.forms import JoinForm
from banderole.welcome.models import Enrolment

NEXT_DATES = 4


@public_form("join", done="welcome:asked")
def join(request: HttpRequest) -> HttpResponse:
    """The join form; what is sent is sealed at once, and everybody gets the same answer."""
    form = JoinForm(request.POST or None)
    locale = str(get_language())
    wording = joining.wording_text(locale)
    if request.method == "POST" and form.is_valid():
        inbox.receive("join", {**form.cleaned_data, "locale": locale, "wording": wording})
        return HttpResponseRedirect(reverse("welcome:asked"), status=303)
    context = {"form": form, "wording": wording, "tickets": next_tickets(2, now=timezone.now())}
    return render(request, "welcome/join.html", context, status=422 if form.is_bound else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "welcome/asked.html")


@csrf_exempt  # The token in the address is the proof; there is no cookie to steal.
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button; only pressing it confirms, since mail scanners follow links."""
    try:
        enrolment_id, contact_id = (
            int(part) for part in links.read("join", token, within=joining.CONFIRM_WITHIN)
        )
        enrolment = Enrolment.objects.select_related("group").get(pk=enrolment_id)
        if request.method == "POST":
            enrolment = joining.confirm(enrolment_id, contact_id, now=timezone.now())
    except (links.LinkError, Enrolment.DoesNotExist, Contact.DoesNotExist):
        return render(request, "welcome/link_over.html", status=404)
    response = render(
        request,
        "welcome/confirm.html",
        {"group": enrolment.group, "confirmed": enrolment.state != State.WAITING},
    )
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    return render(request, "welcome/groups.html", {"groups": Group.objects.order_by("name")})


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Public facts of a group, and what it does next."""
    found = get_object_or_404(Group, slug=slug)
    tickets = next_tickets(NEXT_DATES, now=timezone.now(), events=Event.objects.filter(group=found))
    return render(request, "welcome/group.html", {"group": found, "tickets": tickets})


def join_call(_page: Mapping[str, Any]) -> Mapping[str, Any]:
    """What "join us" shows under articles and on the home page: the next two dates and a button."""
    return {"tickets": next_tickets(2, now=timezone.now())}


def group_entries(language: str) -> list[tuple[str, str]]:
    with override(language):
        return [(_("Groups"), reverse("welcome:groups"))]


def join_entries(language: str) -> list[tuple[str, str]]:
    with override(language):
        return [(_("Join us"), reverse("welcome:join"))]
