import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from banderole.common.signals import public_changed
from banderole.federation.queries import public_urls
from banderole.publishing.models import ArticleByline, Section
from banderole.publishing.tests.conftest import (  # noqa: F401 -- the same cast
    byline,
    english_news,
    home,
    make_article,
    news,
    own_media,
    photo,
    picture,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.fixture
def article(make_article, picture, byline):  # noqa: F811 -- fixtures
    article = make_article(
        "À qui est l'eau ?",
        lead="Une <soirée>.",
        cover=picture,
        text='<p>Voir <a href="/agenda/">l\'agenda</a> !</p>',
    )
    ArticleByline.objects.create(article=article, byline=byline)
    return article


def test_rss_carries_the_full_text_with_absolute_addresses(client, article):
    answer = client.get("/flux.rss")

    item = ET.fromstring(answer.content).find("channel/item")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert item.find("title").text == "À qui est l’eau\u202f?"
    assert item.find("link").text == f"http://testserver{article.url}"
    assert item.find("description").text == "Une <soirée>."
    assert '<a href="http://testserver/agenda/">l’agenda</a>\u202f!' in item.find(CONTENT).text
    assert re.findall(r'(?:src|href|srcset)="/|, /', item.find(CONTENT).text) == []


def test_atom_names_author_and_dates(client, article):
    entry = ET.fromstring(client.get("/flux.atom").content).find(f"{ATOM}entry")

    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Les Riverains de l'Aure"
    assert entry.find(f"{ATOM}published").text == "2026-02-16T12:00:00+00:00"
    assert "l’agenda" in entry.find(f"{ATOM}content").text


def test_json_feed_says_the_same(client, article):
    feed = json.loads(client.get("/flux.json").content)

    assert (feed["version"], feed["feed_url"]) == (
        "https://jsonfeed.org/version/1.1",
        "http://testserver/flux.json",
    )
    assert [(item["id"], item["date_published"]) for item in feed["items"]] == [
        (f"http://testserver{article.url}", "2026-02-16T12:00:00+00:00")
    ]
    assert feed["items"][0]["image"].startswith("http://testserver/media/")


def test_each_section_and_language_has_feeds_of_its_own(client, article, make_article, english_news, home):  # noqa: F811 -- fixtures
    other = Section(title="Dossiers", slug="dossiers", locale=home.locale)
    home.add_child(instance=other)
    make_article("Un dossier", section=other)
    make_article("Whose water?", section=english_news)
    make_article("Un secret", live=False)

    def titles(url):
        return [item["title"] for item in json.loads(client.get(url).content)["items"]]

    assert titles("/actualite/flux.json") == ["À qui est l’eau\u202f?"]
    assert titles("/dossiers/flux.json") == ["Un dossier"]
    assert sorted(titles("/flux.json")) == ["Un dossier", "À qui est l’eau\u202f?"]
    assert titles("/en/flux.json") == titles("/en/news/flux.json") == ["Whose water?"]
    assert [client.get(url).status_code for url in ("/rien/flux.rss", "/flux.txt")] == [404, 404]


def test_a_feed_is_the_same_each_time_and_sets_no_cookie(client):
    for kind in ("rss", "atom", "json"):
        first, second = client.get(f"/flux.{kind}"), client.get(f"/flux.{kind}")

        assert first.content == second.content
        assert first.cookies == {}


def test_pages_name_their_feeds(client, article):
    page = client.get(article.url).content.decode()

    assert '<link rel="alternate" type="application/rss+xml" title="Banderole" href="/flux.rss">' in page
    assert 'title="Actualité – Banderole" href="/actualite/flux.atom">' in page
    assert '<li><a href="/flux.rss">Flux</a></li>' in page


def test_the_sitemap_lists_pages_for_people_once_and_robots_name_it(client, article):
    found = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())

    assert f"http://testserver{article.url}" in found
    assert len(found) == len(set(found))
    assert [address for address in found if not address.endswith("/")] == []
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_every_address_for_machines_answers(client, article, english_news):  # noqa: F811 -- fixtures
    urls = list(public_urls())

    assert len(urls) == len(set(urls)) == 14
    assert [client.get(url).status_code for url in urls] == [200] * 14


def test_a_published_article_names_its_page_section_home_and_feeds(
    article, django_capture_on_commit_callbacks
):
    told = []

    def listen(urls, **_kwargs):
        told.append(urls)

    public_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        article.date = date(2026, 3, 1)
        article.save_revision().publish()
    public_changed.disconnect(listen)

    assert told[0][:3] == [article.url, "/actualite/", "/"]
    assert {"/actualite/flux.rss", "/flux.atom", "/flux.json", "/sitemap.xml"} <= set(told[0])
