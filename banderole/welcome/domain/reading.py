"""Newcomers with what they told their group, read from the dossiers of each group at once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from banderole.accounts.models import Account
from banderole.people.domain import dossiers
from banderole.welcome.queries import Newcomer


class Entry(NamedTuple):
    """A newcomer as their welcomer sees them."""

    newcomer: Newcomer
    details: dossiers.Details

    @property
    def name(self) -> str:
        return self.details.get("name", "")


def with_details(
    newcomers: Iterable[Newcomer], *, keys: dossiers.Keys | None, by: Account, why: str
) -> list[Entry]:
    """The newcomers in the same order, each with their dossier; the record says who read it.

    Raises people.exceptions.Locked where the keys do not reach a group.
    """
    newcomers = list(newcomers)
    persons_of_scope = defaultdict(list)
    for one in newcomers:
        persons_of_scope[one.enrolment.scope].append(one.enrolment.person)
    details: dict[tuple[str, int], dossiers.Details] = {}
    for scope, persons in persons_of_scope.items():
        for pk, told in dossiers.read(persons, scope=scope, keys=keys, by=by, why=why).items():
            details[scope, pk] = told
    return [Entry(one, details.get((one.enrolment.scope, one.enrolment.person_id), {})) for one in newcomers]
