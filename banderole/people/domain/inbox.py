"""Receiving a public form: `web` seals it and cannot read it back; the worker opens it."""

from banderole.people.registry import Fields


def receive(kind: str, fields: Fields) -> None:
    """Seal the fields to the machine key and store them; when this returns, they survive a power cut."""
    raise NotImplementedError


def open_inbox() -> int:
    """Open every waiting item in its own transaction (worker only); return how many were opened."""
    raise NotImplementedError
