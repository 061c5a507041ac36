"""Typography when a page is shown: spaces that do not break, quotation marks, apostrophes, dashes, ordinals.

People type what a keyboard has; readers see what a printer would set. Nothing of this is ever stored. Setting
a text twice gives what setting it once gives. Tags, attributes, code and addresses stay as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from typing import NamedTuple

NARROW = "\u202f"  # narrow no-break space
FIXED = "\u00a0"  # no-break space
THING = "\ufffc"  # stands for what must not be touched: code, a superscript
BLANK = f"[ \t{FIXED}{NARROW}]"
LETTER = r"[^\W\d_]"


class Rule(NamedTuple):
    """Put `change` in the place of group `x` wherever `where` matches; with `markup`, only inside HTML."""

    where: re.Pattern[str]
    change: str | Callable[[re.Match[str]], str]
    markup: bool = False


def _rule(where: str, change: str | Callable[[re.Match[str]], str], *, markup: bool = False) -> Rule:
    return Rule(re.compile(where), change, markup)


MONTHS = {
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
UNITS = "€|kg|g|km|m|cm|mm|ha|l|h|min|s|m²|m³|°C|km/h|MW|kW|kWh|Mo|Go"
OPENS = rf"(?:^|(?<=[\s(\[{{—–/«“‘’{NARROW}{FIXED}]))"
CLOSES = r"(?=$|[\s)\]}.,;:!?…—–/»”’])"

COMMON = [
    _rule(r"(?<!\.)(?P<x>\.\.\.)(?!\.)", "…"),
    _rule(r"(?<![\d-])\d{4}(?P<x>-)\d{4}(?![\d-])", "–"),
    _rule(r"(?<=\S) (?P<x>-|--) (?=\S)", "–"),
    _rule(rf"(?<![\d,.])\d+(?P<x>{BLANK})(?:{UNITS})(?![\w²³/])", FIXED),
]

FRENCH = [
    *COMMON,
    _rule(rf"(?<={LETTER})(?P<x>')", "’"),
    _rule(rf'{OPENS}(?P<x>"{BLANK}*)(?=[^\s"])', f"«{NARROW}"),
    _rule(rf'(?<=[^\s"])(?P<x>{BLANK}*"){CLOSES}', f"{NARROW}»"),
    _rule(rf"(?P<x>«{BLANK}*)(?=\S)", f"«{NARROW}"),
    _rule(rf"(?<=\S)(?P<x>{BLANK}*»)", f"{NARROW}»"),
    _rule(
        rf"(?<=[^\s;:!?(\[«“])(?P<x>{BLANK}*)[;:!?]+(?=$|[\s)\]»”’\".,…])",
        NARROW,
    ),
    _rule(rf"(?<=\d)(?P<x>{BLANK}*)%", NARROW),
    _rule(rf"(?<!\d)\d{{1,3}}(?P<x>{BLANK})(?=\d{{3}}(?!\d))", NARROW),
    _rule(rf"(?<![\w.,])1(?P<x>{BLANK})(?:{MONTHS['fr']})(?!\w)", f"er{FIXED}"),
    _rule(rf"(?<!\w)(?:1er|[12]?\d|3[01])(?P<x> )(?:{MONTHS['fr']})(?!\w)", FIXED),
    _rule(r"(?<!\w)(?:M\.|MM\.|Mme|Mmes|Dr|Pr|Me)(?P<x> )(?=[A-ZÀ-Þ])", FIXED),
    _rule(r"(?<!\w)(?:[nN]°|[pP]\.|art\.)(?P<x> ?)(?=\d)", FIXED),
    _rule(r"(?<![\w.,])\d+(?P<x>[èe]mes?)(?![\w-])", lambda found: "es" if found["x"].endswith("s") else "e"),
    _rule(r"(?<![\w.,])1(?P<x>ères?)(?![\w-])", lambda found: found["x"].replace("ère", "re")),
    _rule(
        r"(?<![\w.,])(?:1(?P<a>ers?|res?)|2(?P<b>nde?s?)|\d+(?P<c>es?)|(?:[IVX]{2,}|[IVX](?=e siècle))(?P<d>e|er))(?![\w-])",
        lambda found: f"<sup>{next(filter(None, found.groups()))}</sup>",
        markup=True,
    ),
]

ENGLISH = [
    *COMMON,
    _rule(r"(?<=\w)(?P<x>--)(?=\w)", "—"),
    _rule(rf'{OPENS}(?P<x>")(?=[^\s"])', "“"),
    _rule(rf'(?<=[^\s"“])(?P<x>"){CLOSES}', "”"),
    _rule(r"(?<!\w)(?P<x>')(?=\d\ds?(?!\w))", "’"),
    _rule(r"(?<=[^\W\d_]|[.,!?…])(?P<x>')", "’"),
    _rule(rf"{OPENS}(?P<x>')(?={LETTER})", "‘"),
    _rule(rf"(?<!\w)(?:[12]?\d|3[01])(?P<x> )(?:{MONTHS['en']})(?!\w)", FIXED),
    _rule(r"(?<!\w)(?:Mr|Mrs|Ms|Dr|Prof)\.?(?P<x> )(?=[A-ZÀ-Þ])", FIXED),
]

RULES = {"fr": FRENCH, "en": ENGLISH}
ROUNDS = 8  # a mark that one rule sets may be what another waits for; two rounds do for what people write

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s«»<>]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")
_TAG = re.compile(r"""<!--.*?-->|<[/!?]?[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*>""", re.DOTALL)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_UNTOUCHED = {"code", "pre", "kbd", "samp", "script", "style", "textarea", "sup", "sub", "svg", "math"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small", "span",
    "strong", "time", "u", "var", "wbr", *_UNTOUCHED,
} - {"pre", "script", "style", "textarea"}  # fmt: skip


def typeset(text: str, *, language: str) -> str:
    """A plain text as a printer would set it; the result is plain text too."""
    return _set_run([text], language=language, markup=False)[0]


def typeset_html(html: str, *, language: str) -> str:
    """The same for HTML: only what readers read is set, and a quotation may span several tags."""
    pieces = list(_pieces(html))
    run: list[int] = []
    for place, piece in enumerate([*pieces, _Piece("", "wall")]):
        if piece.kind == "wall":
            _set_pieces(pieces, run, language=language)
            run = []
        elif piece.kind in {"text", "thing"}:
            run.append(place)
    return "".join(piece.raw for piece in pieces)


class _Piece(NamedTuple):
    raw: str
    kind: str  # text | tag (inside a sentence) | thing (part of a sentence, not to be touched) | wall


def _pieces(html: str) -> Iterator[_Piece]:
    """The HTML cut into texts, tags, things to leave alone, and the walls between paragraphs."""
    at, inside, depth = 0, "", 0
    for found in _TAG.finditer(html):
        if text := html[at : found.start()]:
            yield _Piece(text, "thing" if inside else "text")
        at = found.end()
        name_found = _TAG_NAME.match(found[0])
        name = name_found[1].lower() if name_found else ""
        if inside:
            depth += (name == inside) * (-1 if found[0].startswith("</") else 1)
            inside = inside if depth else ""
        elif name in _UNTOUCHED and not found[0].startswith("</") and not found[0].endswith("/>"):
            inside, depth = name, 1
        yield _Piece(found[0], "tag" if name in _INLINE or not name else "wall")
    if text := html[at:]:
        yield _Piece(text, "thing" if inside else "text")


def _set_pieces(pieces: list[_Piece], run: list[int], *, language: str) -> None:
    texts = [THING if pieces[place].kind == "thing" else unescape(pieces[place].raw) for place in run]
    for place, text in zip(run, _set_run(texts, language=language, markup=True), strict=True):
        if pieces[place].kind == "text":
            pieces[place] = pieces[place]._replace(raw=text)


def _set_run(texts: list[str], *, language: str, markup: bool) -> list[str]:
    """One sentence or more, cut where tags stand; with `markup` the result is escaped for HTML."""
    before: list[str] = []
    rounds = 0
    while texts != before and rounds < ROUNDS:
        before, rounds = texts, rounds + 1
        for rule in RULES.get(language, COMMON):
            if not rule.markup:
                texts = _changed(texts, _edits("".join(texts), rule))
    if not markup:
        return texts
    joined = "".join(texts)
    raised = [edit for rule in RULES.get(language, []) if rule.markup for edit in _edits(joined, rule)]
    return _changed(texts, raised, outside=lambda text: escape(text, quote=False))


Edit = tuple[int, int, str]


def _edits(joined: str, rule: Rule) -> list[Edit]:
    edits = []
    for found in rule.where.finditer(joined):
        start, end = found.span("x" if "x" in found.re.groupindex else str(found.lastgroup))
        change = rule.change if isinstance(rule.change, str) else rule.change(found)
        if rule.markup or joined[start:end] != change:
            edits.append((start, end, change))
    if not edits:
        return edits
    addresses = [found.span() for found in _ADDRESS.finditer(joined)]
    return [
        edit for edit in edits if not any(edit[0] < last and edit[1] > first for first, last in addresses)
    ]


def _changed(
    texts: list[str], edits: Iterable[Edit], *, outside: Callable[[str], str] = lambda text: text
) -> list[str]:
    """The texts after the edits, whose places count over all texts joined; `outside` escapes what stays."""
    waiting = sorted(edits)
    changed, base = [], 0
    for text in texts:
        parts, at = [], 0
        while waiting and waiting[0][0] < base + len(text):
            start, end, change = waiting.pop(0)
            parts += [outside(text[at : max(start - base, at)]), change]
            at = min(end - base, len(text))
            if end > base + len(text):  # the rest of these blanks stands behind a tag: take it out there
                waiting.insert(0, (base + len(text), end, ""))
        changed.append("".join(parts) + outside(text[at:]))
        base += len(text)
    return changed
