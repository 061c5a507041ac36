"""What `people` answers to accounts below and shows in the frame of pages."""

from typing import Any

from django.dispatch import receiver

from banderole.accounts.models import Account
from banderole.accounts.signals import association_founded
from banderole.common.slots import Context
from banderole.people.domain import duties
from banderole.people.domain.dossiers import Keys
from banderole.people.enums import Right
from banderole.people.models import Group
from banderole.people.queries import has_duty


@receiver(association_founded)
def grant_first_duty(account: Account, keyring: Keys, **_more: Any) -> None:
    duties.grant_duty(account, Right.COORDINATE, by=None, keys=keyring)


def group_name(pk: str) -> str:
    group = Group.objects.filter(pk=pk).first() if pk.isdecimal() else None
    return group.name if group else ""


def navigation(page: Context) -> Context | None:
    """Which entries of the navigation this account has; None where there is no account."""
    request = page.get("request")
    account = getattr(request, "user", None)
    if request is None or not isinstance(account, Account):
        return None
    return {
        "path": request.path,
        "sees_people": has_duty(account, Right.SEE_MEMBERS, Right.WELCOME),
        "edits": has_duty(account, Right.PUBLISH, Right.WRITE_LETTERS),
        "coordinates": has_duty(account, Right.COORDINATE),
    }
