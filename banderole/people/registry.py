"""What apps above add to `people`: how the forms that they own are opened, what a consent is about."""

from collections.abc import Callable, Mapping
from datetime import datetime

Fields = Mapping[str, str]
OpenForm = Callable[[Fields, datetime], None]
_forms: dict[str, OpenForm] = {}


def register_form(kind: str, open_form: OpenForm) -> None:
    """Let the worker call `open_form(fields, received)` for each inbox item of this kind.

    It runs inside the transaction that deletes the item, so it must write rows only (no mail, no network).
    """
    _forms[kind] = open_form


def form(kind: str) -> OpenForm:
    return _forms[kind]


NameSubject = Callable[[str], str]
_subjects: dict[str, NameSubject] = {}


def register_subject(prefix: str, name: NameSubject) -> None:
    """Let consents about "<prefix>:<rest>" be shown by what `name(rest)` says, such as a newsletter's name."""
    _subjects[prefix] = name


def subject_name(subject: str) -> str:
    """What a person calls the subject of a consent, or "" where it has none."""
    prefix, _colon, rest = subject.partition(":")
    name = _subjects.get(prefix)
    return name(rest) if name else rest
