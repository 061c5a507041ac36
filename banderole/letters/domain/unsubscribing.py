"""The way out of a newsletter: at once, for good, and for the letter that is being sent right now."""

from datetime import datetime

from django.db import transaction

from banderole.common import links
from banderole.letters.domain import ledger
from banderole.letters.enums import Cause
from banderole.letters.models import Newsletter
from banderole.people.domain import consents
from banderole.people.enums import Purpose
from banderole.people.models import Person


def newsletter_of(token: str) -> Newsletter:
    """What a link ends; raises links.LinkError."""
    newsletter_id, _person_id = links.read("unsubscribe", token)
    newsletter = Newsletter.objects.filter(pk=int(newsletter_id)).first()
    if newsletter is None:
        raise links.LinkError("unsubscribe")
    return newsletter


@transaction.atomic
def unsubscribe(token: str, *, channel: str, at: datetime) -> Newsletter:
    """Withdraw the consent and leave the person out of letters under way; doing it twice changes nothing.

    Raises links.LinkError. Who is erased meanwhile gets no letter either, so that is no error.
    """
    newsletter = newsletter_of(token)
    _newsletter_id, person_id = links.read("unsubscribe", token)
    person = Person.objects.filter(pk=int(person_id)).first()
    while person is not None:
        consents.withdraw(
            person, Purpose.NEWSLETTER, subject=newsletter.consent_subject, channel=channel, at=at
        )
        ledger.leave_out(person, newsletter, cause=Cause.UNSUBSCRIBED)
        person = person.merged_into
    return newsletter
