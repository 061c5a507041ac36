from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from banderole.common.links import LinkError
from banderole.common.public_forms import public_form
from banderole.letters.domain.subscribing import LINK_LASTS, confirm_subscription, newsletters_of
from banderole.letters.forms import SubscribeForm
from banderole.letters.queries import consent_wording, newsletters_in
from banderole.letters.views.answers import private
from banderole.people.domain.inbox import receive


@public_form("subscribe", done="letters:asked")
def subscribe(request: HttpRequest) -> HttpResponse:
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        receive(
            "subscribe",
            {
                "address": form.cleaned_data["address"],
                "newsletters": " ".join(newsletter.slug for newsletter in form.cleaned_data["newsletters"]),
                "locale": get_language() or "fr",
            },
        )
        return HttpResponseRedirect(reverse("letters:asked"), status=303)
    chosen = form.data.getlist("newsletters") if form.is_bound else None  # type: ignore[attr-defined]  # a QueryDict
    newsletters = newsletters_in(get_language() or "fr")
    choices = [
        (
            newsletter,
            consent_wording(newsletter),
            newsletter.slug in chosen if chosen is not None else len(newsletters) == 1,
        )
        for newsletter in newsletters
    ]
    return render(
        request,
        "letters/subscribe.html",
        {"form": form, "choices": choices},
        status=422 if form.is_bound else 200,
    )


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The same page for everyone: it tells nobody whether an address is known."""
    return render(request, "letters/asked.html")


@csrf_exempt  # The link is the proof; the mail may be opened in a browser that never saw this site.
@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method == "POST":
            newsletters = confirm_subscription(token, at=timezone.now())
            return render(request, "letters/confirmed.html", {"newsletters": newsletters})
        return render(request, "letters/confirm.html", {"newsletters": newsletters_of(token)})
    except LinkError:
        return render(request, "letters/confirm_too_old.html", {"days": LINK_LASTS.days}, status=404)
