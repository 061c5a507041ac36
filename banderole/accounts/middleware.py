"""What every page of the team has: the account's language, a login of 12 hours at most, no copy in caches."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from banderole.accounts.models import Account
from banderole.accounts.unlocking import AT_MOST, keyring_of

TEAM, ADMIN = "/espace/", "/admin/"
ENTERED = "entered"


class TeamMiddleware:
    """Looks at nothing but the pages of the team: public pages must not vary by who reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith((TEAM, ADMIN)):
            return self.get_response(request)
        self._greet(request)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        # "no-referrer" would make browsers send forms with `Origin: null`, which the guard of forms refuses.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    def _greet(self, request: HttpRequest) -> None:
        account = request.user
        if isinstance(account, Account) and _stayed_too_long(request):
            logout(request)
        elif isinstance(account, Account):
            if request.path_info.startswith(TEAM):
                # Wagtail's pages ask the server again and again by themselves: that is nobody being there.
                keyring_of(request)
            _speak(request, account.locale)
            return
        _speak(request, translation.get_language_from_request(request))


def _stayed_too_long(request: HttpRequest) -> bool:
    now = int(timezone.now().timestamp())
    return bool(now - request.session.setdefault(ENTERED, now) > AT_MOST.total_seconds())


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()
