from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from banderole.common import proofs, public_forms


@require_GET
@never_cache
def proof_challenge(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(proofs.challenge(strain=public_forms.strain()))
