"""Tags that any page may use."""

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from banderole.common import slots

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
