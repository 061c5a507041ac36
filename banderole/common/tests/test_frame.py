import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from banderole.common import frame


@pytest.fixture(autouse=True)
def association(monkeypatch):
    monkeypatch.setattr(
        frame, "_site", lambda _request: frame.Site(name="Les Riverains <de l’Aure>", founded=2022)
    )


def request(path):
    return RequestFactory().get(path)


def test_navigation_stands_in_its_order_and_knows_where_the_reader_is():
    frame.add_navigation(lambda _language: [("Rejoindre", "/rejoindre/")], order=90, prominent=True)
    frame.add_navigation(
        lambda _language: [("Actualité", "/actualite/"), ("Dossiers", "/dossiers/")], order=10
    )

    entries = frame.of(request("/actualite/un-article/")).navigation

    assert entries == [
        frame.Entry("Actualité", "/actualite/", prominent=False, here=True),
        frame.Entry("Dossiers", "/dossiers/", prominent=False, here=False),
        frame.Entry("Rejoindre", "/rejoindre/", prominent=True, here=False),
    ]


def test_navigation_is_asked_for_in_the_language_of_the_page():
    frame.add_navigation(lambda language: [(language, f"/{language}/")])

    with translation.override("en"):
        assert [entry.label for entry in frame.of(request("/en/")).navigation] == ["en"]


def test_a_page_without_a_language_in_its_address_has_no_translations():
    assert frame.of(request("/espace/entrer/")).translations == []


def test_translations_that_the_site_names_are_absolute(monkeypatch, settings):
    settings.PUBLIC_URL = "https://aure.example"
    both = (frame.Language("fr", "Français", "/a/"), frame.Language("en", "English", "/en/a/"))
    monkeypatch.setattr(frame, "_site", lambda _request: frame.Site(name="Aure", languages=both))

    found = frame.of(request("/a/"))

    assert [language.url for language in found.translations] == [
        "https://aure.example/a/",
        "https://aure.example/en/a/",
    ]
    assert found.canonical == "https://aure.example/a/"


def test_the_page_not_found_is_a_whole_page_with_an_escaped_name():
    page = render_to_string("404.html", request=request("/nulle-part/"))

    assert "Les Riverains &lt;de l’Aure&gt;" in page
    assert page.count("<h1") == 1
    assert 'href="#main"' in page


def test_the_page_of_a_failure_needs_neither_request_nor_database():
    assert render_to_string("500.html").startswith("<!doctype html>")


def test_a_mail_carries_the_name_the_button_and_no_picture():
    html = render_to_string("common/emails/base.html")

    assert "Les Riverains &lt;de l’Aure&gt;" in html
    assert "<img" not in html


def test_a_printed_page_carries_its_address_as_a_code(settings):
    settings.PUBLIC_URL = "https://aure.example"

    page = render_to_string("404.html", request=request("/nulle-part/"))

    assert page.count("<svg ") == 1
    assert "https://aure.example/nulle-part/" in page
