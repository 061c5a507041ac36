"""`banderole web`: serve the site; it needs the site's secret and no other key."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from banderole.common.serving.server import serve


class Command(BaseCommand):
    help = "Serve the site (banderole up starts this together with the worker)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *_args: Any, **options: Any) -> None:
        serve(options["host"], options["port"])
