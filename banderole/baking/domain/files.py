"""Putting baked pages in their place: a reader sees the old file or the new one, never half of one.

Each page is written beside its place with its .br and .gz, brought to the disk, and renamed, the page itself
last. All three get the same modification time: by it, `web` knows which belong together.
"""

import os
import time
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from django.conf import settings

from banderole.common.serving import media_types
from banderole.common.serving.baked import REDIRECT_NAME
from banderole.common.serving.static import encodings_of

UNFINISHED = ".unfinished-"
SUFFIXES = {"": "", "br": ".br", "gzip": ".gz"}
QUALITY = 9
ONE_BY_ONE = 12  # files; above, one sync of the whole disk is quicker
KEPT_STYLESHEETS = 7 * 24 * 3600.0  # seconds: a page that somebody saved this week keeps its look


class Page(NamedTuple):
    url: str
    body: bytes
    redirect_to: str = ""

    @property
    def digest(self) -> str:
        return blake2b(self.body + self.redirect_to.encode(), digest_size=16).hexdigest()


def file_of(url: str, *, redirect: bool = False) -> str:
    """Where a page lies below the baked folder; raises ValueError where its address makes no file."""
    path = unquote(url)
    parts = path.split("/")
    if parts[0] or any(part.startswith(".") or "\0" in part or "\\" in part for part in parts[1:]):
        raise ValueError(url)
    if "" in parts[1:-1] or any(len(part.encode()) > 200 for part in parts) or "?" in path:
        raise ValueError(url)
    if redirect:
        return f"{path.strip('/')}/{REDIRECT_NAME}".lstrip("/")
    if path.endswith("/"):
        return f"{path}index.html".lstrip("/")
    if "." not in parts[-1]:
        raise ValueError(url)
    return path.lstrip("/")


def lies_well(page: Page) -> bool:
    """Whether all files of the page are there and belong together."""
    file = settings.BAKED_ROOT / file_of(page.url, redirect=bool(page.redirect_to))
    try:
        times = {Path(f"{file}{suffix}").stat().st_mtime_ns for suffix in _suffixes(page, str(file))}
    except OSError:
        return False
    return len(times) == 1


def put(pages: Iterable[Page]) -> None:
    """Put these pages in their places, all of them on the disk before the first is renamed."""
    written = [pair for page in pages for pair in _write_beside(page)]
    if len(written) > ONE_BY_ONE:
        os.sync()
    else:
        for unfinished, _file in written:
            _bring_to_disk(unfinished)
    for unfinished, file in written:
        unfinished.replace(file)
        _remove_rival(file)


def remove_all_but(files: set[str]) -> int:
    """Remove every baked file that is not among these; return how many pages went."""
    root: Path = settings.BAKED_ROOT
    removed = 0
    for folder, _folders, names in os.walk(root, topdown=False):
        for name in names:
            path = Path(folder, name)
            relative = str(path.relative_to(root)).removesuffix(".br").removesuffix(".gz")
            if name.startswith(UNFINISHED) or (relative not in files and not _is_kept(path, relative)):
                path.unlink(missing_ok=True)
                removed += relative == str(path.relative_to(root)) and not name.startswith(".")
        if Path(folder) != root:
            try:
                Path(folder).rmdir()
            except OSError:  # it holds something
                pass
    return removed


def _suffixes(page: Page, file: str) -> list[str]:
    if page.redirect_to:
        return [""]
    return [SUFFIXES[encoding] for encoding in encodings_of(page.body, media_types.of(file), quality=0)]


def _write_beside(page: Page) -> Iterator[tuple[Path, Path]]:
    """Write the page's files under unfinished names; yield (unfinished, final), the page itself last."""
    file: Path = settings.BAKED_ROOT / file_of(page.url, redirect=bool(page.redirect_to))
    file.parent.mkdir(parents=True, exist_ok=True)
    if page.redirect_to:
        bodies = {"": page.redirect_to.encode("ascii")}
    else:
        bodies = encodings_of(page.body, media_types.of(file.name), quality=QUALITY)
    at = time.time_ns()
    for encoding in ("br", "gzip", ""):
        if encoding in bodies:
            final = Path(f"{file}{SUFFIXES[encoding]}")
            unfinished = final.with_name(f"{UNFINISHED}{os.getpid()}-{final.name}")
            unfinished.write_bytes(bodies[encoding])
            os.utime(unfinished, ns=(at, at))
            yield unfinished, final


def _bring_to_disk(file: Path) -> None:
    opened = os.open(file, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)


def _remove_rival(file: Path) -> None:
    """Where a page became a redirect or a redirect a page, the other one goes once the new one stands."""
    if file.name == REDIRECT_NAME:
        rivals = [f"index.html{suffix}" for suffix in SUFFIXES.values()]
    elif file.name == "index.html":
        rivals = [REDIRECT_NAME]
    else:
        return
    for rival in rivals:
        file.with_name(rival).unlink(missing_ok=True)


def _is_kept(path: Path, relative: str) -> bool:
    if relative == ".lock":
        return True
    return relative.startswith("static/s/") and time.time() - path.stat().st_mtime < KEPT_STYLESHEETS
