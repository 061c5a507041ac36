"""Who comes to an event, by name: read with the key of the event, and on record."""

from typing import NamedTuple

from banderole.accounts.models import Account
from banderole.campaigns.enums import State
from banderole.campaigns.models import Event, Participation
from banderole.people.domain import dossiers


class Guest(NamedTuple):
    name: str  # "" where the name was deleted
    participation: Participation

    @property
    def waits(self) -> bool:
        return self.participation.state == State.QUEUED


def guest_list(event: Event, *, keys: dossiers.Keys, by: Account) -> list[Guest]:
    """Those who come and those who wait for a place, each in the order in which they said so.

    Raises people.exceptions.Locked where the keys do not reach the event.
    """
    found = list(event.participations.to_be_told().select_related("person"))
    found.sort(key=lambda participation: (participation.state == State.QUEUED, participation.confirmed_at))
    if not found:
        return []
    persons = [participation.person for participation in found]
    told = dossiers.read(persons, scope=event.scope, keys=keys, by=by, why="list of who comes")
    return [Guest(told.get(row.person_id, {}).get("name", ""), row) for row in found]
