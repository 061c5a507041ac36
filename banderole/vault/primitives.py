"""The few calls into `cryptography` that the vault stands on; no primitive is written here.

Suite 1: HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305; ChaCha20-Poly1305 for contents.
Every format begins with a version and a suite byte, so that a post-quantum suite can stand beside it.
"""

import os
from typing import NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from banderole.vault.exceptions import Damaged

Plaintext = NewType("Plaintext", bytes)
PrivateHalf = NewType("PrivateHalf", bytes)  # the raw private half of a pair, or a symmetric key

VERSION_AND_SUITE = b"\x01\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
HPKE_BYTES = 32 + KEY_BYTES + 16  # encapsulated key, a wrapped key, tag

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def new_pair() -> tuple[PrivateHalf, bytes]:
    """A new private half and its public half."""
    half = PrivateHalf(X25519PrivateKey.generate().private_bytes_raw())
    return half, public_of(half)


def public_of(half: PrivateHalf) -> bytes:
    return X25519PrivateKey.from_private_bytes(half).public_key().public_bytes_raw()


def derive(secret: bytes, purpose: str) -> PrivateHalf:
    """A key from a secret of 256 random bits (never from a passphrase), another one for each purpose."""
    return PrivateHalf(
        HKDF(SHA256(), length=KEY_BYTES, salt=None, info=f"banderole/1/{purpose}".encode()).derive(secret)
    )


def wrap(secret: bytes, public: bytes, info: bytes) -> bytes:
    """`secret` for the holder of the private half of `public` only, bound to `info`."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public), info=b"banderole/1/" + info)


def unwrap(wrapped: bytes, half: X25519PrivateKey, info: bytes) -> bytes:
    try:
        return _SUITE.decrypt(wrapped, half, info=b"banderole/1/" + info)
    except InvalidTag as error:
        raise Damaged("a wrap does not open") from error


def encrypt(plaintext: bytes, key: bytes, aad: bytes) -> bytes:
    """Nonce ‖ ciphertext ‖ tag, under a random nonce."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, aad)


def decrypt(sealed: bytes, key: bytes, aad: bytes) -> Plaintext:
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    if len(ciphertext) < 16:
        raise Damaged("cut off")
    try:
        return Plaintext(ChaCha20Poly1305(key).decrypt(nonce, ciphertext, aad))
    except InvalidTag as error:
        raise Damaged("changed, or cut out of another row") from error
