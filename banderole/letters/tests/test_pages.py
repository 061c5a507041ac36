"""Every letter is also a page; below each article stands one field."""

import pytest
from django.utils import timezone

from banderole.common.signals import public_changed
from banderole.letters.domain.starting import start_letter
from banderole.letters.queries import public_urls, subscribe_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, subscribe):
    subscribe(letter.newsletter, "chloe@example.org")
    return start_letter(letter, now=timezone.now())


def test_a_sent_letter_has_a_page_and_stands_in_the_list(sent, client):
    page = client.get("/lettres/leau-monte-nous-aussi/").content.decode()

    assert "Bonjour, <b>merci</b> &amp; à" in page
    assert "desabonnement" not in page
    assert "chloe" not in page
    assert 'href="/lettres/leau-monte-nous-aussi/"' in client.get("/lettres/").content.decode()


def test_a_draft_has_no_page(letter, client):
    assert client.get("/lettres/leau-monte-nous-aussi/").status_code == 404
    assert "monte" not in client.get("/lettres/").content.decode()


def test_every_public_url_answers_without_cookie_the_same_each_time(sent, client):
    urls = list(public_urls())

    assert "/en/lettres/leau-monte-nous-aussi/" in urls
    assert len(urls) == len(set(urls)) == 8
    for url in urls:
        first, second = client.get(url), client.get(url)
        assert first.status_code == 200, url
        assert first.content == second.content
        assert first.cookies == {}


def test_a_new_letter_names_its_pages_to_be_baked(letter, subscribe, django_capture_on_commit_callbacks):
    named = []

    def listen(urls, **_):
        named.extend(urls)

    subscribe(letter.newsletter, "chloe@example.org")
    public_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            start_letter(letter, now=timezone.now())
    finally:
        public_changed.disconnect(listen)

    assert "/lettres/leau-monte-nous-aussi/" in named


def test_the_field_in_other_pages_offers_the_first_newsletter_and_its_consent(newsletter, agenda):
    shown = subscribe_form({})

    assert shown["newsletter"] == newsletter
    assert newsletter.name in shown["consent"]


def test_without_a_newsletter_no_field_is_shown(db):
    assert subscribe_form({}) is None
