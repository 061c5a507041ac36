"""Making ready what an event needs before somebody can say that they come: the key that seals the names."""

from banderole.campaigns.models import Event
from banderole.people.domain import dossiers
from banderole.people.exceptions import NotSetUp


def make_key(event: Event) -> None:
    """Make the event's key, readable by its group and by the machine (for reminders)."""
    try:
        dossiers.make_scope(event.scope, readers=[f"group:{event.group_id}", "machine"])
    except NotSetUp:
        return  # a site that has no keys yet has no visitors either; saving the event again makes it
