import json
import re
from collections import defaultdict
from datetime import date, timedelta

import pytest

from banderole.common import frame, slots
from banderole.publishing.models import ArticleByline, SiteSettings
from banderole.publishing.queries import ARTICLES_PER_PAGE, public_urls

pytestmark = pytest.mark.django_db
N = "\u202f"


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_an_article_shows_section_headline_lead_byline_date_and_minutes(client, make_article, byline):
    article = make_article("L'eau : à qui ?", lead="Une soirée.", text="<p>mot</p>" * 600)
    ArticleByline.objects.create(article=article, byline=byline)

    page = text_of(client.get(article.url))

    assert article.url == "/actualite/leau-a-qui/"
    assert f'<h1 class="title">L’eau{N}: à qui{N}?</h1>' in page
    assert '<a class="label" href="/actualite/">Actualité</a>' in page
    assert '<p class="lead">Une soirée.</p>' in page
    assert "<strong>Les Riverains de l’Aure</strong>" in page
    assert '<time datetime="2026-02-16">16\u00a0février 2026</time>' in page
    assert "<span>3 minutes</span>" in page


def test_an_article_shows_its_captioned_cover_in_two_formats_with_its_size(client, make_article, picture):
    page = text_of(client.get(make_article(cover=picture).url))

    figure = re.search(r'<figure class="wrap cover">.*?</figure>', page, re.DOTALL)[0]
    assert f'Lundi soir, sur le parvis. <span class="credit">Photo{N}: Ada</span>' in figure
    assert 'alt="Une foule devant une banderole"' in figure
    assert 'width="600" height="1000"' in figure
    assert re.findall(r"\S+\.webp (\d+)w", figure) == ["400", "600"]
    assert 'loading="lazy"' not in figure


def test_the_share_row_stands_above_and_below_the_text_and_calls_nobody(client, make_article):
    page = text_of(client.get(make_article("À qui & comment").url))

    assert page.count('<ul class="share"') == 2
    assert (
        page.count(
            "https://share.joinmastodon.org/#text=%C3%80%20qui%20%26%20comment%20http%3A%2F%2Ftestserver%2Factualite"
        )
        == 2
    )
    assert page.count('data-copy="http://testserver/actualite/') == 2
    assert re.findall(r'<(?:img|script|link|iframe)[^>]+(?:src|href)="https?://(?!testserver)', page) == []


def test_what_other_sites_read_of_an_article(client, make_article, picture):
    article = make_article("</script><b>Qui ?", lead="Une soirée.", cover=picture)

    page = text_of(client.get(article.url))

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (data["@type"], data["headline"], data["datePublished"]) == (
        "NewsArticle",
        "</script><b>Qui ?",
        "2026-02-16",
    )
    assert data["image"][0].startswith("http://testserver/media/images/")
    assert '<meta property="og:description" content="Une soirée.">' in page
    assert f'<meta property="og:image" content="{data["image"][0]}">' in page
    assert f'<link rel="canonical" href="http://testserver{article.url}">' in page


def test_public_pages_set_no_cookie_and_allow_nothing_inline(client, make_article):
    for url in ("/", "/actualite/", make_article().url, "/mentions-legales/"):
        response = client.get(url)

        assert response.cookies == {}
        assert "unsafe" not in response["Content-Security-Policy"]
        assert (
            re.findall(
                r"<[^>]* style=|<style|<script(?![^>]* src=)(?![^>]*ld\+json)", response.content.decode()
            )
            == []
        )


def test_a_draft_is_not_to_be_seen(client, make_article):
    article = make_article("Un secret", live=False)

    assert client.get(article.url).status_code == 404
    assert "Un secret" not in text_of(client.get("/")) + text_of(client.get("/actualite/"))


def test_a_section_is_a_list_in_pages_newest_first(client, make_article):
    for day in range(ARTICLES_PER_PAGE + 1):
        make_article(f"Article du jour {day}", on=date(2026, 1, 1) + timedelta(day))

    first, second = text_of(client.get("/actualite/")), text_of(client.get("/actualite/page/2/"))

    assert re.findall(r">Article du jour (\d+)<", first) == [
        str(day) for day in range(ARTICLES_PER_PAGE, 0, -1)
    ]
    assert re.findall(r">Article du jour (\d+)<", second) == ["0"]
    assert 'rel="next" href="/actualite/page/2/"' in first
    assert 'rel="prev" href="/actualite/"' in second
    assert [client.get(f"/actualite/page/{n}/").status_code for n in ("1", "3", "0", "02", "x")] == [404] * 5


def test_an_empty_section_and_an_empty_home_say_so(client):
    assert "Rien" in text_of(client.get("/actualite/"))
    assert "premier article" in text_of(client.get("/"))


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_asks_the_database_as_often_for_three_articles_as_for_one(
    client, make_article, picture, django_assert_num_queries, many, monkeypatch
):
    monkeypatch.setattr(slots, "_slots", defaultdict(list))  # what the apps above ask is theirs to count
    monkeypatch.setattr(frame, "_navigation", [])
    for number in range(many):
        make_article(f"Article {number}", cover=picture)
    client.get("/actualite/")

    with django_assert_num_queries(16):
        client.get("/actualite/")


def test_an_article_leads_to_others_of_its_section_first(client, make_article):
    article, other = make_article("Un"), make_article("Deux")

    page = text_of(client.get(article.url))

    related = page.split('id="related"')[1]
    assert re.findall(r'<a href="([^"]+)">Deux</a>', related) == [other.url]


def test_translations_name_each_other_and_speak_their_language(client, make_article, english_news):
    article = make_article("À qui est l'eau ?")
    english = article.copy_for_translation(english_news.locale)
    english.title, english.slug = "Whose water?", "whose-water"
    english.save_revision().publish()
    english.refresh_from_db()

    page, english_page = text_of(client.get(article.url)), text_of(client.get(english.url))

    assert english.url == "/en/news/whose-water/"
    for shown in (page, english_page):
        assert f'hreflang="fr" href="http://testserver{article.url}"' in shown
        assert 'hreflang="en" href="http://testserver/en/news/whose-water/"' in shown
    assert '<html lang="en">' in english_page
    assert "16\u00a0February 2026" in english_page


def test_without_an_english_home_its_address_leads_to_the_french_one(client):
    response = client.get("/en/")

    assert (response.status_code, response["Location"]) == (302, "/")


def test_the_legal_notice_shows_the_facts_of_the_settings(client):
    association = SiteSettings.load()
    association.name, association.director, association.host_name = "Aure", "Nadia B.", "Hébergeur <X>"
    association.data_contact = "donnees@aure.example"
    association.save()

    notice, privacy = text_of(client.get("/mentions-legales/")), text_of(client.get("/vie-privee/"))

    assert "<strong>Aure</strong>" in notice
    assert "<p>Nadia B.</p>" in notice
    assert "Hébergeur &lt;X&gt;" in notice
    assert '<a href="mailto:donnees@aure.example">' in privacy


def test_every_public_address_answers_and_none_is_named_twice(client, make_article, english_news):
    make_article()
    make_article("Un secret", live=False)

    urls = list(public_urls())

    assert len(urls) == len(set(urls)) == 7
    assert [client.get(url).status_code for url in urls] == [200] * 7
