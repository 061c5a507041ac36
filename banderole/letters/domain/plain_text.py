"""The text of a letter for mailboxes that show no HTML: made by the program, never forgotten."""

import textwrap
from html.parser import HTMLParser

WIDTH = 72
BLOCKS = {"p", "ul", "ol", "h2", "h3", "h4", "blockquote"}


def paragraph(text: str, indent: str = "") -> str:
    """The text in lines that fit on a small screen; an address is never broken."""
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=" " * len(indent) if indent.strip() != ">" else indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.splitlines()
        if line.strip()
    )


def from_html(html: str) -> str:
    """Paragraphs, lists and links of a rich text, as plain text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n\n".join(reader.finished())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._line = ""
        self._item = ""
        self._numbers: list[int] = []  # the number of the last item, 0 for a list of dots
        self._link = ""
        self._link_at = 0

    def finished(self) -> list[str]:
        self._end_part()
        return self._parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end_part()
        match tag:
            case "ul":
                self._numbers.append(-1)
            case "ol":
                self._numbers.append(0)
            case "li":
                self._end_part()
                self._item = "- "
                if self._numbers and self._numbers[-1] >= 0:
                    self._numbers[-1] += 1
                    self._item = f"{self._numbers[-1]}. "
            case "br":
                self._line += "\n"
            case "a":
                self._link, self._link_at = dict(attrs).get("href") or "", len(self._line)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link:
            words = self._line[self._link_at :].strip()
            # An address that stands there already is not repeated.
            if self._link not in (words, f"mailto:{words}"):
                self._line += f" ({self._link.removeprefix('mailto:')})"
            self._link = ""
        if tag in BLOCKS or tag == "li":
            self._end_part()
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()

    def handle_data(self, data: str) -> None:
        self._line += data

    def _end_part(self) -> None:
        text = paragraph(self._line, self._item)
        if text and self._item and self._parts and self._parts[-1].startswith(("- ", "1. ")):
            self._parts[-1] += "\n" + text
        elif text:
            self._parts.append(text)
        self._line = self._item = ""
