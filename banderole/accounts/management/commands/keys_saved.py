"""`banderole keys_saved`: the host says that a copy of the keys folder lies elsewhere; `doctor` then rests."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from banderole.vault import home
from banderole.vault.exceptions import VaultError


class Command(BaseCommand):
    help = "Note that the keys folder was copied to another place."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            home.note_saved()
        except VaultError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Noted. Copy them again whenever “banderole doctor” asks.")
