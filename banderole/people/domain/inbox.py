"""Receiving a public form: `web` seals it and cannot read it back; the worker opens it.

The table says nothing but how many forms came in which hour; the exact time is sealed with the fields.
"""

import logging
import traceback
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from banderole.people.domain import dossiers
from banderole.people.exceptions import NotSetUp
from banderole.people.models import InboxItem
from banderole.people.registry import Fields, form
from banderole.vault.envelopes import open_envelope, seal

log = logging.getLogger(__name__)

WAITS = [timedelta(seconds=seconds) for seconds in (5, 60, 300, 3600)]
BATCH = 50  # then the other chores of the lane have their turn


def receive(kind: str, fields: Fields) -> None:
    """Seal the fields to the machine key and store them; when this returns, they survive a power cut."""
    now = timezone.now()
    item = InboxItem(id=uuid4(), received_hour=now.replace(minute=0, second=0, microsecond=0))
    item.envelope = seal(
        {"kind": kind, "received": now.isoformat(), "fields": dict(fields)},
        for_keys=[dossiers.key_of("machine")],
        context=_context(item.pk),
        pad=True,
    )
    # durable: inside another transaction, returning would promise what is not on disk yet.
    with transaction.atomic(durable=True):
        item.save(force_insert=True)


def open_inbox() -> int:
    """Open every waiting item in its own transaction (worker only); return how many were opened."""
    due = Q(next_try_at=None) | Q(next_try_at__lte=timezone.now())
    waiting = list(
        InboxItem.objects.filter(due).order_by("received_hour", "id").values_list("id", flat=True)[:BATCH]
    )
    if not waiting:
        return 0
    keys = dossiers.machine_keys()
    return sum(_open(item_id, keys) for item_id in waiting)


def _open(item_id: UUID, keys: dossiers.Keys) -> bool:
    try:
        with transaction.atomic():
            item = InboxItem.objects.select_for_update(skip_locked=True).filter(pk=item_id).first()
            if item is None:
                return False
            contents = open_envelope(item.envelope, keys, _context(item_id))
            open_form = form(contents["kind"])
            open_form(contents["fields"], datetime.fromisoformat(contents["received"]))
            item.delete()
    except NotSetUp:
        _keep(item_id, failed="", wait=WAITS[0])
        return False
    except Exception as error:  # noqa: BLE001 -- one form that cannot be opened must not hold up the others
        # Neither message nor traceback: both may quote what the person wrote.
        log.error("inbox item %s: %s at %s", item_id, type(error).__name__, _where(error))
        tries = InboxItem.objects.filter(pk=item_id).values_list("tries", flat=True).first() or 0
        _keep(item_id, failed=type(error).__name__[:64], wait=WAITS[min(tries, len(WAITS) - 1)])
        return False
    return True


def _keep(item_id: UUID, *, failed: str, wait: timedelta) -> None:
    item = InboxItem.objects.filter(pk=item_id).first()
    if item:
        item.failed, item.tries = failed, min(item.tries + 1, 30000) if failed else item.tries
        item.next_try_at = timezone.now() + wait
        item.save(update_fields=["failed", "tries", "next_try_at"])


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "banderole" in frame.filename] or frames
    return f"{own[-1].filename.rpartition('banderole/')[2]}:{own[-1].lineno}"


def _context(item_id: UUID) -> str:
    return f"inbox|{item_id}|form"
