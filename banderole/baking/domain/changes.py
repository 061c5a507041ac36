"""What waits to be baked: a row for each change, until a whole pass that began after it has ended."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from banderole.baking.models import Change

_hour_begun: datetime | None = None


def note_change(urls: Iterable[str]) -> Change:
    return Change.objects.create(urls=sorted(set(urls)))


def note_new_hour() -> int:
    """Let every page be baked once an hour: an event that began is past, without anybody's doing."""
    global _hour_begun
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    if hour != _hour_begun:
        _hour_begun = hour
        note_change([])
    return 0
