"""Turns the text of an article file into blocks: clean HTML only, pictures and quotations as what they are."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from markdown_it import MarkdownIt

TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "strong", "b", "em", "i", "s", "del",
    "sup", "sub", "code", "pre", "blockquote", "figure", "figcaption", "img", "div", "section", "article", "cite",
    "table", "thead", "tbody", "tr", "td", "th",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}}
NOT_TAKEN = ("iframe", "video", "audio", "script", "object", "embed", "form", "svg")
_SMALL_HEADINGS = {"h3", "h4", "h5", "h6"}
_HEADINGS = {"h1", "h2", *_SMALL_HEADINGS}
_AROUND = {"div", "section", "article", "[document]"}
_WHOLE = {"p", "ul", "ol", "hr", "pre", "table"}


class Part(NamedTuple):
    """A part of the text: `kind` is text, heading, quote or picture; `value` what it holds."""

    kind: str
    value: Any


class Picture(NamedTuple):
    source: str
    alt: str
    caption: str


def parts_of_markdown(text: str) -> list[Part]:
    return parts_of_html(MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(text))


def parts_of_html(html: str) -> list[Part]:
    """The parts in their order; nothing in them can run, and no address but http, https, mailto and tel."""
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
    )
    soup = BeautifulSoup(clean, "html.parser")
    for link in soup.find_all("a", href=False):
        link.unwrap()  # its address was one that could run
    return _joined(_parts(soup))


def left_out(html: str) -> list[str]:
    """Which tags of this text an article cannot hold."""
    lowered = html.lower()
    return [tag for tag in NOT_TAKEN if f"<{tag}" in lowered]


def _parts(around: Tag) -> Iterator[Part]:
    loose = ""  # words that stand in no paragraph
    for node in list(around.children):
        if isinstance(node, NavigableString):
            loose += _escaped(node)
        elif isinstance(node, Tag) and not (
            _HEADINGS | _AROUND | _WHOLE | {"blockquote", "figure", "img"}
        ) & {node.name}:
            loose += str(node)
        elif isinstance(node, Tag):
            yield from _paragraph(loose)
            loose = ""
            yield from _part(node)
    yield from _paragraph(loose)


def _part(node: Tag) -> Iterator[Part]:
    if node.name in _HEADINGS:
        yield Part(
            "heading", {"text": _words(node)[:200], "level": "3" if node.name in _SMALL_HEADINGS else "2"}
        )
    elif node.name == "blockquote":
        yield from _quote(node)
    elif node.name in {"figure", "img"}:
        yield from _pictures(node)
    elif node.name in _AROUND:
        yield from _parts(node)
    elif node.name == "pre":
        yield Part(
            "text", f"<p><code>{'<br/>'.join(_escaped(node.get_text().strip()).splitlines())}</code></p>"
        )
    elif node.name == "table":
        for row in node.find_all("tr"):
            yield from _paragraph(" – ".join(_inside(cell) for cell in row.find_all(["td", "th"])))
    else:
        pictures = list(_pictures(node))
        for image in node.find_all("img"):
            image.extract()
        if node.name != "p" or _words(node):
            yield Part("text", str(node))
        yield from pictures


def _paragraph(html: str) -> Iterator[Part]:
    if html.strip():
        yield Part("text", f"<p>{html.strip()}</p>")


def _quote(node: Tag) -> Iterator[Part]:
    source = node.find(["cite", "footer"])
    named = _words(source) if isinstance(source, Tag) else ""
    if isinstance(source, Tag):
        source.extract()
    paragraphs = [_words(part) for part in node.find_all(["p", "li"])] or [_words(node)]
    if not named and len(paragraphs) > 1 and paragraphs[-1].startswith(("—", "–", "--")):
        named = paragraphs.pop()
    yield Part("quote", {"text": "\n\n".join(filter(None, paragraphs)), "source": named.lstrip("—–- ")[:200]})


def _pictures(node: Tag) -> Iterator[Part]:
    caption = node.find("figcaption")
    for image in [node] if node.name == "img" else node.find_all("img"):
        words = _words(caption) if isinstance(caption, Tag) else str(image.get("title", ""))
        if source := str(image.get("src", "")).strip():
            yield Part("picture", Picture(source, str(image.get("alt", ""))[:255], words[:300]))


def _joined(parts: Iterator[Part]) -> list[Part]:
    """Paragraphs that follow each other are one text block, as an editor would write them."""
    joined: list[Part] = []
    for part in parts:
        if part.kind == "text" and joined and joined[-1].kind == "text":
            joined[-1] = Part("text", joined[-1].value + part.value)
        else:
            joined.append(part)
    return joined


def _words(node: Tag) -> str:
    return " ".join(node.get_text(" " if node.find("br") else "").split())


def _inside(node: Tag) -> str:
    return "".join(
        str(child) if isinstance(child, Tag) else _escaped(child) for child in node.children
    ).strip()


def _escaped(text: str | PageElement) -> str:
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
