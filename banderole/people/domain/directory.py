"""The people of a group by name: decrypted in memory, sorted and searched there, kept nowhere."""

from typing import NamedTuple

from django.db.models import QuerySet

from banderole.accounts.models import Account
from banderole.people.domain import dossiers
from banderole.people.domain.groups import folded
from banderole.people.models import Person

SHOWN = 200  # on one page; a search finds the others

People = QuerySet[Person]


class Entry(NamedTuple):
    person: Person
    name: str  # "" where nobody told one
    details: dossiers.Details


def by_name(
    people: People, *, scope: str, keys: dossiers.Keys, by: Account, looked_for: str = ""
) -> list[Entry]:
    """Everybody in the query with what they told the scope, in the order of names, nameless ones last.

    `looked_for` keeps those whose name, town or postcode has all its words; accents and case do not count.
    """
    persons = list(people)
    told = dossiers.read(persons, scope=scope, keys=keys, by=by, why="list")
    entries = [
        Entry(person, details.get("name", ""), details)
        for person in persons
        for details in [told.get(person.pk, {})]
    ]
    words = folded(looked_for).split()
    kept = [entry for entry in entries if all(word in _searched(entry) for word in words)]
    return sorted(kept, key=lambda entry: (not entry.name, folded(entry.name), entry.person.pk))


def _searched(entry: Entry) -> str:
    return folded(" ".join(entry.details.get(field, "") for field in ("name", "town", "postcode")))
