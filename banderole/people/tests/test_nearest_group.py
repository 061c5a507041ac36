import pytest

from banderole.people.domain.groups import coordinates, place
from banderole.people.enums import GroupKind, JoinMode
from banderole.people.models import Group
from banderole.people.queries import nearest_group
from banderole.people.queries.places import centres, department


def make(name, postcodes="", town="", **fields):
    group = Group(name=name, slug=name.lower(), town=town, postcodes=postcodes, **fields)
    place(group)
    group.save()
    return group


@pytest.mark.django_db
def test_the_longest_beginning_of_the_postcode_wins():
    make("Calvados", "14", "Caen")
    bayeux = make("Bayeux", "144 14520", "Bayeux")

    assert nearest_group("14400") == bayeux
    assert nearest_group(" 14 400 ") == bayeux
    assert nearest_group("14520") == bayeux
    assert nearest_group("14000").name == "Calvados"


@pytest.mark.django_db
@pytest.mark.parametrize(("postcode", "name"), [("50000", "Caen"), ("29200", "Rennes"), ("20200", "Caen")])
def test_a_postcode_that_no_group_takes_goes_to_the_nearest_town(postcode, name):
    make("Caen", "14", "Caen")
    make("Rennes", "35", "Rennes")
    make("Ajaccio", "20", "Ajaccio", join_mode=JoinMode.INVITATION)

    assert nearest_group(postcode).name == name


@pytest.mark.django_db
def test_groups_by_theme_or_by_invitation_are_nobodys_nearest():
    make("Juristes", "14", "Caen", kind=GroupKind.WORKING)
    make("Secret", "14", "Caen", join_mode=JoinMode.INVITATION)

    assert nearest_group("14000") is None


@pytest.mark.django_db
@pytest.mark.parametrize("postcode", ["", "99999", "abc", "1400", "140000", "٠٠٠٠٠", "14 0"])
def test_a_postcode_that_is_none_has_no_group(postcode):
    make("Caen", "35", "Caen")

    assert nearest_group(postcode) is None


@pytest.mark.parametrize(
    ("postcode", "code"),
    [("14400", "14"), ("20000", "2A"), ("20200", "2B"), ("97400", "974"), ("01000", "01"), ("98000", "")],
)
def test_a_postcode_names_its_department(postcode, code):
    assert department(postcode) == code


def test_every_department_has_a_centre():
    assert len(centres()) == 101


def test_a_village_is_found_near_its_department_and_not_its_big_namesake():
    found = coordinates("Isigny-sur-Mer", near=centres()["14"])

    assert [round(number, 1) for number in found] == [49.3, -1.1]
    assert coordinates("Bayeux") == coordinates("bayeux", near=centres()["14"])
    assert coordinates("") is None
    assert coordinates("Nulle-Part-les-Oies") is None
