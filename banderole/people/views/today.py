"""The first page of the team: what waits, then one's groups."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from banderole.people.enums import Right
from banderole.people.queries import groups_with_counts, has_duty
from banderole.people.views.access import TeamRequest, duty_required


@require_safe
@duty_required(*Right)
def today(request: TeamRequest) -> HttpResponse:
    context = {
        "groups": groups_with_counts(request.user),
        "coordinates": has_duty(request.user, Right.COORDINATE),
        "publishes": has_duty(request.user, Right.PUBLISH, Right.WRITE_LETTERS),
    }
    return render(request, "people/today.html", context)
