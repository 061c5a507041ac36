"""The cast of welcoming: Ada coordinates, Bruno welcomes in Bayeux, Chloé just joined, Eve may do nothing."""

import pytest

from banderole.common import chores
from banderole.people.domain import duties
from banderole.people.enums import Right
from banderole.people.tests.conftest import ada, bayeux, bruno, caen, eve, machine  # noqa: F401 -- the cast

CHLOE = {
    "name": "Chloé Quincampoix",
    "email": "chloe@example.org",
    "phone": "06 39 98 12 34",
    "postcode": "14400",
    "sentence": "Je sais coudre des banderoles.",
}


@pytest.fixture
def form():
    """What Chloé writes into the join form."""
    return dict(CHLOE)


@pytest.fixture
def send(client):
    """Send the join form as a browser does; answer the response."""

    def send(fields, *, path="/rejoindre/"):
        return client.post(path, fields, headers={"sec-fetch-site": "same-origin"})

    return send


@pytest.fixture
def work(machine):  # noqa: F811 -- a fixture by its name
    """Let the worker do what waits."""
    return chores.run_all


@pytest.fixture
def another_welcomer(ada, bayeux):  # noqa: F811 -- fixtures by their names
    """Farid, who welcomes in Bayeux too."""
    farid = type(ada)("farid")
    duties.grant_duty(farid.account, Right.WELCOME, group=bayeux, by=ada.account, keys=ada.keys)
    return farid
