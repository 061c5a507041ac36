"""What `banderole doctor` asks: the registry of its questions."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


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
    """What every question found; where no site stands yet, that alone."""
    if obstacle := _no_site():
        return [obstacle]
    return [finding for question in _questions for finding in question()]


def _no_site() -> Finding | None:
    database = settings.DATABASES["default"]["NAME"]
    # SQLite makes the file that it is asked to open: a doctor makes nothing.
    if not settings.HOME.is_dir() or (isinstance(database, Path) and not database.is_file()):
        sentence = f"There is no site in {settings.HOME} yet: run `banderole up` first, or name its folder in BANDEROLE_HOME."
        return Finding("missing", "Site", sentence)
    try:
        executor = MigrationExecutor(connection)
        unfinished = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        sentence = (
            f"The database does not open ({type(error).__name__}): check DATABASE_URL, or put back a backup."
        )
        return Finding("wrong", "Database", sentence)
    if unfinished:
        sentence = (
            f"The site in {settings.HOME} is not made to the end for this version: run `banderole up` first."
        )
        return Finding("missing", "Site", sentence)
    return None
