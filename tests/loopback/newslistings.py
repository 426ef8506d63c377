"""What the made-up outlets list and how their answers are written: feeds, a sitemap, a section."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from loopback.newsweb import Outlet


@dataclass(slots=True)
class Answer:
    """What a path answers: a body, or its pieces as they are to be written."""

    body: bytes = b""
    content_type: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Callable[[], Iterator[bytes]] | None = None  # replaces `body`; no length is sent
    length: int | None = None  # a Content-Length that is not the body's
    etag: str | None = None  # one that stays whatever the body is
    validators: bool = True  # ETag and Last-Modified, and 304 where they match


def rss(outlet: Outlet) -> Answer:
    """The outlet's RSS 2.0 feed, newest first."""
    items = "".join(
        f"<item><title>{escape(story.feed_title or story.title)}</title>"
        f"<link>{outlet.url(quote(story.path))}?utm_source=rss</link>"
        f"<pubDate>{format_datetime(story.published)}</pubDate></item>"
        for story in outlet.stories
    )
    xml = f"<rss version='2.0'><channel><title>{escape(outlet.name)}</title>{items}</channel></rss>"
    return Answer(xml.encode(), "application/rss+xml")


def atom(outlet: Outlet) -> Answer:
    """The outlet's Atom feed."""
    entries = "".join(
        f"<entry><title>{escape(story.title)}</title><link href='{quote(story.path)}'/>"
        f"<id>{outlet.url(story.path)}</id><updated>{story.published.isoformat()}</updated></entry>"
        for story in outlet.stories
    )
    xml = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{outlet.name}</title>{entries}</feed>"
    return Answer(xml.encode(), "application/atom+xml")


def sitemap(outlet: Outlet) -> Answer:
    """The outlet's news sitemap."""
    urls = "".join(
        f"<url><loc>{outlet.url(quote(story.path))}</loc><news:news>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        for story in outlet.stories
    )
    xml = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        f"xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{urls}</urlset>"
    )
    return Answer(xml.encode(), "application/xml")


def section(outlet: Outlet) -> Answer:
    """The outlet's page of latest articles: each linked by picture and by title."""
    items = "".join(
        f"<li><a href='{quote(story.path)}'><img src='/i.png'></a>"
        f"<a href='{quote(story.path)}#read'>{escape(story.title)}</a></li>"
        for story in outlet.stories
    )
    return Answer(f"<!doctype html><meta charset=utf-8><ul>{items}</ul>".encode())


def as_toml(table: dict[str, Any]) -> str:
    """A table of plain values as TOML: its sub-tables last."""
    flat = [
        f"{key} = {_value(value)}" for key, value in table.items() if not isinstance(value, dict)
    ]
    nested = [
        f"\n[{key}]\n{as_toml(value)}" for key, value in table.items() if isinstance(value, dict)
    ]
    return "\n".join(flat + nested) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
