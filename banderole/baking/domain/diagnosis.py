"""What `banderole doctor` asks about the site as a whole: address, folder, disk, processes, baked pages."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

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
    subject, host = _("Address"), urlsplit(settings.PUBLIC_URL).hostname
    said = {"url": settings.PUBLIC_URL}
    if settings.DEMO:
        return Finding("good", subject, _("%(url)s, a demo.") % said)
    if host in LOCAL:
        return Finding(
            "missing",
            subject,
            _("%(url)s can be read on this machine only: set BANDEROLE_URL to the site's own address.")
            % said,
        )
    if not settings.SECURE:
        return Finding(
            "wrong",
            subject,
            _("%(url)s is not encrypted: put a reverse proxy with a certificate before it, and say https.")
            % said,
        )
    return Finding("good", subject, settings.PUBLIC_URL)


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    said = {"home": settings.HOME, "free": f"{free / GIGABYTE:.1f}"}
    if free < GIGABYTE:
        return Finding("wrong", _("Disk"), _("%(free)s GB are left for %(home)s: make room.") % said)
    return Finding("good", _("Disk"), _("%(free)s GB are left for %(home)s.") % said)


def _database() -> Finding:
    name = str(settings.DATABASES["default"]["NAME"])
    if connection.vendor == "sqlite":
        size = Path(name).stat().st_size / 1_000_000
        return Finding("good", _("Database"), _("SQLite, %(size)s MB.") % {"size": f"{size:.1f}"})
    return Finding("good", _("Database"), _("PostgreSQL, %(name)s.") % {"name": name})


def _running() -> Finding:
    subject = _("Processes")
    try:
        lock = os.open(settings.HOME / ".lock", os.O_RDONLY)
    except OSError:
        return Finding("missing", subject, _("The site does not run: start it with “banderole up”."))
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return Finding("good", subject, _("The site runs."))
    finally:
        os.close(lock)
    return Finding("missing", subject, _("The site does not run: start it with “banderole up”."))


def _pages() -> Iterator[Finding]:
    subject = _("Pages")
    failed = BakedFile.objects.exclude(error="").order_by("path")
    for row in failed[:SHOWN]:
        yield Finding(
            "wrong",
            subject,
            _(
                "%(path)s could not be baked (%(error)s): it keeps its old file. Tell those who write the program."
            )
            % {"path": row.path, "error": row.error},
        )
    if not failed:
        said = {"n": BakedFile.objects.count(), "waiting": Change.objects.count()}
        yield Finding(
            "good", subject, _("%(n)d pages are files, %(waiting)d changes wait to be baked.") % said
        )
