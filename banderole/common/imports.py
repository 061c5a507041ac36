"""What `banderole import` can read: the registry of its words (article, people, events …).

Each app says which files it takes and what it makes of them; the command is the same for all: files, `--dry-run`,
`--json`, one sentence and exit code 2 when a file is refused, and nothing of any file kept then.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol


class ImportRefused(Exception):
    """A file cannot be taken in: which, where in it, why, and what to do."""

    def __init__(self, file: Path, why: str, *, line: int | None = None) -> None:
        self.file, self.line, self.why = file, line, why
        place = f"{file}, line {line}" if line else str(file)
        super().__init__(f"{place}: {why}")


class Imported(NamedTuple):
    """What became of one file."""

    file: Path
    state: str  # made | updated | unchanged
    title: str
    address: str
    remarks: tuple[str, ...] = ()


class Reader(Protocol):
    def __call__(self, files: Iterable[Path], *, dry_run: bool) -> Iterable[Imported]: ...


class Importer(NamedTuple):
    word: str
    help: str
    read: Reader


_importers: dict[str, Importer] = {}


def register(word: str, read: Reader, *, help: str) -> None:  # noqa: A002 -- argparse's word for it
    """`banderole import <word> FILE…` calls `read(files, dry_run=…)`: it keeps all or nothing, and raises ImportRefused."""
    _importers[word] = Importer(word, help, read)


def importers() -> list[Importer]:
    return sorted(_importers.values())
