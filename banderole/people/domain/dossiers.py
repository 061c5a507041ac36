"""What a person told us: written by anybody's hand, read only with the key of its scope.

A scope is a place that has a key: "association", "group:<id>", "event:<uid>", "machine". Every reading is on
record before it is returned.
"""

import logging
from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from banderole.accounts.models import Account
from banderole.people.domain import record
from banderole.people.exceptions import Locked, NotSetUp
from banderole.people.models import Dossier, Person
from banderole.vault.envelopes import open_envelope, seal
from banderole.vault.exceptions import Damaged, KeyExists, OutOfReach
from banderole.vault.home import machine_keyring
from banderole.vault.keyring import Keyring
from banderole.vault.keys import find_key, make_key
from banderole.vault.models import Key, KeyKind

log = logging.getLogger(__name__)

Details = dict[str, str]  # "name", "phone", "postcode", "sentence", …
Keys = Keyring  # the private keys that an unlocked account reaches


def machine_keys() -> Keys:
    """What the worker can read: the scopes that name "machine" among their readers. Worker only."""
    return machine_keyring()


def make_scope(scope: str, *, readers: Iterable[str]) -> None:
    """Make the key of a scope ("group:3", "event:<uid>"), readable by other scopes ("association", "machine").

    Needs no unlocked vault; nothing happens where the key exists. Raises NotSetUp where a reader has no key.
    """
    kind, name = _kind_and_name(scope)
    if find_key(kind, name):
        return
    try:
        make_key(kind, name, readers=[key_of(reader) for reader in readers])
    except KeyExists:
        return


def key_of(scope: str) -> Key:
    """The key in use for the scope; raises NotSetUp."""
    key = find_key(*_kind_and_name(scope))
    if key is None:
        raise NotSetUp(f"No key yet for {scope}.")
    return key


def write(person: Person, details: Mapping[str, str], *, scope: str) -> None:
    """Seal what the person told us for the scope's key; later details win over earlier ones, field by field.

    Raises NotSetUp where the scope has no key yet.
    """
    key = key_of(scope)
    envelope = seal(dict(details), for_keys=[key], context=_context(person, scope))
    Dossier.objects.create(person=person, key=key, envelope=envelope, written_at=timezone.now())


def read(
    persons: Iterable[Person], *, scope: str, keys: Keys | None, by: Account | None, why: str
) -> dict[int, Details]:
    """What these persons told the scope, by person id; the record says who read it, before it is returned.

    `by` is None for the machine. Raises people.exceptions.Locked where the keys do not reach the scope.
    """
    if keys is None or not keys.reaches(key_of(scope)):
        raise Locked(scope)
    kind, name = _kind_and_name(scope)
    by_id = {person.pk: person for person in persons}
    rows = list(
        Dossier.objects.filter(person__in=by_id, key__kind=kind, key__scope=name).order_by("written_at", "id")
    )
    if rows:
        record.note(by, "read", f"{scope} {why}"[:128], count=len({row.person_id for row in rows}))
    told: dict[int, Details] = {}
    for row in rows:
        told.setdefault(row.person_id, {}).update(_open(row, by_id[row.person_id], scope, keys))
    return told


def read_whole(person: Person, *, keys: Keys | None, by: Account | None, why: str) -> Details:
    """What the person told any scope that these keys reach; raises Locked where they reach none."""
    if not keys:
        raise Locked(person.public_id)
    told: list[Details] = []
    for key in Key.objects.filter(dossier__person=person).distinct().order_by("made_at"):
        try:
            scope = scope_of(key)
            told.append(read([person], scope=scope, keys=keys, by=by, why=why).get(person.pk, {}))
        except Locked:
            continue
    return {field: value for details in told for field, value in details.items() if value}


def labelled(details: Details) -> list[tuple[str, str]]:
    """What was told, field by field under its name on screen, the usual fields first."""
    labels = {
        "name": _("Name"),
        "phone": _("Phone"),
        "email": _("Mail address"),
        "postcode": _("Postcode"),
        "town": _("Town"),
        "sentence": _("In their words"),
    }
    order = {field: number for number, field in enumerate(labels)}
    fields = sorted(details, key=lambda field: (order.get(field, len(order)), field))
    return [(labels.get(field, field.replace("_", " ")), details[field]) for field in fields]


def forget(scope: str, *, persons: Iterable[Person] | None = None) -> int:
    """Delete the dossiers of a scope (of all its persons or of some); return how many."""
    kind, name = _kind_and_name(scope)
    rows = Dossier.objects.filter(key__kind=kind, key__scope=name)
    if persons is not None:
        rows = rows.filter(person__in=list(persons))
    return rows.delete()[0]


def scope_of(key: Key) -> str:
    return f"{key.kind}:{key.scope}" if key.scope else str(key.kind)


def _kind_and_name(scope: str) -> tuple[KeyKind, str]:
    kind, _colon, name = scope.partition(":")
    return KeyKind(kind), name


def _context(person: Person, scope: str) -> str:
    return f"dossier|{person.public_id}|{scope}"


def _open(row: Dossier, person: Person, scope: str, keys: Keys) -> Details:
    try:
        contents = open_envelope(row.envelope, keys, _context(person, scope))
    except (Damaged, OutOfReach):
        # One damaged row must not close the list of everybody.
        log.error("dossier %s cannot be opened", row.pk)
        return {}
    return {str(field): str(value) for field, value in contents.items()}
