"""Writing down who read, granted, changed or erased what, in a chain that shows a missing or altered row.

Subjects name ids and counts, never a name or an address.
"""

import hashlib
import json
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from banderole.accounts.models import Account
from banderole.people.models import Record

START = bytes(32)
ADVISORY_LOCK = 0x7265636F7264  # "record": any number that nothing else locks


@transaction.atomic
def note(
    by: Account | None, verb: str, subject: str, *, count: int = 1, at: datetime | None = None
) -> Record:
    """The new last row of the record; `by` is None for what the machine does by itself."""
    if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    last = Record.objects.order_by("-id").first()
    row = Record(
        at=at or timezone.now(),
        account=by,
        who=by.login if by else "",
        verb=verb,
        subject=subject,
        count=count,
        previous=bytes(last.digest) if last else START,
    )
    row.digest = digest_of(row)
    row.save()
    return row


def digest_of(row: Record) -> bytes:
    content = [row.at.timestamp(), row.who, row.verb, row.subject, row.count]
    return hashlib.sha256(bytes(row.previous) + json.dumps(content).encode()).digest()


def first_break() -> Record | None:
    """The first row that does not follow from the one before, or None where the whole chain holds."""
    expected = START
    for row in Record.objects.order_by("id").iterator(chunk_size=2000):
        if bytes(row.previous) != expected or bytes(row.digest) != digest_of(row):
            return row
        expected = bytes(row.digest)
    return None
