"""Which addresses are public pages: each app lists its own, all languages, feeds and calendars included."""

from collections.abc import Callable, Iterable
from importlib import import_module

from wagtail.contrib.redirects.models import Redirect

from banderole.baking.domain.rendering import NOT_FOUND_PAGES

APPS = ("publishing", "people", "letters", "campaigns", "welcome", "federation")


def sources() -> dict[str, Callable[[], Iterable[str]]]:
    """Each app's own listing, by name; an app without one fails when it is asked."""
    return {
        **{app: lambda app=app: _queries_of(app) for app in APPS},  # type: ignore[misc]  # a default argument
        "redirects": _redirects,
        "baking": lambda: NOT_FOUND_PAGES,
    }


def _queries_of(app: str) -> Iterable[str]:
    found: Iterable[str] = import_module(f"banderole.{app}.queries").public_urls()
    return found


def _redirects() -> Iterable[str]:
    for path in Redirect.objects.filter(is_permanent=True).values_list("old_path", flat=True):
        if "?" not in path:
            yield path if "." in path.rsplit("/", 1)[-1] else f"{path.rstrip('/')}/"
