"""Who may send now, and which rows a dead process left behind.

Each run of a sender takes a number, its fence, and marks the rows that it works on with it. It holds a lock for
as long as it lives: so who finds the lock free knows that the holder of that fence is dead.
SQLite allows one sender a home (a lock on a file); PostgreSQL any number (an advisory lock for each).
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from banderole.letters.enums import Delivery
from banderole.letters.exceptions import Busy
from banderole.letters.models import Recipient, Sender

LOCK_SPACE = 0x6C657474  # keeps these advisory locks apart from anybody else's
KEPT = timedelta(days=30)


@contextmanager
def fence() -> Iterator[int]:
    """A number of one's own, after the rows of the dead are put in order; raises Busy."""
    with _only_one() if connection.vendor == "sqlite" else _one_of_many() as number:
        recover(alive=number)
        yield number


@contextmanager
def _only_one() -> Iterator[int]:
    path = settings.HOME / "letters.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield _new_number()


@contextmanager
def _one_of_many() -> Iterator[int]:
    number = _new_number()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, number])
    try:
        yield number
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, number])


def _new_number() -> int:
    Sender.objects.filter(started_at__lt=timezone.now() - KEPT).delete()
    return Sender.objects.create().pk


@transaction.atomic
def recover(*, alive: int) -> None:
    """Put in order what dead senders left: taken up → waiting again, being handed over → in doubt.

    A lease that ran out frees a row of a living sender too; its fence then fails before the dot.
    """
    in_hand = Recipient.objects.filter(state__in=[Delivery.CLAIMED, Delivery.COMMITTING]).exclude(fence=alive)
    dead = [number for number in in_hand.values_list("fence", flat=True).distinct() if _is_dead(number)]
    Recipient.objects.filter(state=Delivery.CLAIMED, fence__in=dead).update(state=Delivery.READY)
    Recipient.objects.filter(state=Delivery.CLAIMED, lease_until__lt=timezone.now()).update(
        state=Delivery.READY
    )
    Recipient.objects.filter(state=Delivery.COMMITTING, fence__in=dead).update(
        state=Delivery.IN_DOUBT, cause="killed"
    )


def _is_dead(number: int) -> bool:
    if connection.vendor == "sqlite":
        return True  # The lock on the file is held: no other sender lives.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_SPACE, number])
        return bool(cursor.fetchone()[0])
