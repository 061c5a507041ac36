"""Writes feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 from the same entries, each with the full text."""

import json
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

KINDS = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # an empty feed has no date, and must not change from hour to hour


class Entry(NamedTuple):
    title: str
    url: str  # absolute, as all addresses here
    summary: str
    html: str
    date: date
    changed: datetime | None
    authors: tuple[str, ...]
    image_url: str

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.date, time(12), tzinfo=UTC)


class Feed(NamedTuple):
    title: str
    description: str
    language: str
    url: str  # of the page it follows
    own_url: str
    entries: list[Entry]


class _FullTextRss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["html"])

    def latest_post_date(self) -> datetime:
        return _latest(self)


class _FullTextAtom(Atom1Feed):
    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        return _latest(self)


def _latest(feed: SyndicationFeed) -> datetime:
    return max((item["updateddate"] for item in feed.items), default=NEVER)


def write_feed(feed: Feed, *, kind: str) -> str:
    """The feed as text: `kind` is rss, atom or json. The same entries give the same text, whenever it is written."""
    return (
        _json_of(feed) if kind == "json" else _xml_of(feed, _FullTextRss if kind == "rss" else _FullTextAtom)
    )


def _xml_of(feed: Feed, form: type[SyndicationFeed]) -> str:
    written = form(
        title=feed.title,
        link=feed.url,
        description=feed.description,
        language=feed.language,
        feed_url=feed.own_url,
        feed_guid=feed.url,
    )
    for entry in feed.entries:
        written.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.summary,
            author_name=", ".join(entry.authors) or None,
            pubdate=entry.moment,
            updateddate=max(entry.changed or entry.moment, entry.moment),
            unique_id=entry.url,
            html=entry.html,
        )
    return written.writeString("utf-8")


def _json_of(feed: Feed) -> str:
    items = [
        {
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.html,
            "date_published": entry.moment.isoformat(),
            "language": feed.language,
            **({"authors": [{"name": name} for name in entry.authors]} if entry.authors else {}),
            **({"image": entry.image_url} if entry.image_url else {}),
        }
        for entry in feed.entries
    ]
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "description": feed.description,
            "home_page_url": feed.url,
            "feed_url": feed.own_url,
            "language": feed.language,
            "items": items,
        },
        ensure_ascii=False,
        indent=1,
    )
