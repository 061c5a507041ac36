"""Granting and ending duties: a right in one place, and the key of that place with it.

Decides which key a right opens: coordinating opens the association's, welcoming and seeing members the group's,
hosting the event's; publishing and writing letters open none.
"""

from datetime import datetime

from django.contrib.auth.models import Group as PermissionGroup
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from banderole.accounts.enums import EDITORS
from banderole.accounts.models import Account
from banderole.people.domain import dossiers, record
from banderole.people.enums import Right
from banderole.people.exceptions import Locked, NotPermitted
from banderole.people.models import Duty, Group
from banderole.people.queries import duties_of
from banderole.vault.exceptions import OutOfReach
from banderole.vault.keys import find_key, grant, revoke
from banderole.vault.models import KeyKind

EDITING = (Right.PUBLISH, Right.WRITE_LETTERS)
IN_A_GROUP = (Right.WELCOME, Right.SEE_MEMBERS)


def scope_opened(right: Right, *, group: Group | None = None, event: str = "") -> str:
    """The scope whose key a duty opens, or "" where it opens none; raises ValueError where its place is missing."""
    if right == Right.COORDINATE:
        return "association"
    if right in IN_A_GROUP:
        if group is None:
            raise ValueError(f"{right} needs a group")
        return f"group:{group.pk}"
    if right == Right.HOST:
        if not event:
            raise ValueError("hosting needs an event")
        return f"event:{event}"
    return ""


@transaction.atomic
def grant_duty(
    account: Account,
    right: Right,
    *,
    group: Group | None = None,
    event: str = "",
    until: datetime | None = None,
    by: Account | None,
    keys: dossiers.Keys | None,
) -> Duty:
    """The duty, the one in force where there is one already; its place's key is wrapped for the account.

    Raises Locked where `keys` do not reach that key, NotSetUp where the place has none.
    """
    scope = scope_opened(right, group=group, event=event)
    place = {"group": group, "event": event} if scope not in {"", "association"} else {}
    known = duties_of(account, right).filter(**place).first()
    if scope:
        _open_for(account, scope, keys)
    if known:
        if known.until != until:
            known.until = until
            known.save(update_fields=["until"])
        duty = known
    else:
        duty = Duty.objects.create(account=account, right=right, until=until, granted_by=by, **place)
    record.note(by, "grant_duty", f"{account.login} {right} {scope}".strip()[:128])
    _set_editing(account)
    return duty


@transaction.atomic
def end_duty(duty: Duty, *, by: Account | None) -> None:
    """End the duty now and take its key away, unless another duty in force opens the same place.

    Raises NotPermitted for the last duty that coordinates: nobody could grant anything any more.
    """
    if duty.right == Right.COORDINATE and not _others_coordinate(duty):
        raise NotPermitted("last_coordinator")
    now = timezone.now()
    if duty.until is None or duty.until > now:
        duty.until = now
        duty.save(update_fields=["until"])
    scope = _scope_of(duty)
    record.note(by, "end_duty", f"{duty.account.login} {duty.right} {scope}".strip()[:128])
    _close_for(duty)
    _set_editing(duty.account)


def close_expired() -> int:
    """Take away the keys of duties whose date has passed; return how many (a daily chore)."""
    expired = Duty.objects.filter(until__lte=timezone.now()).select_related("account", "group")
    closed = sum(_close_for(duty) for duty in expired)
    for account in {duty.account for duty in expired if duty.right in EDITING}:
        _set_editing(account)
    return closed


def _open_for(account: Account, scope: str, keys: dossiers.Keys | None) -> None:
    reader = account.key
    if keys is None or reader is None:
        raise Locked(scope)
    try:
        grant(dossiers.key_of(scope), reader, keys)
    except OutOfReach as error:
        raise Locked(scope) from error


def _close_for(duty: Duty) -> bool:
    scope, reader = _scope_of(duty), duty.account.key
    still = Duty.objects.in_force().filter(account=duty.account).exclude(pk=duty.pk).select_related("group")
    if not scope or reader is None or scope in {_scope_of(other) for other in still}:
        return False
    kind, _colon, name = scope.partition(":")
    key = find_key(KeyKind(kind), name)
    return key is not None and revoke(key, reader)


def _scope_of(duty: Duty) -> str:
    return scope_opened(Right(duty.right), group=duty.group, event=duty.event)


def _others_coordinate(duty: Duty) -> bool:
    in_force = Duty.objects.in_force().filter(right=Right.COORDINATE, account__is_active=True)
    return in_force.exclude(Q(pk=duty.pk) | Q(account=duty.account)).exists()


def _set_editing(account: Account) -> None:
    editors, _made = PermissionGroup.objects.get_or_create(name=EDITORS)
    if Duty.objects.in_force().filter(account=account, right__in=EDITING).exists():
        account.groups.add(editors)
    else:
        account.groups.remove(editors)
