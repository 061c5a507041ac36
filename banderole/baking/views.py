"""The outbox of a demo: every mail that it would send, on a page."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banderole.baking.domain import outbox
from banderole.baking.domain.outbox import KeptMail

View = Callable[..., HttpResponse]
# A letter as a mail program shows it: its own styles, nothing that runs, nothing from elsewhere.
LETTER_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "sandbox allow-popups allow-top-navigation-by-user-activation"
)


def demo_only(view: View) -> View:
    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
def outbox_list(request: HttpRequest) -> HttpResponse:
    return render(request, "baking/outbox.html", {"mails": outbox.newest_mails()})


@demo_only
def outbox_mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "baking/outbox_mail.html", {"mail": _mail_or_404(name)})


@demo_only
def outbox_html(_request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(_mail_or_404(name).html, headers={"Content-Security-Policy": LETTER_CSP})


@demo_only
def outbox_attachment(_request: HttpRequest, name: str, number: int) -> HttpResponse:
    attachments = _mail_or_404(name).attachments
    if number >= len(attachments):
        raise Http404
    file_name, content_type, content = attachments[number]
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name.encode("ascii", "ignore").decode()}"'
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def _mail_or_404(name: str) -> KeptMail:
    mail = outbox.mail_named(name)
    if mail is None:
        raise Http404
    return mail
