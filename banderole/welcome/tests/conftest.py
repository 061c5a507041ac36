"""The cast of welcoming: Ada coordinates, Bruno welcomes in Bayeux, Chloé just joined, Eve may do nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from banderole.common import chores
from banderole.people.domain import duties
from banderole.people.enums import Right
from banderole.people.models import Contact
from banderole.people.tests.conftest import ada, bayeux, bruno, caen, eve, machine  # noqa: F401 -- the cast
from banderole.welcome.domain import joining
from banderole.welcome.models import Enrolment

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


@pytest.fixture
def join(machine):  # noqa: F811 -- a fixture by its name
    """Somebody joins and confirmed so many days ago; answer the enrolment."""

    def join(*, days_ago=0, **fields):
        at = timezone.now() - timedelta(days=days_ago)
        told = CHLOE | fields | {"locale": "fr", "wording": joining.wording_text("fr")}
        joining.open_join(told, at)
        enrolment = Enrolment.objects.order_by("-pk")[0]
        return joining.confirm(enrolment.pk, Contact.objects.get(person=enrolment.person).pk, now=at)

    return join
