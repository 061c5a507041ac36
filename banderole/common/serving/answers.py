"""Answers made once and given many times: one body for each encoding, each with its own strong ETag."""

import os
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import Any, NamedTuple

from banderole.common.serving.headers import Headers

Environ = Mapping[str, Any]
OK, PARTIAL, NOT_MODIFIED = "200 OK", "206 Partial Content", "304 Not Modified"
NOT_IN_304 = {"Content-Length", "Content-Type", "Content-Encoding"}


class Answer(NamedTuple):
    status: str
    headers: Headers
    body: Iterable[bytes]


class Variant(NamedTuple):
    etag: str
    full: Answer
    head: Answer
    unchanged: Answer


class Stamp(NamedTuple):
    """What tells one state of a file from another without opening it."""

    mtime: int
    size: int
    inode: int


class Ready:
    """A file held in memory, in each encoding that it has."""

    __slots__ = ("size", "stamp", "variants")

    def __init__(self, stamp: Stamp, bodies: Mapping[str, bytes], headers: Headers) -> None:
        digest = blake2b(bodies[""], digest_size=12).hexdigest()
        self.stamp = stamp
        self.size = sum(map(len, bodies.values()))
        self.variants = {
            encoding: _variant(body, encoding, digest, headers) for encoding, body in bodies.items()
        }

    def answer(self, environ: Environ) -> Answer:
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        variant = self.variants.get(encoding) or self.variants[""]
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if wanted and matches(wanted, variant.etag):
            return variant.unchanged
        return variant.full if environ["REQUEST_METHOD"] == "GET" else variant.head


class Shelf:
    """The answers in memory, least recently made ones dropped first; never more bytes than `most`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0
        self._answers: OrderedDict[str, Ready] = OrderedDict()
        self._lock = Lock()
        self.get = self._answers.get

    def put(self, key: str, ready: Ready) -> None:
        if ready.size > self.most // 8:
            return
        with self._lock:
            self._drop(key)
            self._answers[key] = ready
            self.held += ready.size
            while self.held > self.most:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: str) -> None:
        if old := self._answers.pop(key, None):
            self.held -= old.size


def stamp_of(path: str) -> Stamp | None:
    """The stamp of a regular file, or None."""
    try:
        stat = os.stat(path)  # noqa: PTH116 -- on every reader's way: a Path would cost as much again
    except (OSError, ValueError):
        return None
    if (stat.st_mode & 0o170000) != 0o100000:
        return None
    return Stamp(stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=256)
def best_encoding(accept: str) -> str:
    """The smallest encoding that the reader takes: "br", "gzip", or "" for the body as it is."""
    taken = {}
    for part in accept.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        taken[name.strip()] = parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((encoding for encoding in ("br", "gzip") if taken.get(encoding)), "")


def matches(if_none_match: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags


def plain(status: str, sentence: str, headers: Headers) -> Answer:
    body = f"{sentence}\n".encode()
    own = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    return Answer(status, [*headers, *own], [body])


def _variant(body: bytes, encoding: str, digest: str, headers: Headers) -> Variant:
    etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    own = [*headers, ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding:
        own.append(("Content-Encoding", encoding))
    return Variant(
        etag,
        Answer(OK, own, [body]),
        Answer(OK, own, [b""]),
        Answer(NOT_MODIFIED, [header for header in own if header[0] not in NOT_IN_304], [b""]),
    )
