"""What is published, and so public to everybody: homes, sections, articles, pages, and every public address of them."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from banderole.publishing.models import Article, Section, SitePage, StandardPage

ARTICLES_PER_PAGE = 12
NEWEST_FIRST = ("-date", "-first_published_at", "-pk")


def home_in(language: str) -> SitePage | None:
    return SitePage.objects.live().filter(locale__language_code=language).first()


def homes() -> QuerySet[SitePage]:
    return SitePage.objects.live().select_related("locale").order_by("pk")


def sections_in(language: str) -> PageQuerySet:
    return Section.objects.live().filter(locale__language_code=language).order_by("path")


def articles_in(language: str) -> PageQuerySet:
    """Published articles of a language, newest first, with what a list shows of them."""
    return _with_what_lists_show(Article.objects.live().filter(locale__language_code=language))


def articles_of(section: Section) -> PageQuerySet:
    return _with_what_lists_show(Article.objects.live().child_of(section))


def _with_what_lists_show(articles: PageQuerySet) -> PageQuerySet:
    return (
        articles.select_related("cover", "locale")
        .prefetch_related("cover__renditions", "signatures__byline")
        .order_by(*NEWEST_FIRST)
    )


def list_page_of(section: Section, number: int) -> ListPage[Article]:
    """One page of a section's list; raises EmptyPage behind the last."""
    return Paginator(articles_of(section), ARTICLES_PER_PAGE).page(number)


def latest_articles(language: str, *, most: int) -> list[Article]:
    return _with_sections(articles_in(language)[:most], language=language)


def related_to(article: Article, *, most: int = 3) -> list[Article]:
    """What to read next: the newest of the same section, then of the others."""
    language = article.locale.language_code
    others = articles_in(language).exclude(pk=article.pk)
    same = list(others.child_of(article.get_parent())[:most])
    rest = list(others.exclude(pk__in=[found.pk for found in same])[: most - len(same)])
    return _with_sections(same + rest, language=language)


def _with_sections(articles: Iterable[Article], *, language: str) -> list[Article]:
    """The articles, each knowing its section already: one question for all of them."""
    sections = {section.path: section for section in sections_in(language)}
    listed = list(articles)
    for article in listed:
        if section := sections.get(article.path[: -article.steplen]):
            article.section = section
    return listed


def pages_in_menu(language: str) -> list[Page]:
    """What stands in the banderole: what an editor put there, right under the home page."""
    pages = Page.objects.live().in_menu().filter(locale__language_code=language, depth=3)
    return list(pages.order_by("path"))


def pages_in_footer(language: str) -> list[StandardPage]:
    pages = StandardPage.objects.live().filter(locale__language_code=language, show_in_menus=False)
    return list(pages.order_by("path"))


def translations_of(page: Page) -> list[Page]:
    """The same page in each language in which it is published, this one included."""
    return list(page.get_translations(inclusive=True).live().select_related("locale").order_by("locale_id"))


def public_urls() -> Iterator[str]:
    """The path of every public page of this app, in every language."""
    for home in homes():
        yield home.url
        for section in sections_in(home.locale.language_code):
            yield from section_urls(section)
        for pages in (Article, StandardPage):
            for page in pages.objects.live().filter(locale=home.locale).order_by("path"):
                yield page.url


def section_urls(section: Section) -> Iterator[str]:
    """A section's own address, and those of the further pages of its list."""
    yield section.url
    pages = Paginator(articles_of(section).values("pk"), ARTICLES_PER_PAGE).num_pages
    yield from (f"{section.url}page/{number}/" for number in range(2, pages + 1))
