"""What the pages of publishing ask for while they are shown."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import EmptyPage
from django.core.paginator import Page as ListPage
from django.http import Http404
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from banderole.publishing import queries
from banderole.publishing.domain.sizing import widths_within
from banderole.publishing.models import Article, Section, SiteImage, SiteSettings
from banderole.publishing.models.images import CARD, JPEG_WIDTHS, WEBP_WIDTHS, size_spec

register = template.Library()


@register.simple_tag
def latest_articles(language: str, most: int) -> list[Article]:
    return queries.latest_articles(language, most=most)


@register.simple_tag
def sections_in(language: str) -> list[Section]:
    return list(queries.sections_in(language))


@register.simple_tag
def related_articles(article: Article) -> list[Article]:
    return queries.related_to(article)


@register.simple_tag
def list_page(section: Section, number: int) -> ListPage[Article]:
    try:
        return queries.list_page_of(section, number)
    except EmptyPage as error:
        raise Http404 from error


@register.simple_tag
def association() -> SiteSettings:
    return SiteSettings.load()


@register.inclusion_tag("publishing/_picture.html")
def picture(
    image: SiteImage, *, sizes: str = "100vw", alt: str | None = None, first: bool = False
) -> dict[str, Any]:
    """The picture in WebP and JPEG by width; `first` is for what stands on the first screen."""
    webp = [size_spec(width, "webp") for width in widths_within(image, WEBP_WIDTHS)]
    jpeg = [size_spec(width, "jpeg") for width in widths_within(image, JPEG_WIDTHS)]
    made = image.get_renditions(*webp, *jpeg)
    return {
        "webp": [made[spec] for spec in webp],
        "jpeg": [made[spec] for spec in jpeg],
        "fallback": made[jpeg[0]],
        "sizes": sizes,
        "alt": image.alt if alt is None else alt,
        "first": first,
    }


@register.simple_tag
def share_card_url(image: SiteImage | None) -> str:
    """The absolute address of the picture that other sites show of a page."""
    return absolute(image.get_rendition(CARD).url) if image else ""


@register.filter
def absolute(url: str) -> str:
    return settings.PUBLIC_URL + url if url.startswith("/") else url


@register.simple_tag
def news_article_data(article: Article) -> SafeString:
    """What search engines read of an article (schema.org); a data block, which no browser executes."""
    association = SiteSettings.load()
    publisher = {"@type": "Organization", "name": association.name, "url": settings.PUBLIC_URL + "/"}
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "url": absolute(article.url),
        "mainEntityOfPage": absolute(article.url),
        "inLanguage": article.locale.language_code,
        "datePublished": article.date.isoformat(),
        "dateModified": (
            article.last_published_at or article.latest_revision_created_at or article.date
        ).isoformat()
        if article.live
        else article.date.isoformat(),
        "articleSection": article.section.title,
        "author": [{"@type": "Organization", "name": byline.name} for byline in article.bylines]
        or [publisher],
        "publisher": publisher,
    }
    if article.cover:
        data["image"] = [share_card_url(article.cover)]
    words = json.dumps(data, ensure_ascii=False).translate(
        {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
    )
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308 -- escaped above
