"""What apps above tell publishing: which other addresses show a page (feeds, calendars)."""

from collections.abc import Callable, Iterable

from wagtail.models import Page

Listing = Callable[[Page], Iterable[str]]
_listings: list[Listing] = []


def register_listing(listing: Listing) -> None:
    """`listing(page)` names the addresses that show this page and must follow when it changes."""
    if listing not in _listings:
        _listings.append(listing)


def addresses_listing(page: Page) -> list[str]:
    return [address for listing in _listings for address in listing(page)]
