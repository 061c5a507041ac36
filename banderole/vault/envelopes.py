"""Sealed contents: anybody can write one, only the holders of its keys can read it, and only in its place.

    version ‖ suite ‖ number of keys ‖ [key id ‖ HPKE-wrapped data key]… ‖ nonce ‖ AEAD(data key, JSON)

The AEAD binds the contents to everything before the nonce and to the context ("table|row|purpose"): an
envelope that is changed, cut off, or pasted into another row does not open.
"""

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, NewType
from uuid import UUID

from banderole.vault import primitives
from banderole.vault.exceptions import Damaged, OutOfReach, TooLarge
from banderole.vault.keyring import Keyring
from banderole.vault.models import Key
from banderole.vault.primitives import HPKE_BYTES, KEY_BYTES, VERSION_AND_SUITE

Envelope = NewType("Envelope", bytes)
Blob = bytes | bytearray | memoryview  # what a BinaryField gives back

SIZES = (1024, 4 * 1024, 16 * 1024)
_STEP = 64
_ENTRY_BYTES = 16 + HPKE_BYTES


def seal(
    contents: Mapping[str, Any], *, for_keys: Iterable[Key], context: str, pad: bool = False
) -> Envelope:
    """The contents (anything JSON can say) for these keys, in this place only.

    With `pad`, contents take 1, 4 or 16 KiB (or raise TooLarge), so that their length says nothing; without,
    they are rounded up to 64 bytes.
    """
    keys = list(for_keys)
    if not 1 <= len(keys) <= 255:
        raise ValueError("an envelope is for 1 to 255 keys")
    data_key = os.urandom(KEY_BYTES)
    entries = [
        key.id.bytes + primitives.wrap(data_key, bytes(key.public), _info(key.id, context)) for key in keys
    ]
    header = VERSION_AND_SUITE + bytes([len(entries)]) + b"".join(entries)
    plaintext = json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode()
    # JSON allows blanks after the value: padding needs no format of its own.
    padded = plaintext.ljust(_padded_length(len(plaintext), pad=pad))
    return Envelope(header + primitives.encrypt(padded, data_key, header + context.encode()))


def open_envelope(blob: Blob, keyring: Keyring, context: str) -> dict[str, Any]:
    """The contents; raises Damaged or OutOfReach."""
    envelope = bytes(blob)
    header_bytes = 3 + envelope[2] * _ENTRY_BYTES if len(envelope) > 3 else 0
    if not envelope.startswith(VERSION_AND_SUITE) or len(envelope) <= header_bytes:
        raise Damaged("cut off, or no envelope")
    header, sealed = envelope[:header_bytes], envelope[header_bytes:]
    data_key = _data_key(header, keyring, context)
    contents: dict[str, Any] = json.loads(primitives.decrypt(sealed, data_key, header + context.encode()))
    return contents


def _data_key(header: bytes, keyring: Keyring, context: str) -> bytes:
    starts = range(3, len(header), _ENTRY_BYTES)
    entries = {UUID(bytes=header[at : at + 16]): header[at + 16 : at + _ENTRY_BYTES] for at in starts}
    for key_id in sorted(entries, key=keyring.holds, reverse=True):
        try:
            pair = keyring.pair(key_id)
        except OutOfReach:
            continue
        return primitives.unwrap(entries[key_id], pair, _info(key_id, context))
    raise OutOfReach("the keyring leads to none of the envelope's keys")


def _info(key_id: UUID, context: str) -> bytes:
    return b"envelope|" + key_id.bytes + context.encode()


def _padded_length(length: int, *, pad: bool) -> int:
    if not pad:
        return -(-length // _STEP) * _STEP
    for size in SIZES:
        if length <= size:
            return size
    raise TooLarge(f"{length} bytes; an inbox item holds {SIZES[-1]}")
