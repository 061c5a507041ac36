"""Finding an equal value again without storing it: a keyed hash under a key that only the worker reads.

Without the key, nobody can test whether an address is on the list; so `web` must never hold it.
"""

import hashlib
import hmac

from banderole.vault import home

INDEX_BYTES = 16


def blind_index(value: str) -> bytes:
    """16 bytes, the same for the same value; normalise before. Worker only; raises KeyFileError."""
    return hmac.digest(home.index_key(), value.encode(), hashlib.sha256)[:INDEX_BYTES]
