"""Settings from the environment, through readers that fail by name and say which values are allowed."""

import os
from pathlib import Path

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
