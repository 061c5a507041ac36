"""The cast: Ada coordinates, Bruno welcomes in Bayeux, Chloé just joined, Dario withdrew, Eve may do nothing."""

import pytest

from banderole.accounts.models import Account
from banderole.people.domain import duties, groups
from banderole.people.enums import Right
from banderole.vault import home
from banderole.vault.keys import make_key, make_open_key
from banderole.vault.models import KeyKind


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
        self.account = Account.objects.create(login=login)
        self.key, self.keys = make_open_key(KeyKind.ACCOUNT, str(self.account.pk))


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
