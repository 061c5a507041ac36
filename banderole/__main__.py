"""`banderole <command>`: every command of the program, Django's own included."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banderole.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings come first

    from banderole.common.env import SettingError  # noqa: PLC0415 -- settings come first

    try:
        execute_from_command_line(["banderole", *sys.argv[1:]])
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
