"""Where Wagtail asks publishing."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page


@hooks.register("before_serve_page")
def remember_shown_page(page: Page, request: HttpRequest, _args: Any, _kwargs: Any) -> None:
    """The frame names the page's translations: it finds the page here."""
    request.shown_page = page  # type: ignore[attr-defined]
