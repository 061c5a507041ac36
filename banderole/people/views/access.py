"""Who may see a page of the team: logged in, with a duty in force, and with the vault unlocked."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from banderole.accounts.models import Account
from banderole.accounts.unlocking import keyring_of
from banderole.people.domain.dossiers import Keys
from banderole.people.enums import Right
from banderole.people.exceptions import Locked
from banderole.people.models import Group, Person
from banderole.people.queries import groups_open_to, has_duty, persons_open_to

View = Callable[..., HttpResponse]


class TeamRequest(HttpRequest):
    """What a view behind `duty_required` gets."""

    user: Account
    account_keys: Keys


def duty_required(*rights: Right) -> Callable[[View], View]:
    """Let in accounts with one of these rights in force (in whatever place), the vault unlocked.

    `request.account_keys` are their keys. Whether a place or a person is theirs is for the view to ask.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            account = request.user
            if not isinstance(account, Account):
                return redirect_to_login(request.get_full_path())
            if not has_duty(account, *rights):
                return closed(request)
            keys = keyring_of(request)
            if keys is None:
                if account.key is None:
                    return closed(request)
                return redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': _way_back(request)})}")
            request.account_keys = keys  # type: ignore[attr-defined]  # TeamRequest has it
            try:
                response = view(request, *args, **kwargs)
            except Locked:
                return closed(request)
            response.headers["Cache-Control"] = "no-store"
            return response

        return guarded

    return guard


def closed(request: HttpRequest) -> HttpResponse:
    """The page for who has no duty here: it says whom to ask."""
    return render(request, "people/closed.html", status=403)


def group_or_404(request: TeamRequest, slug: str, *rights: Right) -> Group:
    """The group, where one of these rights reaches it."""
    group = groups_open_to(request.user, *rights).filter(slug=slug).first()
    if group is None:
        raise Http404
    return group


def person_or_404(request: TeamRequest, public_id: str) -> Person:
    """The person, where a duty of this account reaches one of their groups."""
    person = persons_open_to(request.user).filter(public_id=public_id).first()
    if person is None:
        raise Http404
    return person


def _way_back(request: HttpRequest) -> str:
    # A form that was sent while the vault closed is not sent again: its page is shown.
    return request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("people:today")
