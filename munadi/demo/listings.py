"""What the made-up outlets list: RSS, Atom, a news sitemap or a section page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from munadi.demo.cast import Listing

PATHS: dict[Listing, str] = {
    "rss": "/feed.xml",
    "atom": "/atom.xml",
    "sitemap": "/news-sitemap.xml",
    "section": "/latest.html",
}
CONTENT_TYPES: dict[Listing, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "sitemap": "application/xml",
    "section": "text/html",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing. `changed` is later than `published` once the article was edited."""

    url: str
    title: str
    published: datetime
    changed: datetime


def render(listing: Listing, outlet: str, entries: Sequence[Entry]) -> str:
    """The listing as served, its newest entry first."""
    newest_first = sorted(entries, key=lambda entry: entry.changed, reverse=True)
    return RENDERERS[listing](escape(outlet), newest_first)


def _rss(outlet: str, entries: Sequence[Entry]) -> str:
    items = "".join(
        f"<item><title>{escape(entry.title)}</title><link>{escape(entry.url)}</link>"
        f"<pubDate>{format_datetime(entry.published)}</pubDate></item>\n"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<rss version="2.0"><channel><title>{outlet}</title>\n{items}</channel></rss>\n'
    )


def _atom(outlet: str, entries: Sequence[Entry]) -> str:
    items = "".join(
        f'<entry><id>{escape(entry.url)}</id><title type="text">{escape(entry.title)}</title>'
        f'<link rel="alternate" href="{escape(entry.url)}"/>'
        f"<published>{entry.published.isoformat()}</published>"
        f"<updated>{entry.changed.isoformat()}</updated></entry>\n"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{outlet}</title>\n{items}</feed>\n'
    )


def _sitemap(outlet: str, entries: Sequence[Entry]) -> str:
    urls = "".join(
        f"<url><loc>{escape(entry.url)}</loc><lastmod>{entry.changed.isoformat()}</lastmod>"
        f"<news:news><news:publication><news:name>{outlet}</news:name>"
        "<news:language>ar</news:language></news:publication>"
        f"<news:publication_date>{entry.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(entry.title)}</news:title></news:news></url>\n"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    )


def _section(outlet: str, entries: Sequence[Entry]) -> str:
    rows = "".join(
        f'<tr><td><a href="{escape(entry.url)}">{escape(entry.title)}</a></td></tr>\n'
        for entry in entries
    )
    return (
        '<html dir="rtl"><head><meta http-equiv="Content-Type" '
        f'content="text/html; charset=windows-1256"><title>{outlet}</title></head><body>\n'
        '<a href="/">الرئيسية</a> <a href="/about.html">من نحن</a>\n'
        f'<table width="780" align="center">\n{rows}</table></body></html>\n'
    )


RENDERERS: dict[Listing, Callable[[str, Sequence[Entry]], str]] = {
    "rss": _rss,
    "atom": _atom,
    "sitemap": _sitemap,
    "section": _section,
}
