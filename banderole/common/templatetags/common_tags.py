"""Tags that any page may use."""

import segno
from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from banderole.common import colours, slots, stylesheet, typography
from banderole.common import frame as frames

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """Everything that the apps above put in this place of the page."""
    parts = []
    page = {str(name): value for name, value in context.flatten().items()}
    for filling in slots.fillings(name):
        own = filling.context(page)
        if own is not None:
            parts.append(render_to_string(filling.template, {**page, **own}, request=context.get("request")))
    return mark_safe("".join(parts))  # noqa: S308 -- each part is a rendered, escaped template


@register.simple_tag(takes_context=True)
def frame(context: Context) -> frames.Frame:
    """What surrounds the page: `{% frame as frame %}`; a page that asks again gets what it got."""
    request = context.get("request")
    if request is None:
        return frames.of(None)
    known: dict[str, frames.Frame] = request.__dict__.setdefault("frames", {})
    language = get_language() or ""
    if language not in known:
        known[language] = frames.of(request)
    return known[language]


@register.simple_tag
def stylesheet_url() -> str:
    """The one stylesheet of every page."""
    return stylesheet.url()


@register.simple_tag
def cloth_shades(cloth: str) -> colours.Shades:
    """The shades of the association's colour, for mails, which cannot read the stylesheet."""
    return colours.shades(cloth)


@register.filter
def typeset(text: object, language: str = "") -> str:
    """Text or safe HTML as a printer would set it in the language of the page (or the one that is named)."""
    language = language or get_language() or "fr"
    if hasattr(text, "__html__"):
        html = typography.typeset_html(text.__html__(), language=language)
        return mark_safe(html)  # noqa: S308 -- as safe as it came in
    return typography.typeset(str(text), language=language)


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """The text as a picture that a phone reads, for the paper."""
    code = segno.make(text, error="l", micro=False)
    drawn = code.svg_inline(omitsize=True, border=0, svgclass=None, lineclass=None)
    return mark_safe(drawn)  # noqa: S308 -- squares only; nothing of the text stands in it as text


@register.filter
def grouped(number: int) -> str:
    """A large number as it is read: 12 500 in French, 12,500 in English."""
    return number_format(number, force_grouping=True)
