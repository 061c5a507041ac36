"""Reads the front matter of an article file, and names the line of whatever is wrong in it."""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import yaml
from django.conf import settings

from banderole.common.imports import ImportRefused

KNOWN = {
    "title", "date", "section", "byline", "lang", "cover", "cover_alt", "cover_caption", "cover_credit",
    "slug", "lead", "draft",
}  # fmt: skip
LARGEST_FILE = 5 * 1024 * 1024


class ArticleFile(NamedTuple):
    """An article as its file says it; `lines` tells on which line each key stands."""

    path: Path
    title: str
    date: date
    language: str
    section: str
    bylines: tuple[str, ...]
    slug: str
    lead: str
    draft: bool
    cover: str
    cover_alt: str
    cover_caption: str
    cover_credit: str
    text: str
    first_line: int  # of the text
    lines: dict[str, int]
    ignored: tuple[str, ...]

    def refused(self, why: str, *, key: str = "") -> ImportRefused:
        return ImportRefused(self.path, why, line=self.lines.get(key))


def read_article_file(path: Path) -> ArticleFile:
    """What the file says; raises ImportRefused."""
    whole = _text_of(path)
    head, text, first_line = _parted(path, whole)
    values, lines = _scalars(path, head)
    if not values.get("title", [""])[0]:
        raise ImportRefused(
            path, "the title is missing: add “title: …” to the front matter.", line=lines.get("title", 1)
        )

    def one(key: str) -> str:
        return values.get(key, [""])[0]

    return ArticleFile(
        path=path,
        title=_short(path, one("title"), most=255, what="title", line=lines["title"]),
        date=_date(path, one("date"), lines.get("date")),
        language=_language(path, one("lang"), lines.get("lang")),
        section=_short(path, one("section"), most=100, what="section", line=lines.get("section")),
        bylines=tuple(dict.fromkeys(name for name in values.get("byline", []) if name)),
        slug=one("slug"),
        lead=_short(path, one("lead"), most=500, what="lead", line=lines.get("lead")),
        draft=one("draft").lower() in {"true", "yes", "on"},
        cover=one("cover"),
        cover_alt=_short(path, one("cover_alt"), most=255, what="cover_alt", line=lines.get("cover_alt")),
        cover_caption=_short(
            path, one("cover_caption"), most=300, what="cover_caption", line=lines.get("cover_caption")
        ),
        cover_credit=_short(
            path, one("cover_credit"), most=150, what="cover_credit", line=lines.get("cover_credit")
        ),
        text=text,
        first_line=first_line,
        lines=lines,
        ignored=tuple(key for key in lines if key not in KNOWN),
    )


def _text_of(path: Path) -> str:
    try:
        written = path.read_bytes()
    except IsADirectoryError as error:
        raise ImportRefused(path, "this is a folder: name the files in it.") from error
    except OSError as error:
        raise ImportRefused(path, "there is no such file that can be read.") from error
    if len(written) > LARGEST_FILE:
        raise ImportRefused(
            path, f"the text is larger than {LARGEST_FILE // 1024**2} MB: this is no article."
        )
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise ImportRefused(path, "this is not UTF-8: save the file as UTF-8.", line=line) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ImportRefused(path, "there is a NUL character: take it out.", line=line)
    return text


def _parted(path: Path, whole: str) -> tuple[str, str, int]:
    """The front matter, the text after it, and the number of the text's first line."""
    lines = whole.split("\n")
    if lines[0].rstrip() != "---":
        raise ImportRefused(
            path, "the front matter is missing: begin with ---, a title, and --- again.", line=1
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {"---", "..."}:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise ImportRefused(path, "the front matter does not end: close it with ---.", line=1)


def _scalars(path: Path, head: str) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Each key with its texts and its line. Values stay texts: YAML's own idea of dates hides the line."""
    try:
        root = yaml.compose(head, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = f"the front matter is no YAML ({error.problem}): put texts with colons or quotes in quotes."
        raise ImportRefused(path, why, line=mark.line + 2 if mark else 1) from error
    except yaml.YAMLError as error:
        raise ImportRefused(
            path, "the front matter is no YAML: write one “key: value” per line.", line=1
        ) from error
    if root is None:
        return {}, {}
    if not isinstance(root, yaml.MappingNode):
        raise ImportRefused(path, "the front matter is a list: write one “key: value” per line.", line=2)
    values: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in root.value:
        key, line = str(key_node.value), key_node.start_mark.line + 2
        if key in lines:
            raise ImportRefused(path, f"“{key}” stands there twice: keep one.", line=line)
        lines[key] = line
        if key in KNOWN:
            values[key] = _texts(path, key, value_node, line)
    return values, lines


def _texts(path: Path, key: str, node: yaml.Node, line: int) -> list[str]:
    if isinstance(node, yaml.ScalarNode):
        return ["" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()]
    listed = node.value if isinstance(node, yaml.SequenceNode) else []
    if key == "byline" and all(isinstance(part, yaml.ScalarNode) for part in listed):
        return [str(part.value).strip() for part in listed]
    raise ImportRefused(path, f"“{key}” is a list: write one text.", line=line)


def _date(path: Path, written: str, line: int | None) -> date:
    if not written:
        raise ImportRefused(
            path, "the date is missing: add “date: 2025-02-10” to the front matter.", line=line or 1
        )
    try:
        return datetime.fromisoformat(written).date()
    except ValueError as error:
        why = f"the date “{written}” cannot be read: write it as 2025-02-10."
        raise ImportRefused(path, why, line=line) from error


def _language(path: Path, written: str, line: int | None) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    language = written or settings.LANGUAGE_CODE
    if language not in known:
        raise ImportRefused(
            path, f"the language “{language}” is unknown: use {' or '.join(known)}.", line=line
        )
    return language


def _short(path: Path, text: str, *, most: int, what: str, line: int | None) -> str:
    if len(text) > most:
        why = f"“{what}” has {len(text)} characters: at most {most} will do."
        raise ImportRefused(path, why, line=line)
    return text
