"""A keyring lent to a browser: encrypted under a secret that only the browser holds.

The session keeps the encrypted half, the browser's cookie the secret: neither opens anything alone.
"""

import base64
import secrets
from typing import NewType

from banderole.vault import primitives
from banderole.vault.exceptions import Damaged, VaultError
from banderole.vault.keyring import Keyring
from banderole.vault.models import Key
from banderole.vault.primitives import PrivateHalf

LoanSecret = NewType("LoanSecret", str)


def lend(key: Key, keyring: Keyring) -> tuple[str, LoanSecret]:
    """The key's private half as text for the session, and the secret for the browser; raises OutOfReach."""
    secret = LoanSecret(secrets.token_urlsafe(32))
    sealed = primitives.encrypt(keyring.half(key.id), _key_of(secret), b"loan|" + key.id.bytes)
    return base64.b64encode(sealed).decode(), secret


def take_back(key: Key, loan: str, secret: str) -> Keyring:
    """The keyring that was lent; raises Damaged where the two do not belong together."""
    try:
        sealed = base64.b64decode(loan, validate=True)
        half = primitives.decrypt(sealed, _key_of(LoanSecret(secret)), b"loan|" + key.id.bytes)
    except (ValueError, VaultError) as error:
        raise Damaged("this loan and this secret do not belong together") from error
    return Keyring({key.id: PrivateHalf(half)})


def _key_of(secret: LoanSecret) -> bytes:
    return primitives.derive(secret.encode(), "loan")
