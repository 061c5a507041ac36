import pickle

import pytest

from banderole.vault.envelopes import open_envelope, seal
from banderole.vault.exceptions import Damaged, KeyExists, NoSuchKey, OutOfReach, WrongSecret
from banderole.vault.keyring import Keyring
from banderole.vault.keys import (
    current_key,
    find_key,
    grant,
    keyring_of_secret,
    make_key,
    make_key_of_secret,
    make_open_key,
    readers_of,
    revoke,
    rotate,
)
from banderole.vault.models import Key, KeyKind, Wrap

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_open_key(KeyKind.ACCOUNT, "ada")


@pytest.fixture
def bruno():
    return make_open_key(KeyKind.ACCOUNT, "bruno")


@pytest.fixture
def association(ada):
    return make_key(KeyKind.ASSOCIATION, readers=[ada[0]])


def test_the_private_half_of_a_key_is_nowhere_in_the_database(ada, association):
    _key, keyring = make_open_key(KeyKind.GROUP, "group:1", readers=[association])
    half = next(iter(keyring._halves.values()))

    stored = b"".join(bytes(key.public) for key in Key.objects.all())
    stored += b"".join(bytes(wrap.blob) for wrap in Wrap.objects.all())

    assert half not in stored


def test_a_keyring_walks_from_account_to_association_to_group_to_event(ada, association):
    group = make_key(KeyKind.GROUP, "group:1", readers=[association])
    event = make_key(KeyKind.EVENT, "event:9", readers=[group])
    envelope = seal({"name": "Chloé"}, for_keys=[event], context="c")

    assert open_envelope(envelope, ada[1], "c") == {"name": "Chloé"}


def test_the_walk_asks_once_for_each_level_and_then_remembers(ada, association, django_assert_num_queries):
    group = make_key(KeyKind.GROUP, "group:1", readers=[association])
    event = make_key(KeyKind.EVENT, "event:9", readers=[group])

    with django_assert_num_queries(3):
        assert ada[1].reaches(event)
    with django_assert_num_queries(0):
        assert ada[1].reaches(group)


def test_a_circle_of_wraps_ends(ada, bruno, association):
    grant(ada[0], association, ada[1])
    grant(association, bruno[0], ada[1])
    _eve, eves = make_open_key(KeyKind.ACCOUNT, "eve")

    assert not eves.reaches(association)
    assert bruno[1].reaches(ada[0])


def test_granting_lets_one_more_reader_in_and_revoking_takes_only_that_one(ada, bruno, association):
    group = make_key(KeyKind.GROUP, "group:1", readers=[association])
    assert not bruno[1].reaches(group)

    grant(group, bruno[0], ada[1])
    grant(group, bruno[0], ada[1])

    assert Keyring(bruno[1]._halves).reaches(group)
    assert Wrap.objects.filter(key=group).count() == 2
    assert revoke(group, bruno[0])
    assert not revoke(group, bruno[0])
    assert not Keyring({bruno[0].id: bruno[1].half(bruno[0].id)}).reaches(group)
    assert ada[1].reaches(group)


def test_nobody_grants_what_they_cannot_open(ada, bruno, association):
    with pytest.raises(OutOfReach):
        grant(association, bruno[0], bruno[1])


def test_a_rotated_key_keeps_its_readers_and_the_old_contents(ada, bruno, association):
    group = make_key(KeyKind.GROUP, "group:1", readers=[association, bruno[0]])
    old = seal({"name": "Chloé"}, for_keys=[group], context="c")
    revoke(group, bruno[0])

    fresh = rotate(group, ada[1])

    assert current_key(KeyKind.GROUP, "group:1") == fresh
    assert open_envelope(old, Keyring({ada[0].id: ada[1].half(ada[0].id)}), "c") == {"name": "Chloé"}
    assert not bruno[1].reaches(fresh)
    assert not bruno[1].reaches(group)
    assert [key.scope for key in readers_of(fresh)] == ["", "ada"]


def test_readers_are_counted_through_every_wrap(ada, bruno, association):
    group = make_key(KeyKind.GROUP, "group:1", readers=[association, bruno[0]])

    assert {(key.kind, key.scope) for key in readers_of(group)} == {
        ("association", ""),
        ("account", "ada"),
        ("account", "bruno"),
    }


def test_a_wrap_pasted_to_another_key_opens_nothing(ada, association):
    group = make_key(KeyKind.GROUP, "group:1", readers=[association])
    other = make_key(KeyKind.GROUP, "group:2", readers=[association])
    Wrap.objects.filter(key=other).update(blob=Wrap.objects.get(key=group).blob)

    with pytest.raises(Damaged):
        ada[1].half(other.id)


def test_a_public_half_swapped_in_the_database_is_noticed(ada, bruno, association):
    group = make_key(KeyKind.GROUP, "group:1", readers=[association])
    Key.objects.filter(pk=group.pk).update(public=bruno[0].public)

    with pytest.raises(Damaged):
        ada[1].half(group.id)


def test_a_scope_has_one_current_key(ada):
    make_key(KeyKind.GROUP, "group:1", readers=[ada[0]])

    with pytest.raises(KeyExists):
        make_key(KeyKind.GROUP, "group:1", readers=[ada[0]])
    with pytest.raises(NoSuchKey):
        current_key(KeyKind.GROUP, "group:2")
    assert find_key(KeyKind.GROUP, "group:2") is None


def test_a_key_without_readers_is_not_made(ada):
    with pytest.raises(ValueError, match="nobody reads"):
        make_key(KeyKind.GROUP, "group:1", readers=[])
    assert find_key(KeyKind.GROUP, "group:1") is None


def test_a_link_opens_its_own_key_only():
    link = make_key_of_secret(KeyKind.LINK, "event:9", b"s" * 32)
    event = make_key(KeyKind.EVENT, "event:9", readers=[link])

    assert keyring_of_secret(link, b"s" * 32).reaches(event)
    with pytest.raises(WrongSecret):
        keyring_of_secret(link, b"t" * 32)


def test_a_keyring_is_never_written_anywhere_and_shows_nothing(ada):
    keyring = ada[1]

    with pytest.raises(TypeError):
        pickle.dumps(keyring)
    assert repr(keyring) == "<Keyring of 1>"
    assert keyring
    assert not Keyring()
    assert str(ada[0]) == "account ada"


def test_a_reader_that_leads_there_twice_opens_it_once(ada, association):
    one = make_key(KeyKind.GROUP, "group:1", readers=[association])
    two = make_key(KeyKind.GROUP, "group:2", readers=[association])
    event = make_key(KeyKind.EVENT, "event:9", readers=[one, two])

    assert ada[1].reaches(event)
