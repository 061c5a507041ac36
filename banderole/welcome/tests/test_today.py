"""What welcoming shows on the page of the day."""

import pytest
from django.utils import timezone

from banderole.welcome.domain import accompanying

pytestmark = pytest.mark.django_db
LIST = "/espace/nouvelles-personnes/"


def test_the_page_of_the_day_says_how_many_wait_and_where(bruno, join):
    for number in range(3):
        join(days_ago=number * 2, email=f"chloe{number}@example.org")

    page = bruno.sign_in().get("/espace/")

    assert "3 personnes attendent de vos nouvelles, groupe Bayeux." in page.text
    assert "1 attend depuis trop longtemps." in page.text


def test_who_coordinates_is_told_how_many_wait_too_long_for_others(ada, bruno, join):
    join()
    line = "1 nouvelle personne attend depuis trop longtemps dans vos groupes"
    assert line not in ada.sign_in().get("/espace/").text
    join(days_ago=6, email="camille@example.org")
    hers = join(days_ago=6, email="jeanne@example.org")
    accompanying.hand_over(hers, to=ada.account, now=timezone.now())

    assert f'<a href="{LIST}">{line}</a>' in ada.sign_in().get("/espace/").text
    assert "dans vos groupes" not in bruno.sign_in().get("/espace/").text
