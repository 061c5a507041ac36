"""What the association writes down about a person: sealed for the person's group, or for the association."""

from typing import NamedTuple

from banderole.accounts.models import Account
from banderole.people.domain import dossiers
from banderole.people.exceptions import Locked
from banderole.people.models import Note, Person, new_public_id
from banderole.vault.envelopes import open_envelope, seal
from banderole.vault.exceptions import Damaged, OutOfReach


class OpenNote(NamedTuple):
    note: Note
    text: str


def write_note(person: Person, text: str, *, by: Account | None, scope: str = "") -> Note:
    """The note, readable by who reads this scope: the person's group, if none is named."""
    scope = scope or (f"group:{person.group_id}" if person.group_id else "association")
    key, token = dossiers.key_of(scope), new_public_id()
    envelope = seal({"text": text}, for_keys=[key], context=_context(person, token))
    return Note.objects.create(person=person, key=key, author=by, envelope=envelope, token=token)


def read_notes(person: Person, *, keys: dossiers.Keys | None) -> list[OpenNote]:
    """The notes that these keys open, newest first. The reading of the person's card is on record already."""
    if keys is None:
        raise Locked(person.public_id)
    found = []
    for note in person.notes.select_related("author"):
        try:
            contents = open_envelope(note.envelope, keys, _context(person, note.token))
        except (Damaged, OutOfReach):
            continue
        found.append(OpenNote(note, str(contents["text"])))
    return found


def forget(person: Person, *, scope: str) -> int:
    """Delete the notes on a person that lie in a scope; return how many."""
    return person.notes.filter(key=dossiers.key_of(scope)).delete()[0]


def _context(person: Person, token: str) -> str:
    return f"note|{person.public_id}|{token}"
