"""Which feeds there are, and every address that other machines read."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from banderole.publishing import queries as publishing
from banderole.publishing.models import Article, Section

KINDS = ("rss", "atom", "json")
ENTRIES_PER_FEED = 20
APPS_WITH_PAGES = ("publishing", "people", "letters", "campaigns", "welcome")


class FeedAddress(NamedTuple):
    kind: str
    section: Section | None
    url: str


def feeds_in(language: str, section: Section | None = None) -> list[FeedAddress]:
    """The feeds of a language, or of one section."""
    with translation.override(language):
        return [
            FeedAddress(
                kind,
                section,
                reverse("federation:section_feed", args=[section.slug, kind])
                if section
                else reverse("federation:site_feed", args=[kind]),
            )
            for kind in KINDS
        ]


def feeds_showing(page: Page) -> Iterable[str]:
    """The addresses of the feeds in which this page stands, and of the sitemap."""
    if isinstance(page, Section):
        yield from (feed.url for feed in feeds_in(page.locale.language_code, page))
    if isinstance(page, Section | Article):
        yield from (feed.url for feed in feeds_in(page.locale.language_code))
    yield "/sitemap.xml"


def public_urls() -> Iterator[str]:
    for home in publishing.homes():
        language = home.locale.language_code
        yield from (feed.url for feed in feeds_in(language))
        for section in publishing.sections_in(language):
            yield from (feed.url for feed in feeds_in(language, section))
    yield from ("/sitemap.xml", "/robots.txt")


def pages_for_search_engines() -> list[str]:
    """The paths of all public pages that a person may read: no feeds, no calendars, none twice."""
    addresses = (address for app in APPS_WITH_PAGES for address in _public_urls_of(app))
    return list(dict.fromkeys(address for address in addresses if address.endswith("/")))


def _public_urls_of(app: str) -> Iterable[str]:
    """What an app below lists; each does it the same way, and one without pages not at all."""
    if find_spec(f"banderole.{app}.queries") is None:
        return ()
    found: Iterable[str] = getattr(import_module(f"banderole.{app}.queries"), "public_urls", tuple)()
    return found
