"""The cast: Ada coordinates, Bruno welcomes in Bayeux, Chloé just joined, Dario withdrew, Eve may do nothing."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from banderole.accounts.logins import make_open_account
from banderole.accounts.models import Account
from banderole.people.domain import duties, groups
from banderole.people.enums import Right
from banderole.vault import home
from banderole.vault.keys import make_key
from banderole.vault.models import KeyKind

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSPHRASE = "trois-rivières-et-un-pont"


@pytest.fixture
def machine(db, settings, tmp_path):
    """A home with the machine's keys."""
    settings.HOME = tmp_path
    settings.KEYS_ROOT = tmp_path / "keys"
    settings.OUTBOX_ROOT = tmp_path / "outbox"
    home.make_keys()
    return tmp_path


class Member:
    """An account with its open key."""

    def __init__(self, login):
        self.account, self.keys = make_open_account(login, PASSPHRASE)
        self.key = self.account.key

    @staticmethod
    def find(login):
        return Account.objects.get(login=login)

    def sign_in(self):
        """A browser of theirs, with the vault unlocked by the passphrase."""
        browser = Client()
        browser.post("/espace/entrer/", {"login": self.account.login, "passphrase": PASSPHRASE})
        return browser


@pytest.fixture
def ada(machine):
    """She founded the association and coordinates it."""
    ada = Member("ada")
    make_key(KeyKind.ASSOCIATION, readers=[ada.key])
    duties.grant_duty(ada.account, Right.COORDINATE, by=None, keys=ada.keys)
    return ada


@pytest.fixture
def bayeux(ada):
    return groups.make_group("Bayeux", town="Bayeux", postcodes="144", by=ada.account)


@pytest.fixture
def caen(ada):
    return groups.make_group("Caen", town="Caen", postcodes="14", by=ada.account)


@pytest.fixture
def bruno(ada, bayeux):
    bruno = Member("bruno")
    duties.grant_duty(bruno.account, Right.WELCOME, group=bayeux, by=ada.account, keys=ada.keys)
    return bruno


@pytest.fixture
def eve(ada):
    return Member("eve")
