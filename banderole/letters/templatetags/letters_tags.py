"""What the previews of a letter show."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from banderole.letters.domain.composing import Piece, compose, pieces_of
from banderole.letters.models import Letter

register = template.Library()


@register.simple_tag
def composed_html(letter: Letter) -> SafeString:
    return mark_safe(compose(letter).html)  # noqa: S308 -- a whole page, made by our own templates


@register.simple_tag
def composed_text(letter: Letter) -> str:
    return compose(letter).text


@register.simple_tag
def composed_pieces(letter: Letter) -> list[Piece]:
    return pieces_of(letter)
