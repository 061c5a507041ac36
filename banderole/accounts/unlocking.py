"""The unlocked vault of a browser: half of it in the session, half in a cookie, for 15 idle minutes.

The session row holds the account's private half encrypted under a secret that only the browser's cookie holds;
neither a stolen database nor a stolen cookie opens anything alone.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from banderole.accounts import logins
from banderole.accounts.models import Account
from banderole.vault import loans
from banderole.vault.exceptions import Damaged
from banderole.vault.keyring import Keyring
from banderole.vault.loans import LoanSecret

IDLE = timedelta(minutes=15)
AT_MOST = timedelta(hours=12)

COOKIE = "__Host-vault" if settings.SECURE else "vault"
LOAN, SEEN, UNLOCKED, CARD = "vault_loan", "vault_seen", "vault_unlocked", "vault_card"
_SEEN_EVERY = 30  # seconds: the session is not written at each request


def hand_over(
    request: HttpRequest, response: HttpResponseBase, account: Account, keyring: Keyring
) -> LoanSecret | None:
    """Unlock the vault for this browser from its next request on; None where the account has no key."""
    if account.key is None:
        return None
    secret, now = loans.new_secret(), _now()
    request.session[LOAN] = loans.lend(account.key, keyring, secret)
    request.session[SEEN] = request.session[UNLOCKED] = now
    response.set_cookie(COOKIE, secret, secure=settings.SECURE, httponly=True, samesite="Lax", path="/")
    return secret


def keyring_of(request: HttpRequest) -> Keyring | None:
    """What the browser's account opens, or None where the vault is locked; asking counts as being there."""
    if not hasattr(request, "_keyring"):
        request._keyring = _open(request)  # type: ignore[attr-defined]  # noqa: SLF001 -- once a request
    keyring: Keyring | None = request._keyring  # type: ignore[attr-defined]  # noqa: SLF001 -- set above
    return keyring


def lock(request: HttpRequest, response: HttpResponseBase | None = None) -> None:
    for name in (LOAN, SEEN, UNLOCKED, CARD):
        request.session.pop(name, None)
    if response is not None:
        response.delete_cookie(COOKIE, path="/", samesite="Lax")


def show_later(request: HttpRequest, secret: LoanSecret, text: str) -> None:
    """Keep a text for this browser's next pages as the account's key is kept: in two halves."""
    request.session[CARD] = loans.hide(text.encode(), secret, context="card")


def shown_later(request: HttpRequest) -> str | None:
    if keyring_of(request) is None or CARD not in request.session:
        return None
    try:
        return loans.reveal(request.session[CARD], _secret_in(request), context="card").decode()
    except Damaged:
        return None


def secret_of(request: HttpRequest) -> LoanSecret | None:
    """The browser's half, where it fits."""
    return _secret_in(request) if keyring_of(request) is not None else None


def _open(request: HttpRequest) -> Keyring | None:
    account = request.user
    if not isinstance(account, Account) or account.key is None or LOAN not in request.session:
        return None
    now = _now()
    idle = now - request.session.get(SEEN, 0)
    if idle > IDLE.total_seconds() or now - request.session.get(UNLOCKED, 0) > AT_MOST.total_seconds():
        lock(request)
        return None
    try:
        keyring = loans.take_back(logins.key_of(account), request.session[LOAN], _secret_in(request))
    except Damaged:
        return None
    if idle > _SEEN_EVERY:
        request.session[SEEN] = now
    return keyring


def _secret_in(request: HttpRequest) -> LoanSecret:
    return LoanSecret(request.COOKIES.get(COOKIE, ""))


def _now() -> int:
    return int(timezone.now().timestamp())
