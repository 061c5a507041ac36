"""What a person told us: written by anybody's hand, read only with the key of its scope."""

from collections.abc import Iterable, Mapping

from banderole.accounts.models import Account
from banderole.people.models import Person

Details = dict[str, str]  # "name", "phone", "postcode", "sentence", …


def make_scope(scope: str, *, readers: Iterable[str]) -> None:
    """Make the key of a scope ("group:3", "event:<uid>"), readable by other scopes ("association", "machine").

    Needs no unlocked vault; nothing happens where the key exists.
    """
    raise NotImplementedError


def write(person: Person, details: Mapping[str, str], *, scope: str) -> None:
    """Seal what the person told us for the scope's key; later details win over earlier ones, field by field."""
    raise NotImplementedError


def read(persons: Iterable[Person], *, scope: str, keys: "Keys", by: Account, why: str) -> dict[int, Details]:
    """What these persons told the scope, by person id; the record says who read it, before it is returned.

    Raises people.exceptions.Locked where the keys do not reach the scope.
    """
    raise NotImplementedError


def forget(scope: str, *, persons: Iterable[Person] | None = None) -> int:
    """Delete the dossiers of a scope (of all its persons or of some); return how many."""
    raise NotImplementedError


class Keys:
    """The private keys that an unlocked account reaches; see people.domain.unlocking."""
