"""Single-purpose links for people without an account: confirm, unsubscribe, cancel.

A link carries what it may do, signed under the site's secret; nothing usable is stored. Whether it was used
already is for the thing it acts on to know. A GET shows a button, only a POST acts: mail scanners follow links.
"""

from datetime import timedelta
from typing import NewType

from django.core import signing

Token = NewType("Token", str)


class LinkError(Exception):
    """The link is forged, cut off, for another purpose, or too old."""


def make(purpose: str, *parts: str | int) -> Token:
    """A token that lets its holder do one thing to one thing, such as ("unsubscribe", newsletter, person)."""
    return Token(signing.dumps([str(part) for part in parts], salt=f"banderole.link.{purpose}"))


def read(purpose: str, token: str, *, within: timedelta | None = None) -> list[str]:
    """The parts that `make` was given; raises LinkError."""
    try:
        return list(signing.loads(token, salt=f"banderole.link.{purpose}", max_age=within))
    except signing.BadSignature as error:
        raise LinkError(purpose) from error
