"""The WSGI application of `web`: files first, then Django."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from banderole.common.serving import headers
from banderole.common.serving.answers import Answer, plain
from banderole.common.serving.baked import BakedPages
from banderole.common.serving.media import MediaFiles
from banderole.common.serving.static import StaticFiles

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
PERSONAL = ("/espace/", "/admin/", "/outbox/")


class FilesFirst:
    def __init__(self, django: Application) -> None:
        self.django = django
        self.baked = BakedPages(settings.BAKED_ROOT)
        self.media = MediaFiles(settings.MEDIA_ROOT, settings.MEDIA_URL)
        self.static = StaticFiles(settings.STATIC_URL)
        self.own = headers.of_every_answer()
        self.stylesheets = f"{settings.STATIC_URL}s/"
        self.unreadable = plain("400 Bad Request", "Adresse illisible. / Unreadable address.", self.own)
        self.no_file = plain("404 Not Found", "Fichier introuvable. / No such file.", self.own)
        self.no_method = plain("405 Method Not Allowed", "Méthode inconnue. / Unknown method.", self.own)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._answer(environ)
        if answer is None:
            return self.django(environ, self._with_own_headers(environ["PATH_INFO"], start_response))
        start_response(answer.status, answer.headers)
        return answer.body

    def _answer(self, environ: Environ) -> Answer | None:
        method, address = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method not in METHODS:
            return self.no_method
        if "\0" in address:
            return self.unreadable
        if method not in {"GET", "HEAD"}:
            return None
        if address.startswith(settings.STATIC_URL) and not address.startswith(self.stylesheets):
            return self.static.find(environ) or self.no_file
        if address.startswith(settings.MEDIA_URL):
            return self.media.find(environ) or self.no_file
        return self.baked.find(environ)

    def _with_own_headers(self, address: str, start_response: StartResponse) -> StartResponse:
        def start(status: str, given: headers.Headers, exc_info: Any = None) -> Any:
            names = {name.lower() for name, _value in given}
            added = [header for header in self.own if header[0].lower() not in names]
            if "cache-control" not in names:
                personal = address.startswith(PERSONAL)
                added.append(("Cache-Control", "private, no-store" if personal else "no-cache"))
            return start_response(status, [*given, *added], exc_info)

        return start
