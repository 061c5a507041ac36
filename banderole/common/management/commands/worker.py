"""`banderole worker`: open the inbox, bake, send; it alone reads the machine's keys."""

from typing import Any

from django.core.management.base import BaseCommand

from banderole.common.worker import work


class Command(BaseCommand):
    help = "Do what waits: open the inbox, bake pages, send letters (banderole up starts this)."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        work()
