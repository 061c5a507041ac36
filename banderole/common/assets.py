"""The program's own static files, each under an address that changes with its content."""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

OWN = tuple(f"{app.removeprefix('banderole.')}/" for app in settings.BANDEROLE_APPS)


class VersionedStorage(StaticFilesStorage):
    """`{% static %}` gives our own files' addresses with their version; nothing has to be collected."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        return f"{address}?v={version(name)}" if name and name.startswith(OWN) and version(name) else address


def versioned(address: str) -> str:
    """The address of a static file with its version."""
    name = address.removeprefix(settings.STATIC_URL)
    return f"{address}?v={version(name)}" if version(name) else address


@lru_cache(maxsize=512)
def version(name: str) -> str:
    """Eight letters that stand for the file's content; nothing where there is no such file."""
    found = finders.find(name)
    return blake2b(Path(found).read_bytes(), digest_size=4).hexdigest() if isinstance(found, str) else ""
