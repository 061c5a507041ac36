import pytest

from banderole.accounts import beginnings, logins

PASSPHRASE = "marée basse à Port-en-Bessin"


@pytest.fixture
def founding(keys_root):
    """Ada founded the association: (account, keyring, card, words)."""
    return beginnings.found_association("ada", PASSPHRASE)


@pytest.fixture
def ada(founding):
    return founding[0]


@pytest.fixture
def bruno(founding):
    return logins.make_account("bruno", PASSPHRASE + " aussi")


@pytest.fixture
def enter(client):
    """Log in as the page does; gives the response."""

    def post(login="ada", passphrase=PASSPHRASE, **fields):
        return client.post("/espace/entrer/", {"login": login, "passphrase": passphrase, **fields})

    return post
