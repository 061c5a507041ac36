from datetime import timedelta

import pytest
from django.utils import timezone

from banderole.people.domain import cleanup, dossiers, duties
from banderole.people.enums import Right
from banderole.people.exceptions import Locked, NotPermitted
from banderole.people.models import Duty, Record
from banderole.people.queries import duties_of, groups_open_to, has_duty
from banderole.people.tests.conftest import Member


def test_a_duty_opens_its_group_and_ending_it_closes_the_group(ada, bruno, bayeux, caen):
    duty = Duty.objects.get(account=bruno.account)
    key = dossiers.key_of(f"group:{bayeux.pk}")
    assert bruno.keys.reaches(key)
    assert not bruno.keys.reaches(dossiers.key_of(f"group:{caen.pk}"))

    duties.end_duty(duty, by=ada.account)

    assert not fresh(bruno).reaches(key)
    assert list(duties_of(bruno.account, Right.WELCOME)) == []
    assert [(row.verb, row.subject) for row in Record.objects.filter(subject__startswith="bruno")] == [
        ("grant_duty", f"bruno welcome group:{bayeux.pk}"),
        ("end_duty", f"bruno welcome group:{bayeux.pk}"),
    ]


def fresh(member):
    """The same account's keys at its next log-in."""
    return type(member.keys)({member.key.id: member.keys.half(member.key.id)})


def test_a_second_duty_in_the_group_keeps_it_open(ada, bruno, bayeux):
    duties.grant_duty(bruno.account, Right.SEE_MEMBERS, group=bayeux, by=ada.account, keys=ada.keys)

    duties.end_duty(duties_of(bruno.account, Right.WELCOME).get(), by=ada.account)

    assert fresh(bruno).reaches(dossiers.key_of(f"group:{bayeux.pk}"))


def test_a_duty_whose_date_passed_gives_nothing_and_its_key_goes_at_the_next_cleanup(ada, eve, bayeux):
    duties.grant_duty(
        eve.account,
        Right.WELCOME,
        group=bayeux,
        until=timezone.now() - timedelta(seconds=1),
        by=ada.account,
        keys=ada.keys,
    )

    assert not has_duty(eve.account, Right.WELCOME)
    cleanup.clean_up()
    assert not fresh(eve).reaches(dossiers.key_of(f"group:{bayeux.pk}"))


def test_nobody_grants_what_their_own_keys_do_not_open(bruno, eve, caen):
    for keys in (bruno.keys, eve.keys, None):
        with pytest.raises(Locked):
            duties.grant_duty(eve.account, Right.WELCOME, group=caen, by=bruno.account, keys=keys)
    assert Duty.objects.filter(account=eve.account).count() == 0


def test_who_coordinates_reaches_every_group_and_what_is_made_later(ada, eve, bayeux):
    duties.grant_duty(eve.account, Right.COORDINATE, by=ada.account, keys=ada.keys)
    dossiers.make_scope("event:1f", readers=[f"group:{bayeux.pk}"])

    assert eve.keys.reaches(dossiers.key_of(f"group:{bayeux.pk}"))
    assert eve.keys.reaches(dossiers.key_of("event:1f"))
    assert list(groups_open_to(eve.account, Right.WELCOME)) == [bayeux]
    assert has_duty(eve.account, Right.WELCOME)
    assert not has_duty(eve.account, Right.PUBLISH)


def test_hosting_opens_the_event_only(ada, eve, bayeux):
    dossiers.make_scope("event:1f", readers=[f"group:{bayeux.pk}", "machine"])

    duties.grant_duty(eve.account, Right.HOST, event="1f", by=ada.account, keys=ada.keys)

    assert eve.keys.reaches(dossiers.key_of("event:1f"))
    assert not eve.keys.reaches(dossiers.key_of(f"group:{bayeux.pk}"))


def test_publishing_opens_no_key_and_makes_an_editor_until_the_last_such_duty_ends(ada, eve):
    publish = duties.grant_duty(eve.account, Right.PUBLISH, by=ada.account, keys=None)
    write = duties.grant_duty(eve.account, Right.WRITE_LETTERS, by=ada.account, keys=None)

    duties.end_duty(publish, by=ada.account)
    assert [group.name for group in eve.account.groups.all()] == ["editors"]
    duties.end_duty(write, by=ada.account)
    assert eve.account.groups.count() == 0


def test_granting_twice_is_one_duty_with_the_newer_date(ada, eve, bayeux):
    later = timezone.now() + timedelta(days=30)
    for until in (None, later):
        duties.grant_duty(
            eve.account, Right.WELCOME, group=bayeux, until=until, by=ada.account, keys=ada.keys
        )

    assert [duty.until for duty in Duty.objects.filter(account=eve.account)] == [later]


def test_the_last_who_coordinates_stays(ada, eve):
    duty = duties_of(ada.account, Right.COORDINATE).get()
    with pytest.raises(NotPermitted):
        duties.end_duty(duty, by=ada.account)

    duties.grant_duty(eve.account, Right.COORDINATE, by=ada.account, keys=ada.keys)
    duties.end_duty(duty, by=eve.account)

    assert not fresh(ada).reaches(dossiers.key_of("association"))


@pytest.mark.parametrize("right", [Right.WELCOME, Right.SEE_MEMBERS, Right.HOST])
def test_a_duty_without_its_place_is_an_error(ada, eve, right):
    with pytest.raises(ValueError):
        duties.grant_duty(eve.account, right, by=ada.account, keys=ada.keys)


def test_an_account_without_a_key_gets_no_duty_that_opens_one(ada, bayeux):
    keyless = Member("keyless")
    keyless.account.key = None
    keyless.account.save()

    with pytest.raises(Locked):
        duties.grant_duty(keyless.account, Right.WELCOME, group=bayeux, by=ada.account, keys=ada.keys)
