"""Baked pages: /agenda/ is baked/agenda/index.html, /flux.rss is baked/flux.rss.

Beside a page may lie its .br and .gz; they count only where they were written with it (same modification
time), so that no reader gets an old page in one encoding and a new one in another.
"""

from pathlib import Path

from banderole.common.serving import headers, media_types
from banderole.common.serving.answers import Answer, Environ, Ready, Shelf, stamp_of

REDIRECT_NAME = "index.redirect"
# Other people's links come with these; a page is the same with and without.
FOREIGN_PARAMETERS = ("utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid=", "mtm_", "pk_")


class BakedPages:
    def __init__(self, root: Path, *, memory: int = 48 * 1024 * 1024) -> None:
        self.root = str(root)
        self._shelf = Shelf(memory)

    def find(self, environ: Environ) -> Answer | None:
        """The page at this address, a redirect that was baked, or None: Django knows."""
        if (query := environ.get("QUERY_STRING")) and not _is_foreign(query):
            return None
        address = environ["PATH_INFO"]
        file = self._file(address)
        if file is None:
            return None
        stamp = stamp_of(file)
        if stamp is None:
            return self._redirect(address)
        ready = self._shelf.get(file)
        if ready is None or ready.stamp != stamp:
            ready = self._read(file)
        return ready.answer(environ) if ready else None

    def _file(self, address: str) -> str | None:
        path = safe_path(address)
        if path is None:
            return None
        return f"{self.root}{path}index.html" if path[-1] == "/" else f"{self.root}{path}"

    def _read(self, file: str) -> Ready | None:
        try:
            bodies = {"": Path(file).read_bytes()}
        except OSError:  # removed since it was looked at
            return None
        stamp = stamp_of(file)
        if stamp is None:
            return None
        for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
            beside = stamp_of(file + suffix)
            if beside is not None and beside.mtime == stamp.mtime:
                try:
                    bodies[encoding] = Path(file + suffix).read_bytes()
                except OSError:
                    continue
        if stamp_of(file) != stamp:  # replaced meanwhile: the next reader reads it anew
            bodies = {"": bodies[""]}
        ready = Ready(stamp, bodies, self._headers(file))
        self._shelf.put(file, ready)
        return ready

    def _headers(self, file: str) -> headers.Headers:
        content_type = media_types.of(file)
        if file.startswith(f"{self.root}/static/"):
            return headers.of_static(content_type, headers.FOREVER_CACHE)
        return headers.of_baked(content_type)

    def _redirect(self, address: str) -> Answer | None:
        path = safe_path(address)
        if path is None:
            return None
        try:
            target = (
                Path(f"{self.root}{path.rstrip('/')}/{REDIRECT_NAME}").read_text(encoding="ascii").strip()
            )
        except (OSError, ValueError):
            return None
        return Answer(
            "301 Moved Permanently",
            [*headers.of_baked("text/html; charset=utf-8"), ("Location", target), ("Content-Length", "0")],
            [b""],
        )


def safe_path(address: str) -> str | None:
    """The address as a path below a folder, or None where it leads anywhere else.

    WSGI gives addresses as latin-1; a segment that begins with a dot is never served, but for .well-known.
    """
    if not address.startswith("/"):
        return None
    if not address.isascii():
        try:
            address = address.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return None
    if "//" in address or "\\" in address or "\0" in address or len(address) > 2000:
        return None
    if "/." in address and not address.startswith("/.well-known/"):
        return None
    return None if "/." in address[1:] else address


def _is_foreign(query: str) -> bool:
    return all(part.startswith(FOREIGN_PARAMETERS) for part in query.split("&"))
