"""The record: who read, granted, changed or erased what."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from banderole.people.domain import record
from banderole.people.enums import Right
from banderole.people.models import Record
from banderole.people.views.access import TeamRequest, duty_required


@require_safe
@duty_required(Right.COORDINATE)
def record_page(request: TeamRequest) -> HttpResponse:
    pages = Paginator(Record.objects.order_by("-id"), 100)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "people/record.html", {"page": page, "broken": record.first_break()})
