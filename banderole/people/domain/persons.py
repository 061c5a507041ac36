"""Finding and making persons by their address (worker only: it needs the index key)."""

from typing import NewType

from banderole.people.models import Contact, Person

Address = NewType("Address", str)


class AddressError(ValueError):
    """The text is no mail address; the message says what to do."""


def normalise(address: str) -> Address:
    """The address in the one form that is stored and compared; raises AddressError."""
    raise NotImplementedError


def contact_for(address: Address, *, locale: str) -> Contact:
    """The contact with this address; it and its person are made where they are new. Worker only."""
    raise NotImplementedError


def verify(contact: Contact) -> None:
    """Note that the person showed that the address is theirs."""
    raise NotImplementedError


def addresses(contact_ids: "list[int]") -> dict[int, Address]:
    """The addresses of these contacts, by contact id. Worker only."""
    raise NotImplementedError


def address_index(address: Address) -> bytes:
    """The blind index of an address: 16 bytes. Worker only."""
    raise NotImplementedError


__all__ = [
    "Address",
    "AddressError",
    "Person",
    "address_index",
    "addresses",
    "contact_for",
    "normalise",
    "verify",
]
