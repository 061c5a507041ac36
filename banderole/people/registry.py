"""What apps above add to `people`: how the forms that they own are opened."""

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
