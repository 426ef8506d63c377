"""`munadi extract`: one page, given or fetched, to one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from munadi.output import refuse
from munadi.settings import CrawlSettings
from spiders.addresses import is_own
from spiders.reading.extract import extract as read_page
from spiders.reading.outcomes import Extracted
from spiders.sites import Site, load
from watch.records import Published


def extract(settings: CrawlSettings, url: str, file: Path | None) -> None:
    """Print the article on a page; end with 1 and the reason on standard error if there is none.

    The page is the file, or what comes on standard input; if nothing comes, it is fetched. The
    seed is the one on whose hosts the address stands, if there is one.
    """
    try:
        urlsplit(url)
    except ValueError:
        refuse(f"{url}: not a web address")
    sites = list(load(settings.seeds).by_id.values())
    content_type = None
    try:
        page = _given(file)
    except OSError as error:
        refuse(f"{file}: {error.strerror}")
    if not page and file is not None:
        refuse(f"{file}: the page is empty")
    if not page:
        from spiders.errand import fetch

        fetched = fetch(url, sites, settings.db, settings.outward)
        if isinstance(fetched, str):
            refuse(f"{url}: {fetched}")
        page, content_type = fetched.body, fetched.content_type
    site = site_of(url, sites)
    found = read_page(page, url, site, datetime.now(UTC), content_type=content_type)
    if not isinstance(found, Extracted):
        refuse(f"{url}: {found}")
    print(json.dumps(_as_row(found, site), ensure_ascii=False))


def site_of(url: str, sites: Collection[Site]) -> Site | None:
    """The seed on whose hosts an address stands; an active one before one that is not crawled."""
    own = [site for site in sites if is_own(site, url)]
    return next((site for site in own if site.active), own[0] if own else None)


def _given(file: Path | None) -> bytes:
    if file is not None and str(file) != "-":
        return file.read_bytes()
    return b"" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer.read()


def _as_row(found: Extracted, site: Site | None) -> dict[str, object]:
    return {
        "url": found.url,
        "site": site.id if site else None,
        "title": found.title,
        "text": found.text,
        "published": _iso(found.published),
        "updated": _iso(found.updated),
        "agency": found.agency,
        "language": found.language,
        "author": found.author,
        "section": found.section,
        "place": found.place,
        "undated": found.undated,
        "layers": dict(found.layers),
    }


def _iso(moment: Published | None) -> str | None:
    return moment.isoformat() if moment else None
