"""Places in a page that apps above may fill.

A template of a lower app opens a place with `{% slot "after_article" %}`; an upper app fills it from its
`AppConfig.ready` with `fill("after_article", "letters/_subscribe.html", context)`. So a page shows what
higher apps know, and nobody imports upward.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Context = Mapping[str, Any]


class Filling(NamedTuple):
    order: int
    template: str
    context: Callable[[Context], Context | None]


_slots: dict[str, list[Filling]] = defaultdict(list)


def fill(
    slot: str,
    template: str,
    context: Callable[[Context], Context | None] = lambda _page: {},
    *,
    order: int = 50,
) -> None:
    """Show `template` in `slot` on every page that opens it, lowest order first.

    `context` gets the context of the page and returns what the template needs, or None to show nothing.
    """
    _slots[slot] = sorted(
        {*_slots[slot], Filling(order, template, context)}, key=lambda f: (f.order, f.template)
    )


def fillings(slot: str) -> list[Filling]:
    return list(_slots[slot])
