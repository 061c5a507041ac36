"""Recording what people said yes to, and their withdrawal; rows are only ever added."""

from datetime import datetime

from banderole.people.enums import Purpose
from banderole.people.models import Consent, Person, Wording


def wording(purpose: Purpose, *, locale: str, text: str) -> Wording:
    """The stored wording with exactly this text, made where it is new."""
    raise NotImplementedError


def give(
    person: Person, purpose: Purpose, *, subject: str = "", wording: Wording, channel: str, at: datetime
) -> Consent:
    raise NotImplementedError


def withdraw(
    person: Person, purpose: Purpose, *, subject: str = "", channel: str, at: datetime
) -> Consent | None:
    """The withdrawal, or None where there was no consent in force."""
    raise NotImplementedError
