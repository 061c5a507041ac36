from django.db.models import QuerySet

from banderole.accounts.models import Account
from banderole.people.enums import Purpose, Right
from banderole.people.models import Duty, Group, Person


def consenting(purpose: Purpose, subject: str = "") -> QuerySet[Person]:
    """Persons whose newest word on this purpose and subject is a yes; erased persons are not among them."""
    raise NotImplementedError


def may_receive(person: Person, purpose: Purpose, subject: str = "") -> bool:
    raise NotImplementedError


def nearest_group(postcode: str) -> Group | None:
    """The group that takes this French postcode, else the one whose town is nearest; offline."""
    raise NotImplementedError


def duties_of(account: Account, right: Right) -> QuerySet[Duty]:
    """The duties in force of this account with this right."""
    raise NotImplementedError
