from datetime import date

import pytest

from banderole.accounts.logins import keyring_for
from banderole.accounts.models import Account
from banderole.people.domain import dossiers
from banderole.people.enums import Purpose, Right
from banderole.people.management import demo
from banderole.people.models import Consent, Group, Person
from banderole.people.queries import consenting, duties_of, has_duty
from banderole.people.tests.conftest import Member

TODAY = date(2026, 5, 4)


@pytest.mark.usefixtures("machine")
def test_the_demo_has_its_accounts_groups_and_people():
    demo.build(TODAY)

    assert [group.name for group in Group.objects.all()] == ["Bayeux", "Caen", "Isigny-sur-Mer"]
    assert Person.objects.count() == 40
    assert Person.objects.filter(group=None).count() == 0
    assert len(consenting(Purpose.NEWSLETTER, demo.LETTER)) == 34
    assert len(consenting(Purpose.NEWSLETTER, demo.AGENDA)) == 20
    assert set(Consent.objects.values_list("channel", flat=True)) == {"demo", "one_click"}
    assert Consent.objects.filter(at__date__gte=TODAY).count() == 0
    assert duties_of(Member.find("nadia"), Right.COORDINATE).count() == 1
    assert has_duty(Member.find("paul"), Right.WELCOME)
    assert has_duty(Member.find("ines"), Right.PUBLISH)
    assert not has_duty(Member.find("leo"), *Right)
    assert Account.objects.count() == 4


@pytest.mark.usefixtures("machine")
def test_who_coordinates_in_the_demo_reads_forty_different_names():
    demo.build(TODAY)
    nadia = Member.find("nadia")
    keys = keyring_for(nadia, demo.PASSPHRASE)
    names = [
        details["name"]
        for group in Group.objects.all()
        for details in dossiers.read(
            Person.objects.all(), scope=f"group:{group.pk}", keys=keys, by=nadia, why="list"
        ).values()
    ]

    assert len(set(names)) == len(names) == 40
