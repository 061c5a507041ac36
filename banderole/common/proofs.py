"""Proof of work: what a browser computes before it sends a public form, so that floods cost their senders.

A challenge is signed and expires; its solution counts once. Solved ones are remembered in the memory of this
process until they expire.
"""

import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.utils.crypto import salted_hmac

VALID_FOR = timedelta(hours=1)
COST = 1_000  # rounds of PBKDF2 for each try
TRIES = 1_000  # about half a second on a laptop, three on an old phone
LONGEST_PAYLOAD = 4_096

_spent: dict[str, float] = {}
_lock = threading.Lock()


class ProofError(Exception):
    """The proof is forged, too old, or was used before."""


def challenge(*, strain: int = 1) -> dict[str, Any]:
    """A new challenge, `strain` times as costly as a usual one."""
    made = altcha.create_challenge(
        "PBKDF2/SHA-256",
        COST,
        counter=TRIES * strain // 2 + secrets.randbelow(TRIES * strain),
        expires_at=datetime.now(UTC) + VALID_FOR,
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("key"),
    )
    return dict(made.to_dict())


def spend(payload: str) -> None:
    """Accept a solution once; raises ProofError."""
    if len(payload) > LONGEST_PAYLOAD or not _is_right(payload):
        raise ProofError
    parameters = altcha.Payload.from_base64(payload).challenge.parameters
    with _lock:
        now = time.time()
        for nonce in [nonce for nonce, until in _spent.items() if until < now]:
            del _spent[nonce]
        if parameters.nonce in _spent:
            raise ProofError
        _spent[parameters.nonce] = float(parameters.expires_at or 0)


def _is_right(payload: str) -> bool:
    try:
        result = altcha.verify_solution(payload, _secret("challenge"), hmac_key_secret=_secret("key"))
    except (ValueError, TypeError, AttributeError, KeyError):  # whatever a forger may put into the JSON
        return False
    return bool(result.verified)


def _secret(name: str) -> str:
    return salted_hmac("banderole.proof", name, algorithm="sha256").hexdigest()
