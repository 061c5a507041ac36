"""Feeds of the site and of each section, with the full text, the same for every reader."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from banderole.common.typography import typeset
from banderole.federation.domain.feeds import KINDS, Entry, Feed, write_feed
from banderole.federation.queries import ENTRIES_PER_FEED
from banderole.publishing import queries as publishing
from banderole.publishing.models import Article, Section, SiteSettings
from banderole.publishing.models.images import CARD


@require_safe
def site_feed(request: HttpRequest, kind: str) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    home = publishing.home_in(language)
    if home is None:
        raise Http404
    association = SiteSettings.load(request_or_site=request)
    articles = list(publishing.articles_in(language)[:ENTRIES_PER_FEED])
    description = home.tagline or association.tagline
    return _answer(
        request, kind, title=association.name, description=description, url=home.url, articles=articles
    )


@require_safe
def section_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    section: Section | None = publishing.sections_in(language).filter(slug=slug).first()
    if section is None:
        raise Http404
    association = SiteSettings.load(request_or_site=request)
    articles = list(publishing.articles_of(section)[:ENTRIES_PER_FEED])
    title = f"{section.title} – {association.name}"
    return _answer(request, kind, title=title, description=section.lead, url=section.url, articles=articles)


def _answer(
    request: HttpRequest, kind: str, *, title: str, description: str, url: str, articles: list[Article]
) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    feed = Feed(
        title=typeset(title, language=language),
        description=typeset(description or title, language=language),
        language=language,
        url=settings.PUBLIC_URL + url,
        own_url=settings.PUBLIC_URL + request.path,
        entries=[_entry(article, language=language) for article in articles],
    )
    return HttpResponse(write_feed(feed, kind=kind), content_type=f"{KINDS[kind]}; charset=utf-8")


def _entry(article: Article, *, language: str) -> Entry:
    html = render_to_string("federation/article_content.html", {"article": article})
    return Entry(
        title=typeset(article.title, language=language),
        url=settings.PUBLIC_URL + article.url,
        summary=typeset(article.summary, language=language),
        html=with_absolute_addresses(html),
        date=article.date,
        changed=article.last_published_at,
        authors=tuple(byline.name for byline in article.bylines),
        image_url=settings.PUBLIC_URL + article.cover.get_rendition(CARD).url if article.cover else "",
    )


def with_absolute_addresses(html: str) -> str:
    """The same HTML for readers elsewhere: our own links and pictures name this site."""
    html = re.sub(r'(?P<name> (?:href|src)=")(?=/(?!/))', rf"\g<name>{settings.PUBLIC_URL}", html)
    return re.sub(
        r' srcset="[^"]*"', lambda found: re.sub(r'(?<=[" ])(?=/(?!/))', settings.PUBLIC_URL, found[0]), html
    )
