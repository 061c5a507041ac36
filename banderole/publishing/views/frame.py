"""What surrounds every page, from what editors wrote: the association, its sections, its languages."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from banderole.common.frame import Language, Site
from banderole.common.typography import typeset
from banderole.publishing import queries
from banderole.publishing.models import SiteSettings
from banderole.publishing.models.images import size_spec


def site_of(request: HttpRequest | None) -> Site:
    """The association, and in which languages the page that `request` asks for is published."""
    association = SiteSettings.load(request_or_site=request)
    language = get_language() or "fr"
    home = queries.home_in(language)
    logo = association.logo.get_rendition(size_spec(96, "webp")) if association.logo else None
    return Site(
        name=typeset(association.name, language=language),
        tagline=(home.tagline if home else "") or association.tagline,
        cloth=association.cloth,
        logo_url=logo.url if logo else "",
        founded=association.founded,
        languages=_languages(request),
    )


def _languages(request: HttpRequest | None) -> tuple[Language, ...] | None:
    page = getattr(request, "shown_page", None)
    if page is None:
        return None
    return tuple(
        Language(code, get_language_info(code)["name_local"].capitalize(), translation.url)
        for translation in queries.translations_of(page)
        for code in [translation.locale.language_code]
    )


def navigation_in(language: str) -> Iterable[tuple[str, str]]:
    for page in queries.pages_in_menu(language):
        yield page.title, page.url


def footer_links(page: Any) -> dict[str, Any]:
    language = get_language() or "fr"
    return {
        "pages": queries.pages_in_footer(language),
        "social_links": SiteSettings.load(request_or_site=page.get("request")).social_links.all(),
    }
