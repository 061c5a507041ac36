"""Recording what people said yes to, and their withdrawal; rows are only ever added.

Decides what counts as the same wording. Which words a form shows is its app's matter.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from banderole.people.enums import Purpose
from banderole.people.models import Consent, Person, Wording
from banderole.people.queries import newest_consent


def wording(purpose: Purpose, *, locale: str, text: str) -> Wording:
    """The stored wording with exactly this text, made where it is new."""
    digest = hashlib.sha256(f"{purpose}\0{locale}\0{text}".encode()).hexdigest()
    found, _made = Wording.objects.get_or_create(
        digest=digest, defaults={"purpose": purpose, "locale": locale, "text": text}
    )
    return found


def give(
    person: Person, purpose: Purpose, *, subject: str = "", wording: Wording, channel: str, at: datetime
) -> Consent:
    return Consent.objects.create(
        person=person,
        purpose=purpose,
        subject=subject,
        given=True,
        wording=wording,
        channel=channel,
        at=at,
    )


@transaction.atomic
def withdraw(
    person: Person, purpose: Purpose, *, subject: str = "", channel: str, at: datetime
) -> Consent | None:
    """The withdrawal, or None where there was no consent in force."""
    newest = newest_consent(person, purpose, subject)
    if newest is None or not newest.given:
        return None
    return Consent.objects.create(
        person=person, purpose=purpose, subject=subject, given=False, channel=channel, at=at
    )
