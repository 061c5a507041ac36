from datetime import date, timedelta

import pytest

from banderole.publishing.management import demo
from banderole.publishing.management.drawings import draw
from banderole.publishing.models import Article, Section, SiteImage, SiteSettings
from banderole.publishing.queries import public_urls

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)


def test_the_demo_fills_a_site_with_dates_that_count_from_today(client):
    demo.build(TODAY)
    demo.build(TODAY)

    french = Article.objects.filter(locale__language_code="fr")
    assert [french.live().count(), french.not_live().count()] == [12, 1]
    assert sorted(Section.objects.filter(locale__language_code="fr").values_list("slug", flat=True)) == [
        "actualite", "dossiers", "vie-des-groupes",
    ]  # fmt: skip
    assert french.live().order_by("-date").first().date == TODAY - timedelta(days=2)
    assert SiteImage.objects.count() == 12
    assert SiteSettings.load().name == "Les Riverains de l'Aure"
    assert [
        (url, client.get(url).status_code) for url in public_urls() if client.get(url).status_code != 200
    ] == []


def test_translations_are_paired(client):
    demo.build(TODAY)

    english = Article.objects.filter(locale__language_code="en")
    assert english.count() == 3
    assert [article.get_translations().get().locale.language_code for article in english] == ["fr"] * 3
    page = client.get("/en/").content.decode()
    assert "The river is everybody’s" in page
    assert 'hreflang="fr" href="http://testserver/"' in page


def test_a_drawing_is_the_same_each_time():
    assert draw("heron.jpg") == draw("heron.jpg")
