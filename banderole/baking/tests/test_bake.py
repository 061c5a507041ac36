import gzip
import types
from datetime import date, timedelta
from importlib import import_module

import brotli
import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from banderole.baking.domain import bake, changes
from banderole.baking.models import BakedFile, Change
from banderole.common import chores, stylesheet
from banderole.publishing.models import Article, Section, SiteSettings

broken = types.ModuleType("urls_with_a_broken_page")


def answer_broken(_request):
    if broken.body is None:
        raise ValueError("camille@example.org")
    answer = HttpResponse(broken.body)
    for name, value in broken.headers.items():
        answer[name] = value
    if broken.cookie:
        answer.set_cookie("seen", "yes")
    return answer


broken.urlpatterns = [path("fragile/", answer_broken), *import_module("banderole.urls").urlpatterns]


@pytest.fixture(autouse=True)
def baked(db, settings, tmp_path):
    settings.BAKED_ROOT, settings.MEDIA_ROOT = tmp_path / "baked", tmp_path / "media"
    bake._named_until = 0
    Change.objects.all().delete()
    return settings.BAKED_ROOT


@pytest.fixture
def fragile_page(settings):
    """A page that is listed, because a redirect names its address."""
    settings.ROOT_URLCONF = broken
    broken.body, broken.headers, broken.cookie = "<p>well</p>", {}, False
    Redirect.objects.create(old_path="/fragile", redirect_link="/", is_permanent=True)
    return broken


def publish(title):
    section = Section.objects.get(slug="actualite")
    article = Article(title=title, date=date(2026, 2, 16), locale=section.locale, body=[])
    section.add_child(instance=article)
    article.save_revision().publish()
    return article


def test_publishing_makes_the_article_and_all_that_shows_it_new_files(
    baked, django_capture_on_commit_callbacks
):
    bake.bake_all()
    with django_capture_on_commit_callbacks(execute=True):
        article = publish("Trois cents personnes")

    assert bake.bake_waiting() == Change.objects.count() + 1
    page = baked / article.url.strip("/") / "index.html"
    assert "Trois cents personnes" in page.read_text()
    assert "Trois cents personnes" in (baked / "index.html").read_text()
    assert "Trois cents personnes" in (baked / "actualite" / "index.html").read_text()
    assert brotli.decompress((page.parent / "index.html.br").read_bytes()) == page.read_bytes()
    assert gzip.decompress((page.parent / "index.html.gz").read_bytes()) == page.read_bytes()
    assert Change.objects.count() == 0


def test_an_unpublished_article_is_a_file_no_more(baked, django_capture_on_commit_callbacks):
    article = publish("Trois cents personnes")
    bake.bake_all()
    folder = baked / article.url.strip("/")
    assert folder.is_dir()

    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    bake.bake_waiting()

    assert not folder.exists()
    assert "Trois cents personnes" not in (baked / "index.html").read_text()
    assert not BakedFile.objects.filter(path=article.url).exists()


def test_what_did_not_change_is_not_written_again(baked):
    bake.bake_all()
    before = {file: file.stat().st_mtime_ns for file in baked.rglob("*") if file.is_file()}

    assert bake.bake_all() == 0
    assert {file: file.stat().st_mtime_ns for file in baked.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("missing", ["index.html", "index.html.br", "index.html.gz"])
def test_a_file_that_somebody_removed_is_made_again(baked, missing):
    bake.bake_all()
    (baked / missing).unlink()

    bake.bake_all()

    assert (baked / missing).exists()


def test_pages_carry_no_cookie_and_name_their_baked_stylesheet(baked):
    bake.bake_all()

    assert f'href="{stylesheet.url()}"' in (baked / "index.html").read_text()
    assert (baked / stylesheet.url().strip("/")).read_bytes() == stylesheet.bundle()
    assert "csrf" not in "".join(file.read_text() for file in baked.rglob("*.html"))


def test_a_new_colour_makes_a_new_stylesheet_and_leaves_the_old_one_for_saved_pages(baked):
    bake.bake_all()
    old = stylesheet.url()
    settings = SiteSettings.load()
    settings.cloth = "#0b6b6f"
    settings.save()

    bake.bake_all()

    assert stylesheet.url() != old
    assert {file.name for file in (baked / "static" / "s").glob("*.css")} == {
        stylesheet.url().rsplit("/", 1)[-1],
        old.rsplit("/", 1)[-1],
    }


def test_a_page_that_fails_keeps_its_old_file_and_says_what_went_wrong(baked, fragile_page):
    bake.bake_all()
    fragile_page.body = None

    bake.bake_all()
    failed = BakedFile.objects.get(path="/fragile/").error
    fragile_page.body = "<p>well again</p>"
    bake.bake_all()

    assert failed == "ValueError at baking/tests/test_bake.py:23"
    assert (baked / "fragile" / "index.html").read_text() == "<p>well again</p>"
    assert BakedFile.objects.get(path="/fragile/").error == ""


def test_a_page_that_failed_still_has_its_old_file(baked, fragile_page):
    bake.bake_all()
    fragile_page.body = None

    bake.bake_all()

    assert (baked / "fragile" / "index.html").read_text() == "<p>well</p>"


@pytest.mark.parametrize(
    ("cookie", "headers", "error"),
    [
        (True, {}, "sets a cookie"),
        (False, {"Cache-Control": "private"}, "says that it is private"),
        (False, {"Cache-Control": "max-age=0, no-store"}, "says that it is private"),
    ],
)
def test_a_page_that_is_somebodys_own_is_no_file(baked, fragile_page, cookie, headers, error):
    fragile_page.cookie, fragile_page.headers = cookie, headers

    bake.bake_all()

    assert BakedFile.objects.get(path="/fragile/").error == error
    assert not (baked / "fragile").exists()


def test_a_redirect_is_a_small_file_until_it_is_removed_or_a_page_stands_there(baked):
    redirect = Redirect.objects.create(old_path="/ancien", redirect_link="/agenda/", is_permanent=True)
    bake.bake_all()
    file = baked / "ancien" / "index.redirect"
    assert file.read_text() == "/agenda/"

    redirect.delete()
    bake.bake_all()

    assert not file.parent.exists()


def test_the_pages_that_are_not_there_are_baked_too(baked):
    bake.bake_all()

    assert 'lang="fr"' in (baked / "404.html").read_text()
    assert 'lang="en"' in (baked / "en" / "404.html").read_text()


def test_what_a_killed_baker_left_half_is_removed(baked):
    (baked / "agenda").mkdir(parents=True)
    (baked / "agenda" / ".unfinished-7-index.html").write_text("<h1>Tro")

    bake.bake_all()

    assert list(baked.rglob(".unfinished-*")) == []


def test_a_stopping_worker_leaves_the_rest_for_the_next_one(baked):
    changes.note_change(["/"])
    chores.stopping.set()
    try:
        assert bake.bake_waiting() == 0
    finally:
        chores.stopping.clear()

    assert Change.objects.count() == 1
    assert bake.bake_waiting() == 1


def test_many_changes_in_a_row_cost_one_pass_but_what_they_name_does_not_wait(baked):
    bake.bake_all()
    article = publish("Trois cents personnes")
    Change.objects.all().delete()
    changes.note_change(["/actualite/"])

    assert bake.bake_waiting(settle=timedelta(seconds=30)) == 0
    assert "Trois cents personnes" in (baked / "actualite" / "index.html").read_text()
    assert not (baked / article.url.strip("/")).exists()

    Change.objects.update(made_at=timezone.now() - timedelta(seconds=31))

    assert bake.bake_waiting(settle=timedelta(seconds=30)) == 1
    assert (baked / article.url.strip("/")).is_dir()


def test_each_hour_every_page_is_baked_anew(monkeypatch):
    monkeypatch.setattr(changes, "_hour_begun", timezone.now().replace(year=2020))

    changes.note_new_hour()
    changes.note_new_hour()

    assert [change.urls for change in Change.objects.all()] == [[]]
