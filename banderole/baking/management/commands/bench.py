"""`banderole bench read`: how fast this site is read on this machine, beside nginx."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from banderole.baking.domain import reading


class Command(BaseCommand):
    help = "Measure how fast a baked page is read, beside nginx giving out the same file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["read"])
        parser.add_argument("--seconds", type=int, default=5, help="how long each of three runs lasts (5)")
        parser.add_argument("--json", action="store_true", help="for scripts")

    def handle(self, *_args: Any, **options: Any) -> None:
        if missing := reading.missing_tools():
            raise CommandError(f"Install {' and '.join(missing)} first: apt install {' '.join(missing)}")
        url = reading.article_to_read()
        readings = reading.read(url, seconds=options["seconds"])
        if options["json"]:
            self.stdout.write(json.dumps([{"url": url, **one._asdict()} for one in readings]))
            return
        first = readings[0].requests
        table = Table(title=f"{url}, {reading.CONNECTIONS} connections, median of {reading.RUNS} runs")
        for column in ("", "requests/s", "of nginx", "memory, MB"):
            table.add_column(column, justify="right" if column else "left")
        for one in readings:
            table.add_row(
                one.server, f"{one.requests:,.0f}", f"{one.requests / first:.2f}", f"{one.memory:.0f}"
            )
        Console().print(table)
