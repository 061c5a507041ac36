"""`banderole up`: make what is missing, then start `web` and `worker` and watch them."""

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from banderole.accounts import beginnings
from banderole.baking.domain import changes, home

DEMO_LOGINS = ("nadia", "paul", "ines", "leo")
DEMO_PASSPHRASE = "rivière-sauvage-2022"


class Command(BaseCommand):
    help = "Make what is missing, start the site, and watch it until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        # --port and --demo are settings too: __main__ hands them over before the settings are read.
        parser.add_argument("--port", help="the port to listen on (BANDEROLE_PORT, 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
        parser.add_argument(
            "--demo", action="store_true", help="fill an empty home with a made-up association"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        # Whatever refuses does so before anything is made.
        home.check_unused()
        home.check_port(options["host"], settings.PORT, demo=options["demo"])
        lock = home.take_home()
        if options["demo"]:
            home.make_demo()
        else:
            home.prepare()
        changes.note_change([])
        orders = {"host": options["host"], "port": settings.PORT, "greeting": greeting()}
        connections.close_all()
        # The supervisor takes this process's place: it keeps the lock and the process id, and forgets the keys.
        os.set_inheritable(lock, True)
        sys.stdout.flush()
        # Its orders hold the one-time link: a pipe shows it to nobody, a command line to all who ask for processes.
        read_end, write_end = os.pipe()
        os.set_inheritable(read_end, True)
        os.write(write_end, json.dumps(orders).encode())
        supervisor = [sys.executable, "-m", "banderole.common.supervisor", str(read_end)]
        os.execv(sys.executable, supervisor)  # noqa: S606 -- a fixed list, no shell wanted


def greeting() -> list[str]:
    """What `up` says once the site answers."""
    lines = [f"Banderole is ready: {settings.PUBLIC_URL}/"]
    if link := beginnings.make_setup_link():
        lines += ["", "This site is new. Open this link once, within seven days, to begin:", f"  {link}"]
    elif settings.DEMO:
        lines += [
            "",
            "This is a demo: a made-up association, and mail that nobody gets.",
            f"  read        {settings.PUBLIC_URL}/",
            f"  its mail    {settings.PUBLIC_URL}/outbox/",
            f"  the people  {settings.PUBLIC_URL}/espace/",
            f"  writing     {settings.PUBLIC_URL}/admin/",
            f"  logins      {', '.join(DEMO_LOGINS)}",
            f"  passphrase  {DEMO_PASSPHRASE}",
        ]
    return [*lines, "", "Ctrl-C stops it."]
