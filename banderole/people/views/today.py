"""The first page of the team: what waits, then one's groups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from banderole.accounts.models import Account
from banderole.people.enums import Right
from banderole.people.queries import groups_with_counts, has_duty
from banderole.people.views.access import TeamRequest, duty_required


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The one page of the team that is open to every account: who was just invited is not turned away."""
    if isinstance(request.user, Account) and not has_duty(request.user, *Right):
        response = render(request, "people/ready.html")
        response.headers["Cache-Control"] = "no-store"
        return response
    return _what_waits(request)


@duty_required(*Right)
def _what_waits(request: TeamRequest) -> HttpResponse:
    context = {
        "groups": groups_with_counts(request.user),
        "coordinates": has_duty(request.user, Right.COORDINATE),
        "publishes": has_duty(request.user, Right.PUBLISH, Right.WRITE_LETTERS),
    }
    return render(request, "people/today.html", context)
