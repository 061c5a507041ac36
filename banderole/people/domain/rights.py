"""What a person without an account may do about their own data: ask for it, withdraw a yes, be erased.

`web` shows what it can read: consents, dates, states. Names and answers are sealed for who welcomes them.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from banderole.common import links
from banderole.people.domain import consents, erase, inbox, mails, persons
from banderole.people.domain.persons import AddressError
from banderole.people.enums import Purpose
from banderole.people.models import Consent, Person
from banderole.people.registry import Fields

LINK_LIVES = timedelta(days=7)
PURPOSE = "my_data"


def open_request(fields: Fields, received: datetime) -> None:
    """Write the mail with the link, where the address is known; once an hour at most (worker only)."""
    try:
        contact = persons.find_contact(persons.normalise(fields["email"]))
    except AddressError:
        return
    if contact:
        link = settings.PUBLIC_URL + link_for(contact.person)
        mails.write_mail(
            contact, "people/emails/my_data", {"link": link}, name=f"my-data-{received:%Y%m%d%H}"
        )


def link_for(person: Person) -> str:
    with translation.override(person.locale):
        return reverse("my_data:see", args=[links.make(PURPOSE, person.public_id)])


def person_of_link(token: str) -> Person | None:
    """Whose link this is, or None where they were erased meanwhile; raises LinkError."""
    [public_id] = links.read(PURPOSE, token, within=LINK_LIVES)
    return Person.objects.filter(public_id=public_id, erased_at=None).first()


def withdraw(person: Person, purpose: str, subject: str, *, at: datetime) -> Consent | None:
    """Withdraw one consent at the person's own wish; None where there is none in force."""
    if purpose not in Purpose.values:
        return None
    return consents.withdraw(person, Purpose(purpose), subject=subject, channel="my_data", at=at)


def ask_to_be_erased(person: Person) -> None:
    """Leave the wish for the worker, which can also reach what `web` cannot."""
    inbox.receive("erase", {"public_id": person.public_id})


def open_erasure(fields: Fields, _received: datetime) -> None:
    """Erase who asked for it (worker only); nothing where that was done already."""
    person = Person.objects.filter(public_id=fields["public_id"], erased_at=None).first()
    if person:
        erase.erase(person, by=None)
