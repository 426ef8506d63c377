"""Indexes of sitemaps for the made-up outlets, with a map for every day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from loopback.newslistings import Answer
from loopback.newsweb import Outlet, Story

_NAMESPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"


def index(outlet: Outlet, *maps: tuple[str, str | None]) -> Answer:
    """An index of (path or address, lastmod)."""
    places = "".join(
        f"<sitemap><loc>{escape(outlet.url(path) if path.startswith('/') else path)}</loc>"
        + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")
        + "</sitemap>"
        for path, lastmod in maps
    )
    return Answer(f"<sitemapindex {_NAMESPACE}>{places}</sitemapindex>".encode(), "text/xml")


def daily_map(outlet: Outlet, stories: Iterable[Story]) -> Answer:
    """A plain sitemap, without titles."""
    places = "".join(
        f"<url><loc>{outlet.url(quote(story.path))}</loc>"
        f"<lastmod>{story.published.isoformat()}</lastmod></url>"
        for story in stories
    )
    return Answer(f"<urlset {_NAMESPACE}>{places}</urlset>".encode(), "text/xml")


def day_path(day: datetime) -> str:
    """Where the map of a day lies."""
    return f"/maps/{day:%Y-%m-%d}.xml"
