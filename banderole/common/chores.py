"""What the worker does again and again: the registry of its chores.

A chore looks at rows that wait, works on them, and returns how many it did. The rows are the queue: a killed
worker loses nothing, because what it had not finished still waits. Chores of one lane run one after the other
in one thread; lanes run side by side, so that a long letter holds up no page. A chore that takes longer than
a second or two looks at `stopping` after each item, and returns early where it is set.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple


class Chore(NamedTuple):
    name: str
    run: Callable[[], int]
    every: float
    lane: str


stopping = threading.Event()
_chores: dict[str, Chore] = {}


def register(name: str, run: Callable[[], int], *, every: float, lane: str = "main") -> None:
    """Run `run` in the worker every `every` seconds, and again at once while it finds work."""
    _chores[name] = Chore(name, run, every, lane)


def by_lane() -> dict[str, list[Chore]]:
    lanes: dict[str, list[Chore]] = {}
    for chore in _chores.values():
        lanes.setdefault(chore.lane, []).append(chore)
    return lanes


def run_all() -> int:
    """Run every chore until none finds work; return how much was done (for tests and one-off commands)."""
    total = 0
    while done := sum(chore.run() for chore in _chores.values()):
        total += done
    return total
