from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from banderole.common import proofs, public_forms, stylesheet


@require_GET
@never_cache
def proof_challenge(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(proofs.challenge(strain=public_forms.strain()))


@require_GET
def stylesheet_file(_request: HttpRequest, digest: str) -> HttpResponse:
    """The present stylesheet, until it is baked; an older address gets it too, for the pages that name it."""
    answer = HttpResponse(stylesheet.bundle(), content_type="text/css; charset=utf-8")
    current = digest in stylesheet.url()
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return answer
