"""Who may do what: accounts and their duties, granted, ended and explained by who coordinates."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banderole.accounts import entries
from banderole.accounts.exceptions import LoginTaken
from banderole.accounts.models import Account
from banderole.people.domain import duties, record
from banderole.people.enums import Right
from banderole.people.exceptions import Locked, NotPermitted, NotSetUp
from banderole.people.forms import GrantForm, InviteForm
from banderole.people.models import Duty
from banderole.people.queries import accounts_with_duties
from banderole.people.views.access import TeamRequest, duty_required
from banderole.vault.exceptions import OutOfReach


@require_safe
@duty_required(Right.COORDINATE)
def duty_list(request: TeamRequest) -> HttpResponse:
    return _page(request)


@require_POST
@duty_required(Right.COORDINATE)
def invite(request: TeamRequest) -> HttpResponse:
    """Make an account; the link to choose its passphrase is shown on this answer and never again."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, invite_form=form)
    try:
        account, link = entries.invite(form.cleaned_data["login"], locale=form.cleaned_data["locale"])
    except LoginTaken:
        form.add_error("login", _("Another account has this login name: choose another."))
        return _page(request, invite_form=form)
    record.note(request.user, "invite", account.login)
    return render(request, "people/invited.html", {"account": account, "link": link, "renewed": False})


@require_POST
@duty_required(Right.COORDINATE)
def renew(request: TeamRequest, account_id: int) -> HttpResponse:
    """A link to choose a new passphrase, for who forgot theirs."""
    account = get_object_or_404(Account, pk=account_id)
    try:
        link = entries.renew(account, request.account_keys)
    except OutOfReach as error:
        raise Locked(account.login) from error
    record.note(request.user, "renew_passphrase", account.login)
    return render(request, "people/invited.html", {"account": account, "link": link, "renewed": True})


@require_POST
@duty_required(Right.COORDINATE)
def grant(request: TeamRequest) -> HttpResponse:
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, grant_form=form)
    said = form.cleaned_data
    try:
        duties.grant_duty(
            said["account"],
            Right(said["right"]),
            group=said["group"],
            until=said["until"],
            by=request.user,
            keys=request.account_keys,
        )
    except (Locked, NotSetUp):
        form.add_error(None, _("Your keys do not open this group, so you cannot open it for somebody else."))
        return _page(request, grant_form=form)
    messages.success(request, _("Granted to %(login)s.") % {"login": said["account"].login})
    return redirect("people:duties")


@require_POST
@duty_required(Right.COORDINATE)
def end(request: TeamRequest, duty_id: int) -> HttpResponse:
    duty = get_object_or_404(Duty.objects.in_force().select_related("account", "group"), pk=duty_id)
    try:
        duties.end_duty(duty, by=request.user)
    except NotPermitted:
        messages.error(request, _("Nobody else coordinates: let somebody else do so first."))
    else:
        messages.success(
            request,
            _("Ended. %(login)s no longer opens this; what was read before may be remembered.")
            % {"login": duty.account.login},
        )
    return redirect("people:duties")


def _page(
    request: TeamRequest, *, invite_form: InviteForm | None = None, grant_form: GrantForm | None = None
) -> HttpResponse:
    context = {
        "accounts": accounts_with_duties(),
        "invite_form": invite_form or InviteForm(initial={"locale": request.user.locale}),
        "grant_form": grant_form or GrantForm(),
    }
    return render(request, "people/duties.html", context)
