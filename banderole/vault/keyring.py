"""Private halves in memory, and the walk along the wraps to those that they open.

association ← group ← event: who holds the first reaches all three. A keyring lives as long as one request or
one worker; it is never written anywhere.
"""

from collections.abc import Iterator, Mapping
from typing import NoReturn
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from banderole.vault.exceptions import OutOfReach
from banderole.vault.models import Key, Wrap
from banderole.vault.primitives import PrivateHalf, unwrap


def wrap_info(key: Key, reader_id: UUID) -> bytes:
    """What a wrap is bound to: its key, the public half that stands beside it, and its reader."""
    return b"wrap|" + key.id.bytes + bytes(key.public) + reader_id.bytes


class Keyring:
    """The private halves that somebody holds, and through the wraps all that these open."""

    def __init__(self, halves: Mapping[UUID, PrivateHalf] = {}) -> None:
        self._halves = dict(halves)
        self._pairs: dict[UUID, X25519PrivateKey] = {}

    def __repr__(self) -> str:
        return f"<Keyring of {len(self._halves)}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a keyring is never written anywhere")

    def __bool__(self) -> bool:
        return bool(self._halves)

    def holds(self, key_id: UUID) -> bool:
        """Whether the key is open already, so that no wrap has to be asked."""
        return key_id in self._halves

    def half(self, key_id: UUID) -> PrivateHalf:
        """The private half of this key (of a symmetric key, the key); raises OutOfReach."""
        if key_id not in self._halves:
            self._fetch(key_id)
        return self._halves[key_id]

    def pair(self, key_id: UUID) -> X25519PrivateKey:
        """The private half of this key, ready for use; raises OutOfReach."""
        if key_id not in self._pairs:
            self._pairs[key_id] = X25519PrivateKey.from_private_bytes(self.half(key_id))
        return self._pairs[key_id]

    def reaches(self, key: Key) -> bool:
        try:
            self.half(key.id)
        except OutOfReach:
            return False
        return True

    def _fetch(self, wanted: UUID) -> None:
        # Upward from the wanted key, level by level, to a reader that is held; then down again, opening.
        towards: dict[UUID, Wrap] = {}
        for wrap in self._wraps_above(wanted):
            if wrap.reader_id in towards or wrap.reader_id is None:
                continue
            towards[wrap.reader_id] = wrap
            if wrap.reader_id in self._halves:
                break
        else:
            raise OutOfReach("the keyring does not lead to this key")
        reader = wrap.reader_id
        while reader != wanted:
            step = towards[reader]
            self._halves[step.key_id] = self._open(step, reader)
            reader = step.key_id

    def _wraps_above(self, wanted: UUID) -> Iterator[Wrap]:
        level, seen = {wanted}, {wanted}
        while level:
            wraps = Wrap.objects.filter(key__in=level, reader__isnull=False).select_related("key")
            level = set()
            for wrap in wraps.order_by("id"):
                if wrap.reader_id is not None and wrap.reader_id not in seen:
                    level.add(wrap.reader_id)
                    yield wrap
            seen |= level

    def _open(self, wrap: Wrap, reader: UUID) -> PrivateHalf:
        return PrivateHalf(unwrap(bytes(wrap.blob), self.pair(reader), wrap_info(wrap.key, reader)))
