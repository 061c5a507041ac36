from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from banderole.common.links import LinkError
from banderole.letters.domain import unsubscribing
from banderole.letters.views.answers import private


@csrf_exempt  # RFC 8058: the mailbox provider posts, without cookie, token or origin.
@require_http_methods(["GET", "HEAD", "POST"])
@private
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method == "POST":
            # Browsers say where a request comes from, mailbox providers do not.
            channel = "link" if "Sec-Fetch-Site" in request.headers else "one_click"
            newsletter = unsubscribing.unsubscribe(token, channel=channel, at=timezone.now())
            return render(request, "letters/unsubscribed.html", {"newsletter": newsletter})
        newsletter = unsubscribing.newsletter_of(token)
        return render(request, "letters/unsubscribe.html", {"newsletter": newsletter})
    except LinkError:
        return render(request, "letters/unsubscribe_unreadable.html", status=404)
