"""Making every public page a file: those that a change names first, then all of them.

Decides what is written, kept and removed; how a page looks is for the app that it belongs to. A page that
fails keeps its old file, and its row says what went wrong.
"""

import fcntl
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from banderole.baking.domain import files, rendering, sources
from banderole.baking.domain.files import Page
from banderole.baking.models import BakedFile, Change
from banderole.common import chores, stylesheet

logger = logging.getLogger(__name__)
BATCH = 40
SETTLE, AT_LATEST = timedelta(seconds=0.8), timedelta(seconds=8)
_named_until = 0  # the newest change whose own pages this process has baked
Progress = Callable[[int, int], None]


class Interrupted(Exception):
    """The worker stops; what was not baked waits."""


def bake_waiting(*, settle: timedelta = timedelta()) -> int:
    """Bake all pages where a change waits, those that it names first; return how many changes were met.

    The pages that are named do not wait; all others wait until nothing has changed for `settle`, so that a
    hundred changes in a row cost one pass, but never longer than AT_LATEST.
    """
    global _named_until
    waiting = list(Change.objects.order_by("pk"))
    if not waiting:
        return 0
    try:
        with _alone(wait=False) as alone:
            if not alone:
                return 0
            bake_pages(_named(change for change in waiting if change.pk > _named_until))
            _named_until = waiting[-1].pk
            now = timezone.now()
            if now - waiting[-1].made_at < settle and now - waiting[0].made_at < AT_LATEST:
                return 0
            _bake_everything(after=waiting[-1].pk)
    except Interrupted:
        return 0
    Change.objects.filter(pk__in=[change.pk for change in waiting]).delete()
    return len(waiting)


def bake_all(progress: Progress = lambda _done, _all: None) -> int:
    """Bake every public page now, waiting for a worker that is at it; return how many files changed."""
    with _alone(wait=True):
        return _bake_everything(progress=progress)


def bake_pages(urls: Iterable[str]) -> int:
    """Bake these pages; return how many files changed."""
    rows = BakedFile.objects.in_bulk(list(urls), field_name="path")
    fresh, failed = [], {}
    for url in urls:
        if chores.stopping.is_set():
            raise Interrupted
        try:
            page = _page(url)
        except (rendering.Unbakeable, ValueError) as error:
            failed[url] = str(error) if isinstance(error, rendering.Unbakeable) else "is no address of a file"
            continue
        row = rows.get(url)
        if row is None or row.error or row.digest != page.digest or not files.lies_well(page):
            fresh.append(page)
    files.put(fresh)
    _note(fresh, failed)
    return len(fresh)


def _bake_everything(*, after: int | None = None, progress: Progress = lambda _done, _all: None) -> int:
    """Bake all pages in batches, a newer change's pages in between; remove what is listed no more."""
    _put_stylesheet()
    listed = _listed()
    changed, done = 0, 0
    remaining = iter(listed)
    while batch := list(islice(remaining, BATCH)):
        if after is not None and (newer := list(Change.objects.filter(pk__gt=after).order_by("pk"))):
            after = newer[-1].pk
            changed += bake_pages(_named(newer))
        changed += bake_pages(batch)
        done += len(batch)
        progress(done, len(listed))
    _remove_unlisted(listed)
    return changed


def _page(url: str) -> Page:
    rendered = rendering.render(url)
    files.file_of(url, redirect=bool(rendered.redirect_to))
    return Page(url, rendered.body, rendered.redirect_to)


def _named(changes: Iterable[Change]) -> list[str]:
    return list(dict.fromkeys(url for change in changes for url in change.urls))


def _listed() -> dict[str, str]:
    """Every public address, with the app that lists it; an app that fails keeps those that it had."""
    listed: dict[str, str] = {}
    for name, source in sources.sources().items():
        try:
            listed = dict.fromkeys(source(), name) | listed
        except Exception as error:  # noqa: BLE001 -- one app's mistake must not hold up the others' pages
            _note([], {f"source:{name}": f"{type(error).__name__} while its pages were listed"})
            for url in BakedFile.objects.filter(source=name).values_list("path", flat=True):
                listed.setdefault(url, name)
        else:
            BakedFile.objects.filter(path=f"source:{name}").delete()
    return listed


def _note(pages: list[Page], failed: dict[str, str]) -> None:
    now = timezone.now()
    rows = [BakedFile(path=page.url, digest=page.digest, size=len(page.body), baked_at=now) for page in pages]
    with transaction.atomic():
        BakedFile.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["digest", "size", "baked_at", "error"],
        )
        for url, error in failed.items():
            if not BakedFile.objects.filter(path=url, error=error[:200]).exists():
                logger.error("%s could not be baked: %s.", url, error)
            BakedFile.objects.update_or_create(path=url, defaults={"error": error[:200]})


def _remove_unlisted(listed: dict[str, str]) -> None:
    kept = {stylesheet.url().removeprefix("/")}
    for url in listed:
        try:
            kept |= {files.file_of(url, redirect=redirect) for redirect in (False, True)}
        except ValueError:
            continue
    files.remove_all_but(kept)
    rows = BakedFile.objects.exclude(path__startswith="source:")
    unlisted = []
    moved = []
    for row in rows.only("pk", "path", "source"):
        if row.path not in listed:
            unlisted.append(row.pk)
        elif row.source != listed[row.path]:
            row.source = listed[row.path]
            moved.append(row)
    BakedFile.objects.filter(pk__in=unlisted).delete()
    BakedFile.objects.bulk_update(moved, ["source"], batch_size=500)


def _put_stylesheet() -> None:
    page = Page(stylesheet.url(), stylesheet.bundle())
    if not files.lies_well(page):
        files.put([page])


@contextmanager
def _alone(*, wait: bool) -> Iterator[bool]:
    """One baker at a time, whichever process it is in."""
    settings.BAKED_ROOT.mkdir(parents=True, exist_ok=True)
    lock = os.open(settings.BAKED_ROOT / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(lock)
