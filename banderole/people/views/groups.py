"""One's groups, and the people of one group by name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from banderole.people.domain import directory, groups
from banderole.people.enums import Right
from banderole.people.exceptions import NotSetUp
from banderole.people.forms import GroupForm
from banderole.people.models import Group
from banderole.people.queries import groups_with_counts, has_duty, people_of, people_without_group
from banderole.people.views.access import TeamRequest, duty_required, group_or_404

SEES = (Right.SEE_MEMBERS, Right.WELCOME)
LIST_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@duty_required(*SEES)
def group_list(request: TeamRequest) -> HttpResponse:
    coordinates = has_duty(request.user, Right.COORDINATE)
    context = {
        "groups": groups_with_counts(request.user),
        "coordinates": coordinates,
        "without_group": people_without_group().count() if coordinates else 0,
    }
    return render(request, "people/groups.html", context)


@require_http_methods(LIST_METHODS)
@duty_required(*SEES)
def group_page(request: TeamRequest, slug: str) -> HttpResponse:
    """The people of the group, read by name.

    A search is a POST: a name in an address would stand in every server's log on the way.
    """
    group = group_or_404(request, slug, *SEES)
    return _list(request, people_of(group), scope=groups.scope_of(group), group=group)


@require_http_methods(LIST_METHODS)
@duty_required(Right.COORDINATE)
def without_group(request: TeamRequest) -> HttpResponse:
    return _list(request, people_without_group(), scope="association", group=None)


@require_http_methods(["GET", "HEAD", "POST"])
@duty_required(Right.COORDINATE)
def make_group(request: TeamRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if form.is_valid():
        try:
            group = groups.make_group(**form.cleaned_data, by=request.user)
        except NotSetUp:
            form.add_error(None, _("The association has no key yet: finish setting it up first."))
        else:
            messages.success(request, _("%(group)s is there, and has its own key.") % {"group": group})
            return redirect("people:group", slug=group.slug)
    return render(request, "people/group_form.html", {"form": form, "group": None})


@require_http_methods(["GET", "HEAD", "POST"])
@duty_required(Right.COORDINATE)
def change_group(request: TeamRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    form = GroupForm(request.POST or None, instance=group)
    if form.is_valid():
        groups.change_group(group, **form.cleaned_data, by=request.user)
        return redirect("people:group", slug=group.slug)
    return render(request, "people/group_form.html", {"form": form, "group": group})


def _list(request: TeamRequest, people: directory.People, *, scope: str, group: Group | None) -> HttpResponse:
    looked_for = request.POST.get("q", "")[:80]
    found = directory.by_name(
        people, scope=scope, keys=request.account_keys, by=request.user, looked_for=looked_for
    )
    context = {
        "group": group,
        "entries": found[: directory.SHOWN],
        "found": len(found),
        "total": people.count(),
        "more": len(found) > directory.SHOWN,
        "q": looked_for,
        "coordinates": has_duty(request.user, Right.COORDINATE),
    }
    return render(request, "people/group.html", context)
