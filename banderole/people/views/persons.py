"""One person: who they are, what they agreed to, what happened, what was noted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banderole.people.domain import dossiers, erase, notes
from banderole.people.enums import Right
from banderole.people.forms import NoteForm
from banderole.people.queries import (
    consent_history,
    consents_in_force,
    contact_states,
    has_duty,
    memberships_of,
)
from banderole.people.views.access import TeamRequest, duty_required, person_or_404

SEES = (Right.SEE_MEMBERS, Right.WELCOME)


@require_safe
@duty_required(*SEES)
def card(request: TeamRequest, public_id: str) -> HttpResponse:
    person = person_or_404(request, public_id)
    details = dossiers.read_whole(person, keys=request.account_keys, by=request.user, why="card")
    context = {
        "person": person,
        "name": details.get("name", ""),
        "details": dossiers.labelled(details),
        "phone": details.get("phone", ""),
        "contacts": contact_states(person),
        "consents": consents_in_force(person),
        "history": consent_history(person),
        "memberships": memberships_of(person),
        "notes": notes.read_notes(person, keys=request.account_keys),
        "note_form": NoteForm(),
        "coordinates": has_duty(request.user, Right.COORDINATE),
    }
    return render(request, "people/person.html", context)


@require_POST
@duty_required(*SEES)
def write_note(request: TeamRequest, public_id: str) -> HttpResponse:
    person = person_or_404(request, public_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        notes.write_note(person, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Noted."))
    else:
        messages.error(request, _("Write something in the note, 2,000 letters at most."))
    return redirect("people:person", public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@duty_required(Right.COORDINATE)
def erase_person(request: TeamRequest, public_id: str) -> HttpResponse:
    """Says what will go; a POST does it."""
    person = person_or_404(request, public_id)
    if request.method == "POST":
        erase.erase(person, by=request.user)
        messages.success(request, _("Erased. What is left is the proof of consents, under a random number."))
        return redirect("people:groups")
    return render(request, "people/erase.html", {"person": person})
