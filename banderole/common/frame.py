"""What surrounds every page: the association, the navigation, the languages.

`common` knows no noun of Banderole: `publishing` says who the association is (`register_site`), each app with
public pages adds its entries to the navigation (`add_navigation`). Templates read all of it with
`{% frame as frame %}`. Everything depends on the address and the language only, never on who reads.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language, get_language_info

from banderole.common import colours


class Language(NamedTuple):
    """The same page in another language."""

    code: str
    name: str
    url: str


class Site(NamedTuple):
    """The association. `languages` are the page's translations; left out, the address is translated."""

    name: str
    tagline: str = ""
    cloth: str = colours.DEFAULT_CLOTH
    logo_url: str = ""
    founded: int | None = None
    languages: tuple[Language, ...] | None = None


class Entry(NamedTuple):
    label: str
    url: str
    prominent: bool
    here: bool


class Frame(NamedTuple):
    site: Site
    language: str
    home_url: str
    canonical: str
    navigation: list[Entry]
    translations: list[Language]  # absolute addresses, this page included; empty where there is but one


NavigationSource = Callable[[str], Iterable[tuple[str, str]]]


class _Navigation(NamedTuple):
    order: int
    prominent: bool
    entries: NavigationSource


def _unnamed_site(_request: HttpRequest | None) -> Site:
    return Site(name="Banderole")


_site: Callable[[HttpRequest | None], Site] = _unnamed_site
_navigation: list[_Navigation] = []


def register_site(site: Callable[[HttpRequest | None], Site]) -> None:
    """Let `site` say who the association is; it also gets no request, where a mail or an error page asks."""
    global _site
    _site = site


def site_of(request: HttpRequest | None) -> Site:
    return _site(request)


def add_navigation(entries: NavigationSource, *, order: int = 50, prominent: bool = False) -> None:
    """Show the (label, address) pairs of `entries(language)` in the banderole, lowest order first.

    `prominent` is for the one thing a stranger should find: "join us".
    """
    _navigation.append(_Navigation(order, prominent, entries))
    _navigation.sort(key=lambda source: source.order)


def of(request: HttpRequest | None) -> Frame:
    language = get_language() or settings.LANGUAGE_CODE
    path = request.path if request else "/"
    site = _site(request)
    return Frame(
        site=site,
        language=language,
        home_url="/" if language == settings.LANGUAGE_CODE else f"/{language}/",
        canonical=settings.PUBLIC_URL + path,
        navigation=_entries(language, path),
        translations=_translations(site, path),
    )


def _entries(language: str, path: str) -> list[Entry]:
    return [
        Entry(str(label), url, source.prominent, here=path.startswith(url))
        for source in _navigation
        for label, url in source.entries(language)
    ]


def _translations(site: Site, path: str) -> list[Language]:
    found = _translated_addresses(path) if site.languages is None else list(site.languages)
    absolute = [language._replace(url=_absolute(language.url)) for language in found]
    return absolute if len(absolute) > 1 else []


def _translated_addresses(path: str) -> list[Language]:
    """This address in each language; none for a page of the tree, whose translations only the tree knows."""
    try:
        if resolve(path).url_name == "wagtail_serve":
            return []
    except Resolver404:
        return []
    by_url = {
        translate_url(path, code): Language(code, get_language_info(code)["name_local"].capitalize(), "")
        for code, _name in settings.LANGUAGES
    }
    return [language._replace(url=url) for url, language in by_url.items()]


def _absolute(url: str) -> str:
    return settings.PUBLIC_URL + url if url.startswith("/") else url
