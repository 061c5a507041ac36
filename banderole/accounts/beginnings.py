"""The first day of a site: its keys, the one-time link, the first coordinator, the association's key."""

from django.db import transaction

from banderole.accounts import entries, logins, recovery
from banderole.accounts.exceptions import AlreadyFounded
from banderole.accounts.models import Account, EntryLink, RecoveryCard
from banderole.accounts.signals import association_founded
from banderole.vault import home
from banderole.vault.cards import Words
from banderole.vault.exceptions import KeyExists
from banderole.vault.keyring import Keyring
from banderole.vault.keys import find_key, grant, make_key
from banderole.vault.models import KeyKind


def prepare_home() -> None:
    """The keys that `web` and `worker` need, where they are not there yet; needs the database.

    Raises vault.exceptions.KeyFileError, whose text is a sentence for the host.
    """
    home.make_keys()


def is_founded() -> bool:
    return find_key(KeyKind.ASSOCIATION) is not None or Account.objects.exists()


def make_setup_link() -> str | None:
    """A new one-time link for the first coordinator, or None where somebody used one; older ones end."""
    if is_founded():
        return None
    EntryLink.objects.filter(account=None).delete()
    return entries.make_link()


def begin(
    link: EntryLink, *, login: str, passphrase: str, locale: str
) -> tuple[Account, Keyring, RecoveryCard, Words]:
    """Found the association through its one-time link; raises LinkSpent where somebody was faster."""
    with transaction.atomic():
        entries.spend(link)
        return found_association(login, passphrase, locale)


def found_association(
    login: str, passphrase: str, locale: str = "fr"
) -> tuple[Account, Keyring, RecoveryCard, Words]:
    """The first account, the association's key (for this account and the recovery card), and the card's words.

    Raises AlreadyFounded.
    """
    with transaction.atomic():
        account, keyring = logins.make_open_account(login, passphrase, locale)
        key = logins.key_of(account)
        try:
            association = make_key(KeyKind.ASSOCIATION, readers=[key])
        except KeyExists as error:
            raise AlreadyFounded from error
        # A coordinator can give a new passphrase to who forgot theirs.
        grant(key, association, keyring)
        card, words = recovery.draw(keyring, locale=locale)
        association_founded.send(sender=Account, account=account, keyring=keyring)
    return account, keyring, card, words
