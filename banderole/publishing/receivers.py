"""What happens in publishing when something happened elsewhere."""

from typing import Any

from wagtail.models import Page

from banderole.publishing.domain.changes import announce_everything, announce_page
from banderole.publishing.domain.founding import found_site


def found_site_after_migrating(**_kwargs: Any) -> None:
    found_site()


def announce_published_page(*, instance: Page, **_kwargs: Any) -> None:
    announce_page(instance)


def announce_moved_page(*, instance: Page, url_path_before: str, url_path_after: str, **_kwargs: Any) -> None:
    if url_path_before != url_path_after:
        announce_page(instance)


def announce_deleted_page(*, instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Page) and instance.live:
        announce_everything()


def announce_shared_thing(**_kwargs: Any) -> None:
    announce_everything()
