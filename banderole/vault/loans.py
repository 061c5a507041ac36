"""What is lent to a browser: encrypted under a secret that only the browser holds.

The session keeps the encrypted part, the browser's cookie the secret: neither opens anything alone.
"""

import base64
import secrets
from typing import NewType

from banderole.vault import primitives
from banderole.vault.exceptions import Damaged
from banderole.vault.keyring import Keyring
from banderole.vault.models import Key
from banderole.vault.primitives import Plaintext, PrivateHalf

LoanSecret = NewType("LoanSecret", str)


def new_secret() -> LoanSecret:
    return LoanSecret(secrets.token_urlsafe(32))


def lend(key: Key, keyring: Keyring, secret: LoanSecret) -> str:
    """The key's private half as text for the session; raises OutOfReach."""
    return hide(keyring.half(key.id), secret, context=f"half|{key.id}")


def take_back(key: Key, loan: str, secret: LoanSecret) -> Keyring:
    """The keyring that was lent; raises Damaged where the two do not belong together."""
    return Keyring({key.id: PrivateHalf(reveal(loan, secret, context=f"half|{key.id}"))})


def hide(plaintext: bytes, secret: LoanSecret, *, context: str) -> str:
    return base64.b64encode(primitives.encrypt(plaintext, _key_of(secret), context.encode())).decode()


def reveal(loan: str, secret: LoanSecret, *, context: str) -> Plaintext:
    """What was hidden under this secret in this context; raises Damaged."""
    try:
        sealed = base64.b64decode(loan, validate=True)
    except ValueError as error:
        raise Damaged("no loan") from error
    return primitives.decrypt(sealed, _key_of(secret), context.encode())


def _key_of(secret: LoanSecret) -> bytes:
    return primitives.derive(secret.encode(), "loan")
