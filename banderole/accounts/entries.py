"""One-time links to choose a passphrase: for the first coordinator, a newly invited account, a forgotten one.

The account's key is made with the invitation and wrapped for the link's own secret, so that a coordinator can
grant duties at once. Whoever holds the link holds the account until it is used: it is given by hand.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from banderole.accounts import logins
from banderole.accounts.exceptions import LinkSpent
from banderole.accounts.models import Account, EntryLink
from banderole.vault.keyring import Keyring
from banderole.vault.keys import grant, keyring_of_secret, make_key_of_secret
from banderole.vault.models import Key, KeyKind

LINK_LIVES = timedelta(days=7)


def invite(login: str, *, locale: str) -> tuple[Account, str]:
    """A new account whose passphrase is still to be chosen, and the link to choose it; raises LoginTaken."""
    with transaction.atomic():
        # A long random passphrase that nobody keeps: the link opens the account, nothing else does.
        account, keyring = logins.make_open_account(login, secrets.token_urlsafe(48), locale)
        return account, make_link(account, keyring)


def renew(account: Account, keyring: Keyring) -> str:
    """A link to choose a new passphrase, from somebody who can open the account's key; raises OutOfReach."""
    return make_link(account, keyring)


def make_link(account: Account | None = None, keyring: Keyring | None = None) -> str:
    """The address of a new one-time link; the account's link before ends."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        link = EntryLink(token_hash=_hash(token), account=account)
        if account is not None and keyring is not None:
            Key.objects.filter(entry_link__account=account).delete()
            link.key = make_key_of_secret(KeyKind.LINK, f"account:{account.pk}", token.encode())
            grant(logins.key_of(account), link.key, keyring)
        link.save()
    return settings.PUBLIC_URL + reverse("accounts:begin", args=[token])


def find_link(token: str, *, now: datetime) -> EntryLink:
    """The link that this token opens; raises LinkSpent."""
    link = EntryLink.objects.filter(
        token_hash=_hash(token), used_at=None, made_at__gt=now - LINK_LIVES
    ).first()
    if link is None:
        raise LinkSpent
    return link


def enter(link: EntryLink, token: str, *, passphrase: str) -> tuple[Account, Keyring]:
    """The invited account with its own passphrase; raises LinkSpent where somebody was faster."""
    account, link_key = link.account, link.key
    if account is None or link_key is None:
        raise LinkSpent
    key = logins.key_of(account)
    keyring = Keyring({key.id: keyring_of_secret(link_key, token.encode()).half(key.id)})
    with transaction.atomic():
        spend(link)
        logins.set_passphrase(account, keyring, passphrase)
        link_key.delete()
    return account, keyring


def spend(link: EntryLink) -> None:
    """Use the link up; raises LinkSpent where that was done meanwhile."""
    if not EntryLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()):
        raise LinkSpent


def forget_old_links() -> int:
    """Delete the links that are too old, and the keys that they open; return how many."""
    old = EntryLink.objects.filter(made_at__lte=timezone.now() - LINK_LIVES)
    count = old.count()
    Key.objects.filter(entry_link__in=old).delete()
    old.delete()
    return count


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
