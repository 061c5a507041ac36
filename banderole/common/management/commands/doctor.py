"""`banderole doctor`: what is set, what is missing, what to do; ends with 1 where something is to be done."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from rich.console import Console
from rich.table import Table

from banderole.common import diagnosis

SIGNS = {"good": "[green]good[/]", "missing": "[yellow]missing[/]", "wrong": "[red]wrong[/]"}


class Command(BaseCommand):
    help = "Say what is set, what is missing, and what to do."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for scripts")

    def handle(self, *_args: Any, **options: Any) -> None:
        # Commands speak English to hosts; screens speak to everybody else.
        with translation.override("en"):
            findings = diagnosis.findings()
        if options["json"]:
            self.stdout.write(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False))
        else:
            table = Table(box=None, show_header=False, pad_edge=False)
            for column in (7, 18, None):
                table.add_column(width=column, overflow="fold", ratio=None if column else 1)
            for finding in findings:
                table.add_row(SIGNS[finding.state], str(finding.subject), str(finding.sentence))
            Console().print(table)
        if any(finding.state != "good" for finding in findings):
            sys.exit(1)
