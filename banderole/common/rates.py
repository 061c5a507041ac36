"""How often something happened lately, counted in the memory of this process.

Several web processes count each for themselves: their limits add up.
"""

import threading
import time
from collections import OrderedDict, deque

MOST_KEYS = 20_000


class Rate:
    """At most `limit` times in `seconds` for each key."""

    def __init__(self, limit: int, *, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str = "") -> bool:
        """Count once more for this key; False, and nothing counted, where the limit is reached."""
        now = time.monotonic()
        with self._lock:
            times = self._times.setdefault(key, deque(maxlen=self.limit))
            self._times.move_to_end(key)
            self._drop_old(times, now)
            if len(self._times) > MOST_KEYS:
                self._times.popitem(last=False)
            if len(times) >= self.limit:
                return False
            times.append(now)
            return True

    def count(self, key: str = "") -> int:
        with self._lock:
            times = self._times.get(key, deque())
            self._drop_old(times, time.monotonic())
            return len(times)

    def forget(self) -> None:
        with self._lock:
            self._times.clear()

    def _drop_old(self, times: deque[float], now: float) -> None:
        while times and times[0] <= now - self.seconds:
            times.popleft()
