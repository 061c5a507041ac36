"""The links to feeds that every page carries: in its head for programs, in its footer for people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from banderole.federation import queries
from banderole.federation.domain.feeds import KINDS
from banderole.publishing.models import Article, Section


def feed_links(page: Mapping[str, Any]) -> dict[str, Any]:
    shown = page.get("page")
    section = shown if isinstance(shown, Section) else shown.section if isinstance(shown, Article) else None
    language = get_language() or "fr"
    found = queries.feeds_in(language) + (queries.feeds_in(language, section) if section else [])
    return {"feeds": [(KINDS[feed.kind], feed) for feed in found]}
