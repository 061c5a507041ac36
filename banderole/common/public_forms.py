"""Forms that anybody may send from a baked page: no cookie, no token, so they are guarded by other means.

Size and encoding, origin, a field that only robots fill, proof of work, rates. A form without proof of work
comes from a browser without scripts: it is welcome, under tighter limits.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from banderole.common import proofs
from banderole.common.exceptions import Refusal
from banderole.common.rates import Rate
from banderole.common.visitors import network_of

HOUR = 3600
with_proof = Rate(60, seconds=HOUR)  # for one network: a stall at a market shares one
without_proof = Rate(10, seconds=HOUR)
everybody = Rate(100_000, seconds=HOUR)  # never refuses: it makes the proof dearer
everybody_without_proof = Rate(60, seconds=HOUR)
BUSY = 60  # forms in an hour that a usual site may see; above, each proof costs more
NO_PROOF = "-"  # what the script sends where the browser could not do the work
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}

View = Callable[..., HttpResponseBase]


class PublicForm(forms.Form):
    """A form of a public page; its template includes `common/_guard_fields.html`."""

    required_css_class = "required"

    def clean(self) -> dict[str, object]:
        super().clean()
        for name, field in self.fields.items():
            several = getattr(field.widget, "allow_multiple_selected", False)
            if isinstance(self.data, QueryDict) and not several and len(self.data.getlist(name)) > 1:
                self.add_error(name, _("Fill this in once."))
        return self.cleaned_data


def public_form(name: str, *, done: str) -> Callable[[View], View]:
    """Guard a view whose POST comes from a public page; `name` stands in the logs.

    `done` names the URL that the view redirects to when all is well: a robot that filled the hidden field is
    sent there too, and nothing is stored.
    """

    def guard(view: View) -> View:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            try:
                fields = _read(request)
                known_origin = _check_origin(request)
                if fields.get("website"):
                    return HttpResponseRedirect(reverse(done), status=303)
                _check_work(request, fields.get("altcha", ""), known_origin=known_origin)
            except Refusal as refusal:
                return refuse(request, refusal)
            return view(request, *args, **kwargs)

        guarded.public_form = name  # type: ignore[attr-defined]  # tests find every public form by it
        return guarded

    return guard


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page with one sentence and a way back."""
    back = urlsplit(request.headers.get("Referer", ""))
    same_site = f"{back.scheme}://{back.netloc}" in _own_origins(request)
    page = render(
        request,
        "common/refused.html",
        {"sentence": refusal.sentence, "back": back.path if same_site and back.path.startswith("/") else "/"},
        status=refusal.status,
    )
    page["Cache-Control"] = "no-store"
    return page


def strain() -> int:
    """How many times dearer than usual a proof is now."""
    return min(8, 1 + everybody.count() // BUSY)


def forget_rates() -> None:
    for rate in (with_proof, without_proof, everybody, everybody_without_proof):
        rate.forget()


def _read(request: HttpRequest) -> QueryDict:
    too_big = Refusal(413, _("That is too long for this form. Go back, shorten it, and send it again."))
    unreadable = Refusal(400, _("We cannot read what was sent. Go back, and send the form again."))
    if request.content_type not in FORM_TYPES:
        raise unreadable
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not str(length).isdecimal() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise too_big
    try:
        fields, files = request.POST, request.FILES
    except RequestDataTooBig as error:
        raise too_big from error
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, ValueError) as error:
        raise unreadable from error
    if files:
        raise unreadable
    for key, values in fields.lists():
        # U+FFFD stands where bytes were no UTF-8.
        if any(bad in text for text in (key, *values) for bad in ("\0", "\ufffd")):
            raise unreadable
    return fields


def _own_origins(request: HttpRequest) -> set[str]:
    return {settings.PUBLIC_URL, f"{request.scheme}://{request.get_host()}"}


def _check_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the form stands on this site; one that says nothing is no reason to refuse."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    if site in {"same-origin", "none"} or (site is None and origin in _own_origins(request)):
        return True
    raise Refusal(
        403, _("This form was sent from another site. Open it on our site, and send it from there.")
    )


def _check_work(request: HttpRequest, proof: str, *, known_origin: bool) -> None:
    network = network_of(request)
    proven = proof not in {"", NO_PROOF}
    if proven:
        try:
            proofs.spend(proof)
        except proofs.ProofError as error:
            raise Refusal(400, _("This form waited too long. Go back, and send it again.")) from error
    everybody.take()
    if proven and known_origin:
        allowed = with_proof.take(network)
    else:
        allowed = without_proof.take(network) and everybody_without_proof.take()
    if not allowed:
        raise Refusal(429, _("Many forms came from your network just now. Send yours again in an hour."))
