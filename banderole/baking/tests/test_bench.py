import pytest
from django.core.management import CommandError, call_command

from banderole.baking.domain import reading
from banderole.baking.exceptions import HomeError


def test_the_measurement_says_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError) as raised:
        call_command("bench", "read")

    assert str(raised.value) == "Install nginx and wrk first: apt install nginx wrk"


def test_a_site_without_baked_pages_has_nothing_to_measure(db):
    with pytest.raises(HomeError) as raised:
        reading.article_to_read()

    assert str(raised.value) == "No page is baked yet: run `banderole bake --all` first."
