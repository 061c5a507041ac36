"""The people pages of welcoming: who waits for whom, and one newcomer with what can be done next."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banderole.people.domain import notes
from banderole.people.enums import Right
from banderole.people.queries import consents_in_force, groups_open_to, has_duty
from banderole.people.views.access import TeamRequest, duty_required
from banderole.welcome import queries
from banderole.welcome.domain import accompanying, reading
from banderole.welcome.enums import State
from banderole.welcome.exceptions import WelcomeError
from banderole.welcome.forms import HandOverForm, MoveForm, ReachedForm, WordForm
from banderole.welcome.models import Enrolment

Act = Callable[[TeamRequest, Enrolment], str]


@require_safe
@duty_required(Right.WELCOME)
def newcomers(request: TeamRequest) -> HttpResponse:
    """Who is to be reached, the longest waiting first, and who is on the way."""
    account, now = request.user, timezone.now()
    groups = list(groups_open_to(account, Right.WELCOME))
    seen = queries.enrolments_seen_by(account)
    if chosen := request.GET.get("groupe"):
        chosen_group = next((group for group in groups if group.slug == chosen), None)
        if chosen_group is None:
            raise Http404
        seen = seen.filter(group=chosen_group)
    listed = reading.with_details(
        queries.newcomers(seen, now=now), keys=request.account_keys, by=account, why="newcomers"
    )
    coordinates = has_duty(account, Right.COORDINATE)
    context = {
        "to_reach": [entry for entry in listed if entry.newcomer.to_reach],
        "on_their_way": [entry for entry in listed if not entry.newcomer.to_reach],
        "groups": groups if len(groups) > 1 else [],
        "chosen": chosen,
        "loads": queries.loads(seen, now=now) if coordinates else [],
        "coordinates": coordinates,
    }
    return render(request, "welcome/newcomers.html", context)


@require_safe
@duty_required(Right.WELCOME)
def newcomer(request: TeamRequest, public_id: str) -> HttpResponse:
    """One newcomer: what they wrote, where they stand, what can be done next."""
    return _card(request, _enrolment(request, public_id))


class _Unclear(Exception):
    """What was sent cannot be done; the message says what to do."""


def _act(act: Act) -> Callable[..., HttpResponse]:
    """A view that does one thing to a newcomer, says what it did, and goes back to the card."""

    @require_POST
    @duty_required(Right.WELCOME)
    @wraps(act)
    def view(request: TeamRequest, public_id: str) -> HttpResponse:
        enrolment = _enrolment(request, public_id)
        try:
            messages.success(request, act(request, enrolment))
        except _Unclear as unclear:
            messages.error(request, str(unclear))
        except WelcomeError:
            messages.error(
                request, _("Somebody was quicker, or too much time went by. This is how it stands now.")
            )
        return redirect("newcomers:card", public_id=public_id)

    return view


@_act
def note_reached(request: TeamRequest, enrolment: Enrolment) -> str:
    said = _cleaned(ReachedForm(request.POST))
    moved = accompanying.reached(
        enrolment, by=request.user, now=timezone.now(), text=said["text"], meet_at=said["meet_at"]
    )
    if moved.state == State.DONE:
        return _("Noted. That was the last step: welcome to them.")
    return _("Noted. Next step: %(step)s.") % {"step": moved.step}


@_act
def note_no_answer(request: TeamRequest, enrolment: Enrolment) -> str:
    said = _cleaned(WordForm(request.POST))
    accompanying.no_answer(enrolment, by=request.user, now=timezone.now(), text=said["text"])
    return _("Noted. You will be reminded in two days.")


@_act
def move(request: TeamRequest, enrolment: Enrolment) -> str:
    said = _cleaned(MoveForm(request.POST, enrolment=enrolment))
    moved = accompanying.move(enrolment, to=said["step"], by=request.user, now=timezone.now())
    return _("Step now: %(step)s.") % {"step": moved.step}


@_act
def hand_over(request: TeamRequest, enrolment: Enrolment) -> str:
    said = _cleaned(HandOverForm(request.POST, enrolment=enrolment))
    accompanying.hand_over(enrolment, to=said["to"], now=timezone.now())
    return _("%(login)s goes on from here.") % {"login": said["to"].login}


@_act
def leave(_request: TeamRequest, enrolment: Enrolment) -> str:
    accompanying.leave(enrolment, now=timezone.now())
    return _("Nobody will contact this person any more. What they wrote is deleted in ten minutes.")


@_act
def undo(_request: TeamRequest, enrolment: Enrolment) -> str:
    accompanying.undo(enrolment, now=timezone.now())
    return _("Taken back.")


def _enrolment(request: TeamRequest, public_id: str) -> Enrolment:
    """The person's newest way through the door, where this account may see it; else 404."""
    seen = queries.enrolments_seen_by(request.user).filter(person__public_id=public_id, let_go_at=None)
    found = seen.select_related("person", "group", "step", "welcomer", "path").order_by("-id").first()
    if found is None:
        raise Http404
    return found


def _cleaned(form: Form) -> dict[str, Any]:
    if not form.is_valid():
        raise _Unclear(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form.cleaned_data


def _card(request: TeamRequest, enrolment: Enrolment) -> HttpResponse:
    now = timezone.now()
    one = queries.newcomer(enrolment, queries.owed_follow_up(enrolment), now=now)
    [entry] = reading.with_details([one], keys=request.account_keys, by=request.user, why="newcomer")
    context = {
        "entry": entry,
        "history": enrolment.follow_ups.exclude(done_at=None).select_related("assignee").order_by("-done_at"),
        "notes": notes.read_notes(enrolment.person, keys=request.account_keys),
        "consents": consents_in_force(enrolment.person),
        "open": enrolment.state == State.OPEN,
        "may_undo": accompanying.may_undo(enrolment, now),
        "reached_form": ReachedForm(),
        "move_form": MoveForm(enrolment=enrolment),
        "hand_over_form": HandOverForm(enrolment=enrolment),
    }
    return render(request, "welcome/newcomer.html", context)
