"""Making keys, and deciding who reads them: the graph of wraps is the answer to "who can see me"."""

import os
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from banderole.vault import primitives
from banderole.vault.exceptions import KeyExists, NoSuchKey, WrongSecret
from banderole.vault.keyring import Keyring, wrap_info
from banderole.vault.models import Key, KeyKind, Wrap, WrapMethod
from banderole.vault.primitives import PrivateHalf


def current_key(kind: KeyKind, scope: str = "") -> Key:
    """The key in use for this scope; raises NoSuchKey."""
    key = find_key(kind, scope)
    if key is None:
        raise NoSuchKey(f"the site has no {kind} key for “{scope}”")
    return key


def find_key(kind: KeyKind, scope: str = "") -> Key | None:
    return Key.objects.filter(kind=kind, scope=scope, retired_at=None).first()


def make_key(kind: KeyKind, scope: str = "", *, readers: Iterable[Key]) -> Key:
    """A new key that the readers can open, and nobody else: its private half is dropped here."""
    readers = list(readers)
    if not readers:
        raise ValueError("a key that nobody reads would be lost at once")
    key, _keyring = make_open_key(kind, scope, readers=readers)
    return key


def make_open_key(kind: KeyKind, scope: str = "", *, readers: Iterable[Key] = ()) -> tuple[Key, Keyring]:
    """A new key and a keyring that holds it, for who has to wrap it in another way too."""
    if kind == KeyKind.ADDRESSES:
        half, public = PrivateHalf(os.urandom(primitives.KEY_BYTES)), b""
    else:
        half, public = primitives.new_pair()
    with transaction.atomic():
        key = _store(kind, scope, public)
        for reader in readers:
            _wrap(key, half, reader)
    return key, Keyring({key.id: half})


def make_key_of_secret(kind: KeyKind, scope: str, secret: bytes) -> Key:
    """A key whose private half comes from a secret of 256 random bits that lies elsewhere (card, link, file)."""
    return _store(kind, scope, primitives.public_of(primitives.derive(secret, kind)))


def keyring_of_secret(key: Key, secret: bytes) -> Keyring:
    """What this secret opens; raises WrongSecret."""
    half = primitives.derive(secret, key.kind)
    if primitives.public_of(half) != bytes(key.public):
        raise WrongSecret(f"this secret does not open the {key.kind} key")
    return Keyring({key.id: half})


def grant(key: Key, reader: Key, keyring: Keyring) -> None:
    """Let the reader open the key; nothing changes where it already can. Raises OutOfReach."""
    half = keyring.half(key.id)
    if not Wrap.objects.filter(key=key, reader=reader).exists():
        _wrap(key, half, reader)


def revoke(key: Key, reader: Key) -> bool:
    """Take the reader's own wrap away; whether there was one. What it read before, it may still know."""
    return bool(Wrap.objects.filter(key=key, reader=reader).delete()[0])


def rotate(key: Key, keyring: Keyring) -> Key:
    """A new key for the scope with the same readers; who opens it also opens what the old one sealed.

    The old key is retired: nothing more is sealed for it. Raises OutOfReach.
    """
    half = keyring.half(key.id)
    readers = list(Key.objects.filter(opens__key=key))
    with transaction.atomic():
        Key.objects.filter(pk=key.pk).update(retired_at=timezone.now())
        fresh = make_key(KeyKind(key.kind), key.scope, readers=readers)
        _wrap(key, half, fresh)
        Wrap.objects.filter(key=key, reader__in=readers).delete()
    return fresh


def readers_of(key: Key) -> list[Key]:
    """Every key that leads to this one, directly or through others."""
    found: dict[object, Key] = {}
    level = [key]
    while level:
        above = Key.objects.filter(opens__key__in=level).distinct()
        level = [reader for reader in above if reader.id not in found and reader.id != key.id]
        found |= {reader.id: reader for reader in level}
    return list(found.values())


def _store(kind: KeyKind, scope: str, public: bytes) -> Key:
    try:
        with transaction.atomic():
            return Key.objects.create(kind=kind, scope=scope, public=public)
    except IntegrityError as error:
        raise KeyExists(f"there is a current {kind} key for “{scope}”") from error


def _wrap(key: Key, half: PrivateHalf, reader: Key) -> None:
    blob = primitives.wrap(half, bytes(reader.public), wrap_info(key, reader.id))
    Wrap.objects.create(key=key, method=WrapMethod.KEY, reader=reader, blob=blob)
