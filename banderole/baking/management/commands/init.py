"""`banderole init`: make the home, its keys and its database; what exists stays."""

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from banderole.accounts import beginnings
from banderole.baking.domain import home


class Command(BaseCommand):
    help = "Make the home folder, its keys and database, and bake the pages; what exists stays."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        lock = home.take_home()
        home.prepare()
        try:
            call_command("bake", "--all", "--quiet", stderr=self.stderr)
        except CommandError as error:  # the site works without: Django renders what is no file
            self.stderr.write(str(error))
        os.close(lock)
        self.stdout.write(f"{settings.HOME} is ready. Start the site with `banderole up`.")
        if link := beginnings.make_setup_link():
            self.stdout.write(f"Then open this link once, within seven days, to begin:\n  {link}")
