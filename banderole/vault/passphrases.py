"""A private half under a passphrase: Argon2id makes each guess cost 256 MiB and some tenths of a second.

    version ‖ memory (KiB) ‖ rounds ‖ lanes ‖ salt ‖ nonce ‖ AEAD(derived key, private half)

The costs stand in the wrap: raising the setting later leaves older wraps readable.
"""

import os
import struct
import threading
import unicodedata
from typing import NewType

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.conf import settings

from banderole.vault import primitives
from banderole.vault.exceptions import Damaged, NoSuchKey, WrongSecret
from banderole.vault.keyring import Keyring
from banderole.vault.models import Key, Wrap, WrapMethod
from banderole.vault.primitives import KEY_BYTES, PrivateHalf

Passphrase = NewType("Passphrase", str)

_HEADER = struct.Struct(">BIBB16s")
_HIGHEST_MEMORY, _HIGHEST_ROUNDS, _HIGHEST_LANES = 1024 * 1024, 16, 16

# One derivation at a time: many logins at once must not take all the memory there is.
_one_at_a_time = threading.Lock()


def passphrase(text: str) -> Passphrase:
    """The passphrase in one form, whichever keyboard typed its accents."""
    return Passphrase(unicodedata.normalize("NFKC", text))


def protect(key: Key, keyring: Keyring, secret: Passphrase) -> None:
    """Let this passphrase open the key, instead of the one before; raises OutOfReach."""
    memory, rounds, lanes = settings.PASSPHRASE_COST
    header = _HEADER.pack(1, memory, rounds, lanes, os.urandom(16))
    sealed = primitives.encrypt(keyring.half(key.id), _derive(header, secret), _aad(key, header))
    Wrap.objects.update_or_create(
        key=key, method=WrapMethod.PASSPHRASE, reader=None, defaults={"blob": header + sealed}
    )


def unlock(key: Key, secret: Passphrase) -> Keyring:
    """What the passphrase opens; raises WrongSecret, NoSuchKey, Damaged."""
    wrap = Wrap.objects.filter(key=key, method=WrapMethod.PASSPHRASE).first()
    if wrap is None:
        raise NoSuchKey("this key has no passphrase")
    blob = bytes(wrap.blob)
    header = blob[: _HEADER.size]
    derived = _derive(header, secret)
    try:
        half = primitives.decrypt(blob[_HEADER.size :], derived, _aad(key, header))
    except Damaged as error:
        # A changed wrap looks the same as another passphrase, to us as to a thief.
        raise WrongSecret("this passphrase does not open the key") from error
    return Keyring({key.id: PrivateHalf(half)})


def _derive(header: bytes, secret: Passphrase) -> bytes:
    if len(header) != _HEADER.size:
        raise Damaged("cut off")
    version, memory, rounds, lanes, salt = _HEADER.unpack(header)
    # Costs come from the database: a changed row must not take the machine down.
    if (
        version != 1
        or not 8 * lanes <= memory <= _HIGHEST_MEMORY
        or not 1 <= rounds <= _HIGHEST_ROUNDS
        or not 1 <= lanes <= _HIGHEST_LANES
    ):
        raise Damaged("a passphrase wrap with costs that no version of this program writes")
    argon = Argon2id(salt=salt, length=KEY_BYTES, iterations=rounds, lanes=lanes, memory_cost=memory)
    with _one_at_a_time:
        return argon.derive(secret.encode())


def _aad(key: Key, header: bytes) -> bytes:
    return b"passphrase|" + key.id.bytes + bytes(key.public) + header
