"""The content security policy of Wagtail's admin.

Its templates hold inline scripts and styles that differ from page to page, and it shows previews in frames. Only
there may they: every other page keeps the strict policy of the settings.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN_PATH = "admin/"
POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class AdminPolicyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A preview runs through all of this under the address of the page that it shows.
        is_preview = getattr(request, "is_preview", False)
        if (is_preview or request.path.startswith(f"/{ADMIN_PATH}")) and not hasattr(
            response, "_csp_replace"
        ):
            response._csp_replace = POLICY  # type: ignore[attr-defined]  # noqa: SLF001 -- how django-csp is told
        return response
