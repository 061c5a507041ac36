"""`banderole demo`: fill the site with the made-up association; `up --demo` calls it on an empty home."""

from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from banderole.baking.domain import home

ORDER = ("people", "publishing", "letters", "campaigns", "welcome")


class Command(BaseCommand):
    help = "Fill a demo home with a made-up association."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not home.demo_state():
            raise CommandError(
                "This home is no demo: start one with `banderole up --demo` in an empty folder."
            )
        with translation.override("fr"):
            for app in ORDER:
                import_module(f"banderole.{app}.management.demo").build(timezone.localdate())
