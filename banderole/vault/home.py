"""The files of the keys folder: made once, mode 600, never replaced.

site.secret is Django's, read by `web` and `worker`; machine.key and index.key are the worker's alone. A file
that is missing while the database knows its key is never made anew: what it opens would be lost silently.
"""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from banderole.vault.exceptions import KeyFileError, WrongSecret
from banderole.vault.keyring import Keyring
from banderole.vault.keys import current_key, find_key, keyring_of_secret, make_key, make_key_of_secret
from banderole.vault.models import KeyKind

SITE_SECRET, MACHINE_KEY, INDEX_KEY = "site.secret", "machine.key", "index.key"
SAVED = "saved-elsewhere"  # a marker: the fingerprint of the keys that the host keeps a copy of


def make_keys() -> None:
    """The keys folder with its three files, and the rows of the machine's keys; what exists stays.

    Raises KeyFileError where a file is missing, damaged, or not the one that the database knows.
    """
    root: Path = settings.KEYS_ROOT
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    machine = find_key(KeyKind.MACHINE)
    _make_file(root / SITE_SECRET, secrets.token_urlsafe(48))
    for name in (MACHINE_KEY, INDEX_KEY):
        if machine is None:
            _make_file(root / name, secrets.token_hex(32))
        _secret_in(root / name)
    if machine is None:
        machine = make_key_of_secret(KeyKind.MACHINE, "", _secret_in(root / MACHINE_KEY))
    machine_keyring()
    if find_key(KeyKind.ADDRESSES) is None:
        make_key(KeyKind.ADDRESSES, readers=[machine])


def machine_keyring() -> Keyring:
    """What the worker opens: the inbox, addresses, who comes to an event. Raises KeyFileError, NoSuchKey."""
    path = settings.KEYS_ROOT / MACHINE_KEY
    secret = _secret_in(path)
    try:
        return keyring_of_secret(current_key(KeyKind.MACHINE), secret)
    except WrongSecret as error:
        raise KeyFileError(
            f"{path} is not the key of this database: put back the one that was saved with it."
        ) from error


def index_key() -> bytes:
    return _secret_in(settings.KEYS_ROOT / INDEX_KEY)


def _make_file(path: Path, secret: str) -> None:
    """Write the secret to a new file that survives a power cut; an existing file stays as it is."""
    if path.exists():
        return
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link fails where the file exists: of two beginners, the first one's key stands.
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _secret_in(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError as error:
        raise KeyFileError(
            f"{path} is missing: put back the copy that you keep elsewhere. Without it, addresses stay closed."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(
            f"{path} cannot be read: give it to the user who runs the worker, mode 600."
        ) from error
    if mode & 0o077:
        raise KeyFileError(f"{path} can be read by others: chmod 600 {path}")
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != 32:
        raise KeyFileError(f"{path} is damaged: put back the copy that you keep elsewhere.")
    return secret


def note_saved() -> None:
    """Note that these keys are kept elsewhere too; new keys have to be saved anew. Raises KeyFileError."""
    machine_keyring()
    (settings.KEYS_ROOT / SAVED).write_text(f"{_fingerprint()}\n", encoding="ascii")


def are_saved() -> bool:
    marker = settings.KEYS_ROOT / SAVED
    return marker.exists() and marker.read_text(encoding="ascii").strip() == _fingerprint()


def _fingerprint() -> str:
    return hashlib.sha256(bytes(current_key(KeyKind.MACHINE).public)).hexdigest()
