"""How long to wait after wrong passphrases: longer each time, never for ever, and never a lock-out.

Counted in the memory of this process, for one login name from one network: a stranger elsewhere who tries
someone's name slows only himself. The count begins before the passphrase is looked at, so that many tries at
once are counted too.
"""

import math
import threading
import time
from collections import OrderedDict

from banderole.accounts.exceptions import TooSoon

FREE_TRIES = 5
LONGEST = 60
FORGOTTEN_AFTER = 3600
_MOST_KEYS = 20_000

_tries: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()
_lock = threading.Lock()


def count_try(login: str, network: str) -> None:
    """Count one try; raises TooSoon, and counts nothing, where the last one is not long enough ago."""
    key, now = (login.casefold(), network), time.monotonic()
    with _lock:
        tries, last = _tries.get(key, (0, now))
        if now - last > FORGOTTEN_AFTER:
            tries = 0
        wait = last + _pause_after(tries) - now
        if wait > 0:
            raise TooSoon(math.ceil(wait))
        _tries[key] = (tries + 1, now)
        _tries.move_to_end(key)
        if len(_tries) > _MOST_KEYS:
            _tries.popitem(last=False)


def forget(login: str, network: str) -> None:
    with _lock:
        _tries.pop((login.casefold(), network), None)


def forget_all() -> None:
    with _lock:
        _tries.clear()


def _pause_after(tries: int) -> int:
    return 0 if tries < FREE_TRIES else min(LONGEST, 2 ** min(tries - FREE_TRIES + 1, 10))
