from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from banderole.accounts import beginnings, delays, entries, logins, recovery
from banderole.accounts.exceptions import AccountError, LinkSpent, LoginTaken, TooSoon, WrongPassphrase
from banderole.accounts.forms import (
    BeginForm,
    CardCheckForm,
    ChangePassphraseForm,
    LoginForm,
    NewPassphraseForm,
    RecoverForm,
    UnlockForm,
)
from banderole.accounts.models import Account, EntryLink, RecoveryCard
from banderole.accounts.unlocking import (
    hand_over,
    keyring_of,
    lock,
    secret_of,
    show_later,
    shown_later,
)
from banderole.common.visitors import network_of
from banderole.vault.cards import Words, positions_to_check
from banderole.vault.keyring import Keyring

POSITIONS = "card_positions"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@sensitive_post_parameters("passphrase")
def log_in(request: HttpRequest) -> HttpResponse:
    form = LoginForm(request.POST or None)
    status = 200
    if form.is_valid():
        name, passphrase = form.cleaned_data["login"], form.cleaned_data["passphrase"]
        try:
            delays.count_try(name, network_of(request))
            account = logins.check_passphrase(name, passphrase)
        except (TooSoon, WrongPassphrase) as error:
            form.add_error(None, _sentence(error))
            status = 429 if isinstance(error, TooSoon) else 200
        else:
            return _enter(request, account, logins.keyring_for(account, passphrase), to=_next(request))
    return render(request, "accounts/log_in.html", {"form": form, "next": _next(request)}, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("accounts:login")
    lock(request, response)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@login_required
@form_page
@sensitive_post_parameters("passphrase")
def unlock(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    form = UnlockForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            delays.count_try(account.login, network_of(request))
            keyring = logins.keyring_for(account, form.cleaned_data["passphrase"])
        except (TooSoon, WrongPassphrase) as error:
            form.add_error(None, _sentence(error))
            status = 429 if isinstance(error, TooSoon) else 200
        else:
            delays.forget(account.login, network_of(request))
            response = redirect(_next(request))
            hand_over(request, response, account, keyring)
            return response
    return render(request, "accounts/unlock.html", {"form": form, "next": _next(request)}, status=status)


@form_page
@sensitive_post_parameters("passphrase", "again")
def begin(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = entries.find_link(token, now=timezone.now())
        if link.account is None:
            return _found(request, link)
        return _choose_passphrase(request, link, token)
    except LinkSpent:
        return render(request, "accounts/link_spent.html", status=410)


def _found(request: HttpRequest, link: EntryLink) -> HttpResponse:
    if beginnings.is_founded():
        raise LinkSpent
    form = BeginForm(request.POST or None)
    if form.is_valid():
        try:
            account, keyring, card, words = beginnings.begin(
                link,
                login=form.cleaned_data["login"],
                passphrase=form.cleaned_data["passphrase"],
                locale=translation.get_language() or settings.LANGUAGE_CODE,
            )
        except LoginTaken:
            raise LinkSpent from None
        return _enter(request, account, keyring, to=reverse("accounts:card"), card=(card, words))
    return render(request, "accounts/begin.html", {"form": form})


def _choose_passphrase(request: HttpRequest, link: EntryLink, token: str) -> HttpResponse:
    form = NewPassphraseForm(request.POST or None)
    if form.is_valid():
        account, keyring = entries.enter(link, token, passphrase=form.cleaned_data["passphrase"])
        return _enter(request, account, keyring, to=settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/choose_passphrase.html", {"form": form, "account": link.account})


@login_required
@form_page
def card(request: HttpRequest) -> HttpResponse:
    """The card while it waits to be checked; then nobody sees its words again."""
    shown = shown_later(request)
    if shown is None:
        return _card_status(request)
    card_pk, _sep, words = shown.partition(" ")
    drawn = RecoveryCard.objects.filter(pk=card_pk, verified_at=None).first()
    if drawn is None:
        return _card_status(request)
    first, second = request.session.setdefault(POSITIONS, positions_to_check())
    form = CardCheckForm(request.POST or None, words=Words(words), positions=(first, second))
    if form.is_valid():
        recovery.verify(drawn, at=timezone.now())
        for name in (POSITIONS, "vault_card"):
            request.session.pop(name, None)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/card.html", {"words": words.split(), "form": form, "card": drawn})


def _card_status(request: HttpRequest) -> HttpResponse:
    context = {
        "verified": recovery.is_verified(),
        "may_draw": recovery.may_draw(keyring_of(request)),
        "form": UnlockForm(),
    }
    return render(request, "accounts/card_status.html", context)


@login_required
@require_POST
@sensitive_post_parameters("passphrase")
def draw_card(request: HttpRequest) -> HttpResponse:
    account, secret, keyring = _account(request), secret_of(request), keyring_of(request)
    form = UnlockForm(request.POST)
    if secret is None or keyring is None or not recovery.may_draw(keyring):
        return redirect(f"{reverse('accounts:unlock')}?next={reverse('accounts:card')}")
    if form.is_valid():
        try:
            delays.count_try(account.login, network_of(request))
            logins.keyring_for(account, form.cleaned_data["passphrase"])
        except (TooSoon, WrongPassphrase) as error:
            form.add_error(None, _sentence(error))
        else:
            delays.forget(account.login, network_of(request))
            drawn, words = recovery.draw(keyring, locale=account.locale)
            show_later(request, secret, f"{drawn.pk} {words}")
            request.session.pop(POSITIONS, None)
            return redirect("accounts:card")
    context = {"verified": recovery.is_verified(), "may_draw": True, "form": form}
    return render(request, "accounts/card_status.html", context)


@login_required
@form_page
@sensitive_post_parameters("current", "passphrase", "again")
def change_passphrase(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    form = ChangePassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            delays.count_try(account.login, network_of(request))
            logins.check_passphrase(account.login, form.cleaned_data["current"])
            keyring = logins.keyring_for(account, form.cleaned_data["current"])
        except (TooSoon, WrongPassphrase) as error:
            form.add_error("current", _sentence(error))
        else:
            logins.set_passphrase(account, keyring, form.cleaned_data["passphrase"])
            return _enter(request, account, keyring, to=settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/change_passphrase.html", {"form": form})


@form_page
@sensitive_post_parameters("words", "passphrase", "again")
def recover(request: HttpRequest) -> HttpResponse:
    form = RecoverForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["login"]
        try:
            delays.count_try(name, network_of(request))
            account, keyring = logins.recover_with_card(
                name, form.cleaned_data["words"], form.cleaned_data["passphrase"]
            )
        except TooSoon as error:
            form.add_error(None, _sentence(error))
        except WrongPassphrase:
            form.add_error(None, _("This login name and these words do not belong together."))
        else:
            return _enter(request, account, keyring, to=settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/recover.html", {"form": form})


def _enter(
    request: HttpRequest,
    account: Account,
    keyring: Keyring,
    *,
    to: str,
    card: tuple[RecoveryCard, Words] | None = None,
) -> HttpResponse:
    """Log in with a fresh session, unlock, and go on."""
    delays.forget(account.login, network_of(request))
    request.session.flush()
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    response = redirect(to)
    secret = hand_over(request, response, account, keyring) if keyring else None
    if card is not None and secret is not None:
        drawn, words = card
        show_later(request, secret, f"{drawn.pk} {words}")
    elif recovery.may_draw(keyring) and not recovery.is_complete():
        response["Location"] = reverse("accounts:card")
    return response


def _sentence(error: AccountError) -> str:
    if isinstance(error, TooSoon):
        return ngettext(
            "Too many tries. Wait %(seconds)s second, then try again.",
            "Too many tries. Wait %(seconds)s seconds, then try again.",
            error.seconds,
        ) % {"seconds": error.seconds}
    return _("The login name or the passphrase is not right.")


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise TypeError("login_required stands before this")
    return request.user


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return settings.LOGIN_REDIRECT_URL
