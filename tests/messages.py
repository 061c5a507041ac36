"""Every text of an app that people may read, as gettext would find it, without gettext's programs."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parent.parent / "banderole"
LAZY = {f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items() if name.endswith("gettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY}


class Message(NamedTuple):
    file: str
    line: int
    context: str
    singular: str
    plural: str


def apps() -> list[str]:
    return sorted(config.parent.name for config in PACKAGE.glob("*/apps.py"))


def catalogues() -> list[Path]:
    return sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"))


def messages_of(app: str) -> Iterator[Message]:
    """The texts of its templates and its code; those of tests are nobody's."""
    for path in sorted((PACKAGE / app).rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        if not path.is_file() or "tests" in parts or "migrations" in parts:
            continue
        if "templates" in parts:
            source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        elif path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
        else:
            continue
        yield from _found_in(source, file="/".join(parts))


def _found_in(source: str, *, file: str) -> Iterator[Message]:
    lines = BytesIO(source.encode())
    for line, found, _comments, context in extract("python", lines, KEYWORDS, options={"encoding": "utf-8"}):
        texts = [found] if isinstance(found, str) else [text for text in found if text]
        plural = texts[1] if len(texts) > 1 else ""
        yield Message(file, line, context or "", texts[0], plural)
