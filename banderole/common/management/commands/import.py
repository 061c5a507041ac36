"""`banderole import article FILE…`: take files in, all of them or none."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from rich.console import Console
from rich.progress import track

from banderole.common.imports import Imported, ImportRefused, importers


class Command(BaseCommand):
    help = "Take in files that were made elsewhere. Importing again updates, and makes nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        words = parser.add_subparsers(dest="word", required=True, metavar="WHAT")
        for importer in importers():
            sub = words.add_parser(importer.word, help=importer.help, description=importer.help)
            sub.add_argument("files", nargs="+", type=Path, metavar="FILE")
            sub.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")
            sub.add_argument("--json", action="store_true", help="Say what was done as JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        importer = next(known for known in importers() if known.word == options["word"])
        files: list[Path] = options["files"]
        progress = Console(stderr=True)
        shown = track(files, console=progress, disable=len(files) < 2 or not progress.is_terminal)
        try:
            with translation.override("en"):  # as every command speaks
                done = list(importer.read(shown, dry_run=options["dry_run"]))
        except ImportRefused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        self._say(done, as_json=options["json"], dry_run=options["dry_run"])

    def _say(self, done: list[Imported], *, as_json: bool, dry_run: bool) -> None:
        if as_json:
            said = [{**one._asdict(), "file": str(one.file), "dry_run": dry_run} for one in done]
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
            return
        would = "would be " if dry_run else ""
        for one in done:
            self.stdout.write(f"{would}{one.state}: {one.title} → {one.address}")
            for remark in one.remarks:
                self.stdout.write(f"  {one.file.name}: {remark}")
