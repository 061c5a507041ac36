"""Erasing a person: everything that says who it is goes; the proof of consents stays under a random id.

The ledger is a file beside the database, not in it: a backup that is put back knows nothing of who was erased
since, and `replay_ledger` erases them again.
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from banderole.accounts.models import Account
from banderole.people.domain import record
from banderole.people.models import Person
from banderole.people.signals import person_erased


def ledger() -> Path:
    return Path(settings.HOME) / "erased.txt"


def erase(person: Person, *, by: Account | None) -> None:
    """Erase for good. Listeners of `person_erased` erase in the same transaction what upper apps hold."""
    # First the ledger: if the power goes between the two, a restart erases; the other way round forgets.
    _write_ledger(person.public_id)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        person_erased.send(sender=Person, person=person)
        person.contacts.all().delete()
        person.dossiers.all().delete()
        person.notes.all().delete()
        person.memberships.all().delete()
        person.group, person.area, person.account = None, "", None
        person.erased_at = person.erased_at or timezone.now()
        person.save(update_fields=["group", "area", "account", "erased_at"])
        record.note(by, "erase", f"person {person.public_id}")


def replay_ledger() -> int:
    """Erase again whoever is in the ledger and not erased here (after a restore); return how many."""
    if not ledger().exists():
        return 0
    listed = set(ledger().read_text(encoding="ascii").split())
    again = Person.objects.filter(public_id__in=listed, erased_at=None)
    for person in again:
        erase(person, by=None)
    return len(again)


def _write_ledger(public_id: str) -> None:
    with ledger().open("a", encoding="ascii") as file:
        file.write(f"{public_id}\n")
        file.flush()
        os.fsync(file.fileno())
