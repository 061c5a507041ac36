"""`banderole bake [--all]`: make the public pages files, those that wait or all of them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from banderole.baking.domain import bake
from banderole.baking.models import BakedFile


class Command(BaseCommand):
    help = "Make the public pages files: where something changed, or all with --all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="bake every page, changed or not")
        parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["all"]:
            self._bake_all(quiet=options["quiet"])
        else:
            bake.bake_waiting()
        failed = BakedFile.objects.exclude(error="").order_by("path")
        for row in failed:
            self.stderr.write(f"{row.path}: {row.error}")
        if failed:
            raise CommandError(f"{len(failed)} pages could not be baked; they keep their old files.")

    def _bake_all(self, *, quiet: bool) -> None:
        bar = Progress(
            TextColumn("Baking"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True, quiet=quiet)
        )
        with bar:
            task = bar.add_task("bake", total=None)
            changed = bake.bake_all(lambda done, pages: bar.update(task, completed=done, total=pages))
        if not quiet:
            self.stdout.write(f"{changed} files changed.")
