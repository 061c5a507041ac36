"""`banderole <command>`: every command of the program, Django's own included."""

import argparse
import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banderole.settings")
    if sys.argv[1:2] == ["up"]:
        _set_what_up_says(sys.argv[2:])
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings come first
    from django.db import OperationalError  # noqa: PLC0415 -- settings come first

    from banderole.common.exceptions import HostMistake  # noqa: PLC0415 -- settings come first

    try:
        execute_from_command_line(["banderole", *sys.argv[1:]])
    except (HostMistake, OperationalError) as mistake:
        if isinstance(mistake, OperationalError) and _has_database():
            raise
        text = str(mistake) if isinstance(mistake, HostMistake) else _no_site()
        sys.stderr.write(f"{text}\n")
        sys.exit(2)


def _has_database() -> bool:
    from django.conf import settings  # noqa: PLC0415 -- settings come first

    name = settings.DATABASES["default"]["NAME"]
    return not isinstance(name, Path) or name.exists()


def _no_site() -> str:
    from django.conf import settings  # noqa: PLC0415 -- settings come first

    return f"There is no site in {settings.HOME} yet: make one with `banderole up`, or name its folder in BANDEROLE_HOME."


def _set_what_up_says(arguments: list[str]) -> None:
    """Hand the options of `up` that are settings too to the settings, which are read before the command."""
    options = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    options.add_argument("--port")
    options.add_argument("--demo", action="store_true")
    known, _others = options.parse_known_args(arguments)
    if known.port is not None:
        os.environ["BANDEROLE_PORT"] = known.port
    if known.demo:
        os.environ["BANDEROLE_DEMO"] = "yes"


if __name__ == "__main__":
    main()
