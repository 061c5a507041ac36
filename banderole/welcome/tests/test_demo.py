from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from banderole.people.management import demo as people
from banderole.people.models import Mail
from banderole.welcome import queries
from banderole.welcome.enums import State
from banderole.welcome.management import demo
from banderole.welcome.models import Enrolment

TODAY = date(2026, 5, 5)  # a Tuesday
NOON = datetime(2026, 5, 5, 10, tzinfo=UTC)


@pytest.mark.usefixtures("machine")
def test_the_newcomers_of_the_demo_wait_at_different_points():
    people.build(TODAY)
    demo.build(TODAY)

    listed = queries.newcomers(Enrolment.objects.all(), now=NOON)

    assert [
        (str(one.enrolment.group), str(one.enrolment.welcomer), one.position, one.days, one.days_late)
        for one in listed
    ] == [
        ("Bayeux", "paul", 1, 6, 3),
        ("Caen", "nadia", 1, 2, 0),
        ("Bayeux", "paul", 1, 1, 0),
        ("Bayeux", "paul", 3, 24, 0),
        ("Isigny-sur-Mer", "nadia", 2, 4, 0),
        ("Bayeux", "paul", 4, 40, 0),
    ]
    assert [
        timezone.localdate(one.follow_up.due_at) for one in listed if one.meets and one.position == 3
    ] == [date(2026, 5, 10)]
    assert Enrolment.objects.filter(state=State.WAITING).count() == 1
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    ("today", "sunday"),
    [(date(2026, 5, 9), date(2026, 5, 10)), (date(2026, 5, 10), date(2026, 5, 17))],
)
def test_who_comes_on_sunday_comes_on_the_next_one(today, sunday):
    assert timezone.localdate(demo._next_sunday(today)) == sunday
