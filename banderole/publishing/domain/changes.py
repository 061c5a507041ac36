"""Says that something public changed, and which addresses showed it: those are baked first."""

from wagtail.models import Page

from banderole.common.signals import announce_change
from banderole.publishing import registry
from banderole.publishing.models import Article, Section


def announce_page(page: Page) -> None:
    """The page, the list it stands in, its home and the feeds show something else now."""
    announce_change(urls=addresses_showing(page))


def announce_everything() -> None:
    """Something that every page shows has changed: the name, the colour, a byline, a picture's caption."""
    announce_change()


def addresses_showing(page: Page) -> list[str]:
    above = list(page.get_ancestors(inclusive=True).filter(depth__gte=2).specific())
    addresses = [shown.url for shown in reversed(above)]
    for section in (shown for shown in above if isinstance(shown, Section)):
        addresses += registry.addresses_listing(section)
    if isinstance(page, Article | Section):
        addresses += registry.addresses_listing(page)
    return list(dict.fromkeys(address for address in addresses if address))
