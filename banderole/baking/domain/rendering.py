"""A public page as anybody would get it: asked of Django itself, in this process, without cookie or session."""

import logging
import sys
import threading
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception
from django.utils import translation

NOT_FOUND_PAGES = ("/404.html", "/en/404.html")


_here = threading.local()
# A page that fails says so in its row and in one line; Django's traceback of each attempt would bury it.
logging.getLogger("django.request").addFilter(lambda _record: not getattr(_here, "rendering", False))


class Unbakeable(Exception):
    """The page is no file: it failed, sets a cookie, is private, or is not there."""


class Rendered(NamedTuple):
    body: bytes
    redirect_to: str = ""


class Gone(Unbakeable):
    """There is no page at this address."""


@lru_cache(maxsize=1)
def _django() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def render(url: str) -> Rendered:
    """What a stranger gets at this address; raises Unbakeable."""
    failures: list[str] = []

    def note(**_signal: object) -> None:
        failures.append(_what_failed())

    got_request_exception.connect(note)
    _here.rendering = True
    try:
        with translation.override(settings.LANGUAGE_CODE):
            response = _django().get_response(_request(url))
    finally:
        _here.rendering = False
        got_request_exception.disconnect(note)
    if failures:
        raise Unbakeable(failures[0])
    if response.cookies:
        raise Unbakeable("sets a cookie")
    if response.status_code == 301:
        return Rendered(b"", response["Location"])
    if response.status_code in {404, 410} and url not in NOT_FOUND_PAGES:
        raise Gone(f"answers {response.status_code}")
    if response.status_code not in {200, 404}:
        raise Unbakeable(f"answers {response.status_code}")
    if {"private", "no-store"} & {part.strip() for part in response.get("Cache-Control", "").split(",")}:
        raise Unbakeable("says that it is private")
    return Rendered(b"".join(response))


def _request(url: str) -> WSGIRequest:
    public = urlsplit(settings.PUBLIC_URL)
    port = public.port or (443 if public.scheme == "https" else 80)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(url).encode().decode("latin-1"),
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "SERVER_NAME": str(public.hostname),
            "SERVER_PORT": str(port),
            "HTTP_HOST": public.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": public.scheme,
            "wsgi.input": BytesIO(),
        }
    )


def _what_failed() -> str:
    """The exception at hand by its name and the place of ours where it was raised; no text of it."""
    kind, _error, step = sys.exc_info()
    place = ""
    while step:
        file = step.tb_frame.f_code.co_filename
        if "/banderole/" in file and "site-packages" not in file:
            place = f" at {file.rsplit('/banderole/', 1)[-1]}:{step.tb_lineno}"
        step = step.tb_next
    return f"{kind.__name__ if kind else 'an error'}{place}"
