"""Accounts: making one with its key, and the passphrase that both logs in and opens the vault.

The passphrase is derived twice, with two salts: Django's hash says whether it is right, the vault's wrap opens
the account's key. Neither helps against the other.
"""

import threading

from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from banderole.accounts.exceptions import LoginTaken, WrongPassphrase
from banderole.accounts.models import Account
from banderole.vault import cards, passphrases
from banderole.vault.exceptions import NoSuchKey, OutOfReach, WrongSecret
from banderole.vault.keyring import Keyring
from banderole.vault.keys import find_key, make_open_key
from banderole.vault.models import Key, KeyKind

# One hash at a time, as in vault.passphrases: a flood of logins must not take all the memory there is.
_one_at_a_time = threading.Lock()


def make_account(login: str, passphrase: str, locale: str = "fr") -> Account:
    """A new account with its key, which the association's coordinators can open too; raises LoginTaken."""
    account, _keyring = make_open_account(login, passphrase, locale)
    return account


def make_open_account(login: str, passphrase: str, locale: str = "fr") -> tuple[Account, Keyring]:
    """A new account and what it opens."""
    association = find_key(KeyKind.ASSOCIATION)
    if Account.objects.filter(login__iexact=login).exists():
        raise LoginTaken(login)
    with transaction.atomic():
        account = _store(login, locale)
        account.key, keyring = make_open_key(
            KeyKind.ACCOUNT, str(account.pk), readers=[association] if association else []
        )
        set_passphrase(account, keyring, passphrase)
        account.save(update_fields=["key"])
    return account, keyring


def check_passphrase(login: str, passphrase: str) -> Account:
    """The account; raises WrongPassphrase after the same work, whether there is such an account or not."""
    with _one_at_a_time:
        account = authenticate(username=login, password=passphrases.passphrase(passphrase))
    if not isinstance(account, Account):
        raise WrongPassphrase
    return account


def keyring_for(account: Account, passphrase: str) -> Keyring:
    """What the account opens; empty where it has no key. Raises WrongPassphrase."""
    if account.key is None:
        return Keyring()
    try:
        return passphrases.unlock(account.key, passphrases.passphrase(passphrase))
    except WrongSecret as error:
        raise WrongPassphrase from error


def set_passphrase(account: Account, keyring: Keyring, passphrase: str) -> None:
    """Log in and unlock with this passphrase from now on; every other session of the account ends."""
    phrase = passphrases.passphrase(passphrase)
    with transaction.atomic():
        passphrases.protect(key_of(account), keyring, phrase)
        account.set_password(phrase)
        account.save(update_fields=["password"])


def recover_with_card(login: str, words: str, passphrase: str) -> tuple[Account, Keyring]:
    """A new passphrase for who holds the recovery card; raises WrongPassphrase, never saying what was wrong."""
    try:
        keyring = cards.keyring_of_card(words)
        account = Account.objects.get(login__iexact=login, is_active=True)
        key = key_of(account)
        opened = Keyring({key.id: keyring.half(key.id)})
    except (WrongSecret, OutOfReach, NoSuchKey, Account.DoesNotExist) as error:
        raise WrongPassphrase from error
    set_passphrase(account, opened, passphrase)
    return account, opened


def key_of(account: Account) -> Key:
    """The account's key; raises NoSuchKey."""
    if account.key is None:
        raise NoSuchKey(f"account {account.pk} has no key")
    return account.key


def _store(login: str, locale: str) -> Account:
    try:
        with transaction.atomic():
            return Account.objects.create(login=login, locale=locale)
    except IntegrityError as error:
        raise LoginTaken(login) from error
