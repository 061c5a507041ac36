import pytest

from banderole.people.domain import dossiers, notes, record
from banderole.people.exceptions import Locked, NotSetUp
from banderole.people.models import Dossier, Person, Record

CHLOE = {"name": "Chloé Vandenbroucke", "phone": "+33 6 12 34 56 78"}


@pytest.fixture
def chloe(bayeux):
    return Person.objects.create(group=bayeux)


def test_later_words_win_field_by_field(ada, bayeux, chloe):
    scope = f"group:{bayeux.pk}"
    dossiers.write(chloe, CHLOE, scope=scope)
    dossiers.write(chloe, {"phone": "+33 7 00 00 00 00"}, scope=scope)

    told = dossiers.read([chloe], scope=scope, keys=ada.keys, by=ada.account, why="card")

    assert told == {chloe.pk: {"name": "Chloé Vandenbroucke", "phone": "+33 7 00 00 00 00"}}


def test_nothing_of_it_stands_in_the_row(bayeux, chloe):
    dossiers.write(chloe, CHLOE, scope=f"group:{bayeux.pk}")

    envelope = bytes(Dossier.objects.get().envelope)
    assert b"Vandenbroucke" not in envelope
    assert b"12 34" not in envelope


def test_who_welcomes_in_one_group_reads_it_and_no_other(bruno, bayeux, caen, chloe):
    dossiers.write(chloe, CHLOE, scope=f"group:{bayeux.pk}")
    dossiers.write(chloe, {"name": "secret"}, scope=f"group:{caen.pk}")
    dossiers.write(chloe, {"name": "secret"}, scope="association")

    assert dossiers.read(
        [chloe], scope=f"group:{bayeux.pk}", keys=bruno.keys, by=bruno.account, why="card"
    ) == {chloe.pk: CHLOE}
    for closed in (f"group:{caen.pk}", "association"):
        with pytest.raises(Locked):
            dossiers.read([chloe], scope=closed, keys=bruno.keys, by=bruno.account, why="card")
    assert dossiers.read_whole(chloe, keys=bruno.keys, by=bruno.account, why="card") == CHLOE


def test_nobody_reads_without_keys(eve, bayeux, chloe):
    dossiers.write(chloe, CHLOE, scope=f"group:{bayeux.pk}")

    for keys in (None, eve.keys, dossiers.machine_keys()):
        with pytest.raises(Locked):
            dossiers.read([chloe], scope=f"group:{bayeux.pk}", keys=keys, by=eve.account, why="card")
    assert Record.objects.filter(verb="read").count() == 0


def test_a_reading_is_on_record_with_how_many_and_no_name(bruno, bayeux, chloe):
    other = Person.objects.create(group=bayeux)
    for person in (chloe, other):
        dossiers.write(person, CHLOE, scope=f"group:{bayeux.pk}")

    dossiers.read([chloe, other], scope=f"group:{bayeux.pk}", keys=bruno.keys, by=bruno.account, why="list")

    row = Record.objects.get(verb="read")
    assert (row.who, row.subject, row.count) == ("bruno", f"group:{bayeux.pk} list", 2)
    assert record.first_break() is None


def test_a_dossier_pasted_into_another_person_stays_closed(ada, bayeux, chloe):
    scope = f"group:{bayeux.pk}"
    dossiers.write(chloe, CHLOE, scope=scope)
    thief = Person.objects.create(group=bayeux)
    Dossier.objects.update(person=thief)

    assert dossiers.read([thief], scope=scope, keys=ada.keys, by=ada.account, why="card") == {thief.pk: {}}


def test_the_machine_reads_only_scopes_that_name_it(ada, bayeux, chloe):
    dossiers.make_scope("event:1f", readers=[f"group:{bayeux.pk}", "machine"])
    dossiers.make_scope("event:1f", readers=["machine"])
    dossiers.write(chloe, CHLOE, scope="event:1f")

    for keys in (ada.keys, dossiers.machine_keys()):
        assert dossiers.read([chloe], scope="event:1f", keys=keys, by=None, why="reminder") == {
            chloe.pk: CHLOE
        }


def test_a_group_needs_an_association(machine):
    with pytest.raises(NotSetUp):
        dossiers.make_scope("group:1", readers=["association"])


def test_forgetting_takes_the_dossiers_of_this_scope_only(bayeux, chloe):
    other = Person.objects.create(group=bayeux)
    dossiers.make_scope("event:1f", readers=["association"])
    for person in (chloe, other):
        dossiers.write(person, CHLOE, scope="event:1f")
        dossiers.write(person, CHLOE, scope=f"group:{bayeux.pk}")

    assert dossiers.forget("event:1f", persons=[chloe]) == 1
    assert dossiers.forget("event:1f") == 1
    assert Dossier.objects.count() == 2


def test_notes_are_read_by_who_reads_the_group(ada, bruno, eve, chloe):
    notes.write_note(chloe, "Rappelle jeudi.", by=bruno.account)

    for reader in (ada, bruno):
        assert [note.text for note in notes.read_notes(chloe, keys=reader.keys)] == ["Rappelle jeudi."]
    assert notes.read_notes(chloe, keys=eve.keys) == []
