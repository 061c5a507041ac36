"""Settings from the environment, through readers that fail by name and say which values are allowed."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url

from banderole.common.exceptions import HostMistake


class SettingError(HostMistake, ValueError):
    """A setting has a value that cannot be used; the text says what to set instead."""


def text(name: str, default: str = "") -> str:
    """The value of `name`, or what the file named by `name`_FILE holds (for secrets), or the default."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE={file}: name a file that this program can read.") from error
    return os.environ.get(name, default)


def number(name: str, default: int, *, lowest: int, highest: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not lowest <= int(value) <= highest:
        raise SettingError(f"{name}={value}: use a number from {lowest} to {highest}.")
    return int(value)


def choice(name: str, default: str, *, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise SettingError(f"{name}={value}: use one of {', '.join(allowed)}.")
    return value


def boolean(name: str, *, default: bool) -> bool:
    return choice(name, "yes" if default else "no", allowed=("yes", "no")) == "yes"


def folder(name: str, default: str) -> Path:
    return Path(text(name, default) or default).expanduser().resolve()


def origin(name: str, default: str) -> str:
    """An address such as https://example.org, without a path and without a slash at its end."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        raise SettingError(f"{name}={value}: use an address such as https://example.org.") from None
    bare = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in {"http", "https"} or not parts.hostname or value != bare or not port_is_one:
        raise SettingError(f"{name}={value}: use an address such as https://example.org.")
    return value


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise SettingError(f"{name}={value}: use a time zone such as Europe/Paris.") from None
    return value


def mail_address(name: str, default: str) -> str:
    value = text(name, default)
    before, at, after = value.partition("@")
    if not (before and at and after) or "@" in after or any(sign in value for sign in " \t\r\n<>,;"):
        raise SettingError(f"{name}={value}: use a mail address such as bonjour@example.org.")
    return value


def database(name: str) -> dict[str, Any]:
    """Django's settings of a PostgreSQL database; the sentence repeats no password."""
    try:
        found = dict(dj_database_url.parse(text(name), conn_max_age=600))
    except ValueError:
        found = {"ENGINE": "", "NAME": ""}
    if not str(found["ENGINE"]).endswith("postgresql") or not found["NAME"]:
        raise SettingError(f"{name}: use an address such as postgres://user:password@host:5432/banderole.")
    return found


def secret_file(path: Path, default: str) -> str:
    """What a key file holds, or the default where it is not made yet."""
    try:
        return path.read_text(encoding="ascii").strip() if path.exists() else default
    except (OSError, ValueError):
        raise SettingError(f"{path}: give this file to the user who runs the site.") from None
