"""Your data: a person without an account asks by mail, sees what is kept, withdraws, or is erased."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from banderole.common.links import LinkError
from banderole.common.public_forms import public_form
from banderole.people.domain import inbox, rights
from banderole.people.forms import MyDataForm
from banderole.people.models import Person
from banderole.people.queries import consents_in_force, contact_states, memberships_of


@public_form("my_data", done="my_data:asked")
def ask(request: HttpRequest) -> HttpResponse:
    form = MyDataForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        inbox.receive("my_data", {"email": form.cleaned_data["email"]})
        response = redirect("my_data:asked")
        response.status_code = 303
        return response
    return render(request, "people/my_data_ask.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The same for everyone, known or not."""
    return render(request, "people/my_data_asked.html")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def see(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows a button: programs that check mail follow links, and must neither see nor do anything."""
    try:
        person = rights.person_of_link(token)
    except LinkError:
        return render(request, "people/my_data_gone.html", {"erased": False}, status=410)
    if person is None:
        return render(request, "people/my_data_gone.html", {"erased": True}, status=410)
    if request.method != "POST":
        return render(request, "people/my_data_button.html")
    if request.POST.get("act") == "erase":
        rights.ask_to_be_erased(person)
        return render(request, "people/my_data_gone.html", {"erased": True})
    withdrawn = None
    if request.POST.get("act") == "withdraw":
        withdrawn = rights.withdraw(
            person,
            request.POST.get("purpose", ""),
            request.POST.get("subject", ""),
            at=timezone.now(),
        )
    return _show(request, person, withdrawn=withdrawn is not None)


def _show(request: HttpRequest, person: Person, *, withdrawn: bool) -> HttpResponse:
    context = {
        "person": person,
        "contacts": contact_states(person),
        "consents": consents_in_force(person),
        "memberships": memberships_of(person),
        "withdrawn": withdrawn,
    }
    return render(request, "people/my_data.html", context)
