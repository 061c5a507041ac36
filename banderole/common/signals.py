"""Speaking upward without knowing who listens."""

from collections.abc import Iterable

from django.db import transaction
from django.dispatch import Signal

# Sent after commit with `urls`: paths of public pages to bake first. Every other page is baked again after them.
public_changed = Signal()


def announce_change(*, urls: Iterable[str] = ()) -> None:
    """Say that something public changed, once the transaction at hand is committed."""
    hints = list(urls)
    transaction.on_commit(lambda: public_changed.send(sender=None, urls=hints), robust=False)
