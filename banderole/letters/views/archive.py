from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from banderole.letters.domain.composing import pieces_of
from banderole.letters.queries import consent_wording, public_letters


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    return render(request, "letters/archive.html", {"letters": public_letters()})


@require_safe
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    letter = get_object_or_404(public_letters(), slug=slug)
    return render(
        request,
        "letters/letter.html",
        {
            "letter": letter,
            "newsletter": letter.newsletter,
            "pieces": pieces_of(letter),
            "consent": consent_wording(letter.newsletter),
        },
    )
