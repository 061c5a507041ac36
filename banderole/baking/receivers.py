from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from banderole.baking.domain import changes
from banderole.common.signals import public_changed


@receiver(public_changed)
def note_change(urls: Iterable[str] = (), **_signal: Any) -> None:
    changes.note_change(urls)
