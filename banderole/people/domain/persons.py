"""Finding and making persons by their address (worker only: it needs the index key).

Decides what counts as one address. An address stands in one place, its contact's envelope.
"""

from collections.abc import Iterable
from typing import NewType

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from banderole.people.models import Contact, Person
from banderole.vault.addresses import open_address, seal_address
from banderole.vault.blind_index import blind_index
from banderole.vault.home import machine_keyring

Address = NewType("Address", str)


class AddressError(ValueError):
    """The text is no mail address; the message says what to do."""


def normalise(address: str) -> Address:
    """The address in the one form that is stored and compared; raises AddressError."""
    try:
        found = validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise AddressError(_("Write a whole mail address, such as camille@example.org.")) from error
    # No mailbox in use tells Ada from ada, and people write it both ways.
    return Address((found.ascii_email or found.normalized).lower())


def contact_for(address: Address, *, locale: str) -> Contact:
    """The contact with this address; it and its person are made where they are new. Worker only."""
    index = address_index(address)
    known = Contact.objects.select_related("person").filter(blind_index=index).first()
    if known:
        return known
    envelope = seal_address(address, machine_keyring(), _context(index))
    try:
        with transaction.atomic():
            person = Person.objects.create(locale=locale)
            return Contact.objects.create(person=person, envelope=envelope, blind_index=index)
    except IntegrityError:
        # Another worker was faster with the same address; its row stands, ours is rolled back.
        return Contact.objects.select_related("person").get(blind_index=index)


def find_contact(address: Address) -> Contact | None:
    """The contact with this address, where there is one. Worker only."""
    index = address_index(address)
    return Contact.objects.select_related("person").filter(blind_index=index).first()


def verify(contact: Contact) -> None:
    """Note that the person showed that the address is theirs."""
    if contact.verified_at is None:
        contact.verified_at = timezone.now()
        contact.save(update_fields=["verified_at"])


def addresses(contact_ids: Iterable[int]) -> dict[int, Address]:
    """The addresses of these contacts, by contact id. Worker only."""
    rows = Contact.objects.filter(id__in=list(contact_ids)).values_list("id", "envelope", "blind_index")
    keyring = machine_keyring()
    return {
        contact_id: Address(open_address(envelope, keyring, _context(index)))
        for contact_id, envelope, index in rows
    }


def address_index(address: Address) -> bytes:
    """The blind index of an address: 16 bytes. Worker only."""
    return blind_index(address)


def _context(index: bytes | memoryview) -> str:
    return f"contact|{bytes(index).hex()}|address"
