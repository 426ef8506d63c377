"""Tries what a seed names: each source once, and one of the articles it lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from spiders.errand import Ask, Fetched
from spiders.listing.discover import discover, listing_of, unpacked
from spiders.listing.entries import Entry, Index, Listing, Unlisted
from spiders.listing.kinds import shape_of
from spiders.listing.maps import newest
from spiders.reading.extract import Extracted, extract
from spiders.sites import Site
from storage.sources import Kind, Link

NAMES = {"feed": "feed", "json": "JSON feed", "sitemap": "sitemap", "html": "page"}


@dataclass(slots=True)
class Tried:
    """What one source gave: `fault` is why it gave nothing, `shape` what it turned out to be."""

    url: str
    kind: Kind
    shape: str = ""
    fault: str | None = None
    entries: int = 0  # links it lists, of whatever kind
    links: list[Link] = field(default_factory=list)  # those that the seed takes for articles
    newest: datetime | None = None

    @property
    def fits(self) -> int:
        """How many links the seed's pattern takes for articles."""
        return len(self.links)


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as it was read, or why it was not."""

    url: str
    found: Extracted | None
    fault: str | None


async def try_source(ask: Ask, url: str, kind: Kind, site: Site, now: datetime) -> Tried:
    """Ask one source; an index is followed to its newest map."""
    tried = Tried(url, kind)
    asked, shapes = url, []
    for _ in range(3):  # an index may lead to another one
        fetched = await ask(asked)
        if isinstance(fetched, str):
            tried.fault = fetched
            return tried
        shapes.append(shape_name(fetched))
        found = discover(kind, fetched.body, fetched.url, site, fetched.content_type, now=now)
        if not isinstance(found, Index):
            break
        shapes[-1] = "index"
        maps = newest(found.maps, now)
        if not maps:
            tried.fault = "an index whose maps are all in the future"
            return tried
        asked = maps[0].url
    tried.shape = ", ".join(shapes)
    _take(tried, found)
    return tried


def of_entries(tried: Tried, entries: Sequence[Entry], site: Site, now: datetime) -> Tried:
    """What a source gave that was read before there was a seed."""
    is_map = tried.kind == "sitemap"
    _take(tried, listing_of(entries, tried.url, site, now, is_map=is_map))
    return tried


def shape_name(fetched: Fetched) -> str:
    """What an answer is, in a word."""
    plain, _ = unpacked(fetched.body)
    return NAMES.get(shape_of(plain or b"") or "", "unknown")


def _take(tried: Tried, found: Listing | Index | Unlisted) -> None:
    if isinstance(found, Index):
        tried.fault = "an index that leads to nothing but indexes"
    elif isinstance(found, Unlisted):
        tried.fault = found.reason
    else:
        tried.links = found.links
        tried.entries = len(found.links) + len(found.elsewhere) + found.left_out + found.others
        tried.newest = max((link.published for link in found.links if link.published), default=None)
        if not found.links:
            tried.fault = "it lists nothing"


async def read_article(ask: Ask, url: str, site: Site, now: datetime) -> Sample:
    """Fetch one article and read it as the crawl would."""
    fetched = await ask(url)
    if isinstance(fetched, str):
        return Sample(url, None, fetched)
    found = extract(fetched.body, fetched.url, site, now, content_type=fetched.content_type)
    if isinstance(found, Extracted):
        return Sample(url, found, None)
    return Sample(url, None, str(found))


def first_articles(tried: Sequence[Tried], number: int) -> list[str]:
    """The first articles of each source in turn, each once."""

    def in_turn() -> Iterator[str]:
        for at in range(max((each.fits for each in tried), default=0)):
            for each in tried:
                if at < each.fits:
                    yield each.links[at].url

    return list(dict.fromkeys(in_turn()))[:number]
