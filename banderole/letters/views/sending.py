"""The pages of Wagtail's admin from which a letter is sent, watched and stopped."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banderole.accounts.models import Account
from banderole.common import mail
from banderole.letters.domain.checking import checks_of
from banderole.letters.domain.starting import start_letter, stop_letter
from banderole.letters.enums import UNFINISHED, Delivery
from banderole.letters.exceptions import AlreadySent, NotReady
from banderole.letters.models import Letter
from banderole.letters.queries import ledger_of, may_send


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    progress_url = reverse("letters_admin:progress", args=[pk])
    if not letter.is_draft:
        return HttpResponseRedirect(progress_url)
    if request.method == "POST":
        try:
            start_letter(letter, now=timezone.now())
        except NotReady as error:
            messages.error(request, str(error))
        except AlreadySent:
            return HttpResponseRedirect(progress_url)
        else:
            messages.success(request, _("The letter is on its way."))
            return HttpResponseRedirect(progress_url)
    checks = checks_of(letter)
    ready = not any(check.state == "stop" for check in checks)
    return render(request, "letters/admin/send.html", {"letter": letter, "checks": checks, "ready": ready})


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    counts = ledger_of(letter)
    done = letter.frozen - sum(counts[state] for state in UNFINISHED)
    return render(
        request,
        "letters/admin/progress.html",
        {
            "letter": letter,
            "rows": [(state.label, count) for state, count in counts.items()],
            "total": sum(counts.values()),
            "balanced": sum(counts.values()) == letter.frozen,
            "done": done,
            "in_doubt": counts[Delivery.IN_DOUBT],
            "no_way_out": not mail.mail_leaves(),
        },
    )


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    spared = stop_letter(letter)
    messages.success(request, _("Stopped. %(n)d people do not get it any more.") % {"n": spared})
    return HttpResponseRedirect(reverse("letters_admin:progress", args=[pk]))


def _letter(request: HttpRequest, pk: int) -> Letter:
    account = request.user
    if not (isinstance(account, Account) and account.has_perm("letters.send_letter") and may_send(account)):
        raise PermissionDenied
    return get_object_or_404(Letter.objects.select_related("newsletter").defer("compiled"), pk=pk)
