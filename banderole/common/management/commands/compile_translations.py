"""`banderole compile_translations`: the screens' French, from every app's .po to the .mo that gettext reads."""

from pathlib import Path
from typing import Any

import polib
from django.core.management.base import BaseCommand

PACKAGE = Path(__file__).parents[3]


class Command(BaseCommand):
    help = "Compile every translation catalogue of the program."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        for catalogue in PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"):
            polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))
