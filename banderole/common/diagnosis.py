"""What `banderole doctor` asks: the registry of its questions."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple


class Finding(NamedTuple):
    state: Literal["good", "missing", "wrong"]
    subject: str
    sentence: str  # what is so, and what to do about it


Question = Callable[[], Iterable[Finding]]
_questions: list[Question] = []


def register(question: Question) -> None:
    if question not in _questions:
        _questions.append(question)


def findings() -> list[Finding]:
    return [finding for question in _questions for finding in question()]
