"""The folder that holds all that a site owns: whether it can be used, and what it needs on its first day.

What stands in the keys folder is for `accounts`; how the demo looks is for each app's `management/demo.py`.
"""

import fcntl
import os
import shutil
import socket
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from banderole.accounts import beginnings
from banderole.baking.exceptions import HomeError

MADE, UNFINISHED = "made", "unfinished"
FOLDERS = ("media", "baked", "outbox", "backups")
OWN = (*FOLDERS, "keys", "banderole.db", "banderole.db-wal", "banderole.db-shm", "demo")


def take_home() -> int:
    """Make the home where it is new and hold it for this process; return the lock, an open file number."""
    home: Path = settings.HOME
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = os.open(home / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        for name in FOLDERS:
            (home / name).mkdir(mode=0o750, exist_ok=True)
            if not os.access(home / name, os.W_OK | os.X_OK):
                raise PermissionError(13, "not writable", str(home / name))
    except OSError as error:
        raise HomeError(
            f"BANDEROLE_HOME={home}: {error.filename} cannot be written. "
            "Give the folder to this user, or name another one in BANDEROLE_HOME."
        ) from error
    _hold(lock)
    return lock


def check_unused() -> None:
    """Raises HomeError where another `up` holds the home; makes nothing."""
    try:
        lock = os.open(settings.HOME / ".lock", os.O_RDWR)
    except OSError:
        return
    _hold(lock)
    os.close(lock)


def _hold(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise HomeError(
            f"{settings.HOME} is in use by another `banderole up`: stop that one first, or name another folder in BANDEROLE_HOME."
        ) from error


def check_port(host: str, port: int, *, demo: bool) -> None:
    """Raises HomeError where nothing can listen there."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _name, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror as error:
        raise HomeError(
            f"--host {host}: use an address of this machine, such as 127.0.0.1 or 0.0.0.0."
        ) from error
    except PermissionError as error:
        raise HomeError(
            f"Port {port} is reserved for the system: use one above 1023 with --port, behind a reverse proxy."
        ) from error
    except OSError as error:
        raise HomeError(
            f"Port {port} on {host} is taken or not of this machine: stop the program that uses it, "
            f"or say `banderole up{' --demo' if demo else ''} --port {port + 1 if port < 65535 else 8001}`."
        ) from error


def is_new() -> bool:
    """Whether nothing of a site is in the home yet."""
    home: Path = settings.HOME
    return not (home / "banderole.db").exists() and not any((home / "keys").glob("*"))


def prepare() -> None:
    """Database and keys as this version needs them; what exists stays."""
    _keep_database_from_others()
    _check_database()
    _migrate()
    beginnings.prepare_home()
    # Made in this process, after the settings were read.
    settings.SECRET_KEY = (settings.KEYS_ROOT / "site.secret").read_text(encoding="ascii").strip()


def _keep_database_from_others() -> None:
    """A new SQLite file is readable by its owner and group only; its WAL takes the same mode."""
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's own
        Path(connection.settings_dict["NAME"]).touch(mode=0o640)


def demo_state() -> str:
    """`made`, `unfinished`, or nothing where this is no demo home."""
    try:
        return (settings.HOME / "demo").read_text(encoding="ascii").strip() or MADE
    except OSError:
        return ""


def make_demo() -> None:
    """Fill an empty home with the made-up association; a demo that was interrupted is made anew.

    Raises HomeError where the home is somebody's site.
    """
    state = demo_state()
    if state == MADE:
        prepare()
        return
    if state == UNFINISHED:
        _empty_demo()
    elif not is_new():
        raise HomeError(
            f"{settings.HOME} holds a site already: start it without --demo, or name an empty folder in BANDEROLE_HOME."
        )
    marker: Path = settings.HOME / "demo"
    marker.write_text(UNFINISHED, encoding="ascii")
    prepare()
    call_command("demo")
    marker.write_text(MADE, encoding="ascii")


def _empty_demo() -> None:
    for name in OWN:
        path: Path = settings.HOME / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for name in FOLDERS:
        (settings.HOME / name).mkdir(mode=0o750, exist_ok=True)


def _check_database() -> None:
    """Raises HomeError where the database cannot be read, or is newer than the program."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError as error:
        raise HomeError(
            f"The database does not open ({type(error).__name__}): check DATABASE_URL, or put back a backup "
            f"of {settings.DATABASES['default']['NAME']}."
        ) from error
    own = {name.removeprefix("banderole.") for name in settings.BANDEROLE_APPS}
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if newer := sorted(f"{app}.{name}" for app, name in applied - known if app in own):
        raise HomeError(
            f"The database is newer than this program (it has {newer[0]}): install the version that wrote it, or a later one."
        )


def _migrate() -> None:
    """Apply what is missing; on an empty SQLite file without waiting for the disk at each of some hundred steps."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    hurried = connection.vendor == "sqlite" and not connection.introspection.table_names()
    if hurried:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    call_command("migrate", verbosity=0, interactive=False)
    if hurried:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
