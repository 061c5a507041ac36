"""Uploaded files: whole or by range, never able to run anything, never from outside the media folder."""

import re
from collections.abc import Iterator
from pathlib import Path

from banderole.common.serving import headers, media_types
from banderole.common.serving.answers import (
    NOT_IN_304,
    NOT_MODIFIED,
    OK,
    PARTIAL,
    Answer,
    Environ,
    Stamp,
    matches,
    stamp_of,
)
from banderole.common.serving.baked import safe_path

CHUNK = 256 * 1024
AT_ONCE = 2 * 1024 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")


class MediaFiles:
    def __init__(self, root: Path, prefix: str) -> None:
        self.root = root.resolve()
        self.prefix = prefix

    def find(self, environ: Environ) -> Answer | None:
        path = safe_path(environ["PATH_INFO"])
        if path is None:
            return None
        file = (self.root / path.removeprefix(self.prefix)).resolve()
        if not file.is_relative_to(self.root):  # a link that leads out of the folder
            return None
        stamp = stamp_of(str(file))
        return None if stamp is None else self._answer(file, stamp, environ)

    def _answer(self, file: Path, stamp: Stamp, environ: Environ) -> Answer:
        etag = f'"{stamp.mtime:x}-{stamp.size:x}"'
        own = [*headers.of_media(media_types.of(file.name)), ("ETag", etag), ("Accept-Ranges", "bytes")]
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if wanted and matches(wanted, etag):
            return Answer(NOT_MODIFIED, [header for header in own if header[0] not in NOT_IN_304], [b""])
        asked = environ.get("HTTP_RANGE", "")
        if asked and environ.get("HTTP_IF_RANGE", etag) == etag and (match := RANGE.match(asked)):
            first, last = _bounds(match[1], match[2], stamp.size)
            if first > last:
                own += [("Content-Range", f"bytes */{stamp.size}"), ("Content-Length", "0")]
                return Answer("416 Range Not Satisfiable", own, [b""])
            own.append(("Content-Range", f"bytes {first}-{last}/{stamp.size}"))
            return _part(file, first, last, environ, status=PARTIAL, own=own)
        return _part(file, 0, stamp.size - 1, environ, status=OK, own=own)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte; first > last where there is nothing to send."""
    if not first:
        return (max(0, size - int(last)), size - 1) if last and int(last) else (1, 0)
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(
    file: Path, first: int, last: int, environ: Environ, *, status: str, own: headers.Headers
) -> Answer:
    length = last - first + 1
    own.append(("Content-Length", str(length)))
    if environ["REQUEST_METHOD"] == "HEAD":
        return Answer(status, own, [b""])
    if length <= AT_ONCE:
        return Answer(status, own, [b"".join(_read(file, first, length))])
    return Answer(status, own, _read(file, first, length))


def _read(file: Path, first: int, length: int) -> Iterator[bytes]:
    with file.open("rb") as opened:
        opened.seek(first)
        while length > 0 and (chunk := opened.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
