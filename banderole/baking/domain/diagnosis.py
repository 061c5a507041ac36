"""What `banderole doctor` asks about the site as a whole: address, folder, disk, processes, baked pages."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from banderole.baking.models import BakedFile, Change
from banderole.common.diagnosis import Finding

GIGABYTE = 1_000_000_000
LOCAL = {"localhost", "127.0.0.1", "::1"}
SHOWN = 5


def questions() -> Iterator[Finding]:
    yield _address()
    yield _disk()
    yield _database()
    yield _running()
    yield from _pages()


def _address() -> Finding:
    subject, url = "Address", settings.PUBLIC_URL
    if settings.DEMO:
        return Finding("good", subject, f"{url}, a demo.")
    if urlsplit(url).hostname in LOCAL:
        sentence = f"{url} can be read on this machine only: set BANDEROLE_URL to the site's own address."
        return Finding("missing", subject, sentence)
    if not settings.SECURE:
        sentence = f"{url} is not encrypted: put a reverse proxy with a certificate before it, and say https."
        return Finding("wrong", subject, sentence)
    return Finding("good", subject, url)


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    left = f"{free / GIGABYTE:.1f} GB are left for {settings.HOME}"
    if free < GIGABYTE:
        return Finding("wrong", "Disk", f"{left}: make room.")
    return Finding("good", "Disk", f"{left}.")


def _database() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("good", "Database", f"{connection.vendor} answers.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        [said] = cursor.fetchone()
    if said != "ok":
        return Finding("wrong", "Database", "The database is damaged: stop the site and put back a backup.")
    return Finding("good", "Database", "SQLite, whole.")


def _running() -> Finding:
    stopped = Finding("missing", "Processes", "The site does not run: start it with `banderole up`.")
    try:
        lock = os.open(settings.HOME / ".lock", os.O_RDONLY)
    except OSError:
        return stopped
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return Finding("good", "Processes", "The site runs.")
    finally:
        os.close(lock)
    return stopped


def _pages() -> Iterator[Finding]:
    failed = BakedFile.objects.exclude(error="").order_by("path")
    for row in failed[:SHOWN]:
        sentence = f"{row.path} could not be baked ({row.error}): its old file stays. Tell those who write the program."
        yield Finding("wrong", "Pages", sentence)
    if not failed:
        pages, waiting = BakedFile.objects.count(), Change.objects.count()
        yield Finding("good", "Pages", f"{pages} pages are files, {waiting} changes wait to be baked.")
