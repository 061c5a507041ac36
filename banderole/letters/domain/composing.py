"""From the blocks of a letter to what a mailbox and a reader get: HTML, text, and the pieces of its page.

Decides what stands in a letter. How it becomes bytes is `compiling`'s matter, who gets it `audience`'s.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import css_inline
import mrml
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from banderole.common import colours, frame, typography
from banderole.letters.domain.plain_text import from_html, paragraph
from banderole.letters.models import Letter
from banderole.publishing.models import Article

PICTURE = "fill-1104x621|format-jpeg|jpegquality-72"  # twice the width of a column of 552 px
HEAVIEST = 100_000  # Gmail cuts off what is longer
UNSUBSCRIBE_MARK = "the-token-of-this-recipient"
ADDRESS_ON_THIS_SITE = re.compile(r'(\b(?:href|src)=")/(?!/)')


class Picture(NamedTuple):
    url: str
    alt: str
    width: int
    height: int


class Piece(NamedTuple):
    """One block of a letter, with everything that its three looks need."""

    kind: str
    title: str = ""
    html: SafeString = SafeString("")
    text: str = ""
    url: str = ""
    source: str = ""
    picture: Picture | None = None
    article: Article | None = None


class Composed(NamedTuple):
    html: str
    text: str


def pieces_of(letter: Letter) -> list[Piece]:
    """The blocks of a letter, ready to be shown; an article that is gone is left out."""
    language = letter.newsletter.language
    found = [piece for block in letter.body for piece in _pieces(block.block_type, block.value)]
    return [_typeset(piece, language=language) for piece in found]


def compose(letter: Letter) -> Composed:
    """The letter as it will look, in the language of its newsletter, with a mark for the way out."""
    with translation.override(letter.newsletter.language):
        site = frame.of(None).site
        page = {
            "letter": letter,
            "newsletter": letter.newsletter,
            "pieces": pieces_of(letter),
            "site": site,
            "shades": colours.shades(site.cloth),
            "public_url": settings.PUBLIC_URL,
            "archive_url": settings.PUBLIC_URL + letter.get_absolute_url() if letter.slug else "",
            "unsubscribe_url": way_out(UNSUBSCRIBE_MARK),
            "language": letter.newsletter.language,
        }
        markup = ADDRESS_ON_THIS_SITE.sub(
            rf"\g<1>{settings.PUBLIC_URL}/", render_to_string("letters/mail/letter.mjml", page)
        )
        html = mrml.to_html(markup, mrml.ParserOptions(include_loader=mrml.noop_loader())).content
        inliner = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
        return Composed(html=inliner.inline(html), text=_plain_text(page))


def way_out(token: str) -> str:
    """The address that ends a subscription, in the language at hand."""
    return settings.PUBLIC_URL + reverse("letters:unsubscribe", args=[token])


def _plain_text(page: dict[str, object]) -> str:
    text = render_to_string("letters/mail/letter.txt", page)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _pieces(kind: str, value: object) -> Iterator[Piece]:
    if kind == "text":
        html = expand_db_html(str(value.source))  # type: ignore[attr-defined]  # Wagtail's RichText
        yield Piece(kind, html=mark_safe(html))  # noqa: S308 -- Wagtail let only whitelisted tags into the database
    elif kind == "heading":
        yield Piece(kind, title=str(value))
    elif isinstance(value, dict):
        yield from _structured(kind, value)


def _structured(kind: str, value: dict[str, object]) -> Iterator[Piece]:
    match kind:
        case "button":
            yield Piece(kind, title=str(value["text"]), url=str(value["address"]))
        case "quote":
            yield Piece(kind, title=str(value["text"]), source=str(value["source"] or ""))
        case "article" if value["page"]:
            article = Article.objects.filter(pk=value["page"].pk).select_related("cover").first()  # type: ignore[attr-defined]  # a page
            if article:
                lead = str(value["lead"] or article.lead)
                yield Piece(
                    kind,
                    title=article.title,
                    text=lead,
                    url=article.url or "",
                    picture=_picture(article),
                    article=article,
                )


def _typeset(piece: Piece, *, language: str) -> Piece:
    """Set as a printer would in the letter's own language, whatever page it stands on."""

    def words(text: str) -> str:
        return typography.typeset(text, language=language)

    html = mark_safe(typography.typeset_html(piece.html, language=language))  # noqa: S308 -- it was safe before
    text = words(piece.text)
    if piece.kind == "text":
        text = from_html(_absolute(html))
    elif piece.kind == "quote":
        text = paragraph(words(piece.title), "> ")
    return piece._replace(title=words(piece.title), html=html, text=text, source=words(piece.source))


def _picture(article: Article) -> Picture | None:
    if not article.cover:
        return None
    try:
        rendition = article.cover.get_rendition(PICTURE)
    except (OSError, ValueError):
        return None  # A letter is sent without a picture that cannot be read any more.
    return Picture(rendition.url, article.cover.alt, 552, 310)


def _absolute(html: str) -> str:
    return ADDRESS_ON_THIS_SITE.sub(rf"\g<1>{settings.PUBLIC_URL}/", html)
