"""Addresses of contacts, by the hundred thousand: sealed under one symmetric key that the machine key opens.

version ‖ suite ‖ key id ‖ nonce ‖ AEAD(addresses key, address)
"""

from collections.abc import Iterable
from uuid import UUID

from banderole.vault import primitives
from banderole.vault.envelopes import Blob, Envelope
from banderole.vault.exceptions import Damaged
from banderole.vault.keyring import Keyring
from banderole.vault.keys import current_key
from banderole.vault.models import KeyKind
from banderole.vault.primitives import VERSION_AND_SUITE

_HEADER_BYTES = len(VERSION_AND_SUITE) + 16
_STEP = 64


def seal_address(address: str, keyring: Keyring, context: str) -> Envelope:
    """The address, in this place only; rounded up to 64 bytes, so that its length says little."""
    key = current_key(KeyKind.ADDRESSES)
    header = VERSION_AND_SUITE + key.id.bytes
    text = address.encode()
    padded = text.ljust(-(-(len(text) + 1) // _STEP) * _STEP, b"\0")
    return Envelope(header + primitives.encrypt(padded, keyring.half(key.id), header + context.encode()))


def open_address(blob: Blob, keyring: Keyring, context: str) -> str:
    """The address; raises Damaged or OutOfReach."""
    envelope = bytes(blob)
    header, sealed = envelope[:_HEADER_BYTES], envelope[_HEADER_BYTES:]
    if not header.startswith(VERSION_AND_SUITE) or not sealed:
        raise Damaged("cut off, or no address")
    key_id = UUID(bytes=header[len(VERSION_AND_SUITE) :])
    return primitives.decrypt(sealed, keyring.half(key_id), header + context.encode()).rstrip(b"\0").decode()


def open_addresses(envelopes: Iterable[tuple[Blob, str]], keyring: Keyring) -> list[str]:
    """The addresses in these (envelope, context) pairs, in their order; raises Damaged or OutOfReach."""
    return [open_address(blob, keyring, context) for blob, context in envelopes]
