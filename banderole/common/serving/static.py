"""The program's own files, from the apps' folders: nothing has to be collected first."""

import gzip
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

from banderole.common.serving import headers, media_types
from banderole.common.serving.answers import Answer, Environ, Ready, Shelf, stamp_of
from banderole.common.serving.baked import safe_path

SMALLEST = 512
LARGEST = 4 * 1024 * 1024


class StaticFiles:
    def __init__(self, prefix: str, *, memory: int = 24 * 1024 * 1024) -> None:
        self.prefix = prefix
        self._shelf = Shelf(memory)
        self._places: dict[str, str] = {}

    def find(self, environ: Environ) -> Answer | None:
        address = environ["PATH_INFO"]
        file = self._places.get(address) or self._place(address)
        stamp = stamp_of(file) if file else None
        if not file or stamp is None:
            return None
        # A file that is asked for with the version of its content never changes under that address.
        forever = "v=" in environ.get("QUERY_STRING", "")
        key = f"{file}?{forever}"
        ready = self._shelf.get(key)
        if ready is None or ready.stamp != stamp:
            content_type = media_types.of(file)
            cache = headers.FOREVER_CACHE if forever else headers.HOUR_CACHE
            body = Path(file).read_bytes()
            ready = Ready(stamp, encodings_of(body, content_type), headers.of_static(content_type, cache))
            self._shelf.put(key, ready)
        return ready.answer(environ)

    def _place(self, address: str) -> str | None:
        path = safe_path(address)
        if path is None or path.endswith("/"):
            return None
        found = finders.find(path.removeprefix(self.prefix))
        if isinstance(found, str):
            self._places[address] = found
            return found
        return None


def encodings_of(body: bytes, content_type: str, *, quality: int = 5) -> dict[str, bytes]:
    """The body as it is and in each encoding that makes it smaller."""
    bodies = {"": body}
    if media_types.is_compressible(content_type) and SMALLEST <= len(body) <= LARGEST:
        bodies["br"] = brotli.compress(body, quality=quality)
        bodies["gzip"] = gzip.compress(body, compresslevel=min(quality, 9), mtime=0)
    return bodies
