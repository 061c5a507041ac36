"""What happens in publishing when something happened elsewhere."""

from typing import Any

from banderole.publishing.domain.founding import found_site


def found_site_after_migrating(**_kwargs: Any) -> None:
    found_site()
