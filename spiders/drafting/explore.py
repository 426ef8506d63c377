"""Finds what an outlet lists its articles in: asks its address, then where clues lead.

The order: the address itself; the feeds that its link tags and its anchors name; the sitemaps that
robots.txt names; the usual paths, only while nothing was found. Every request is one of a bounded
number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from spiders.drafting import clues
from spiders.errand import Ask, Fetched
from spiders.listing.discover import read, unpacked
from spiders.listing.entries import Entry, Index, Unlisted
from spiders.listing.kinds import shape_of
from spiders.listing.maps import newest
from storage.sources import Kind

MAX_REQUESTS = 24
MAX_FEEDS = 3
KINDS: dict[str, Kind] = {"feed": "feed", "json": "feed", "sitemap": "sitemap", "html": "page"}


@dataclass(slots=True)
class Found:
    """A source that lists something, with its entries; addresses are absolute."""

    url: str
    kind: Kind
    shape: str
    entries: list[Entry]


@dataclass(slots=True)
class Explored:
    """What is known of an outlet; `fault` is why nothing is."""

    home: str
    fault: str | None = None
    sources: list[Found] = field(default_factory=list)
    clues: clues.Clues = field(default_factory=clues.Clues)
    asked: dict[str, str] = field(default_factory=dict)  # every address, and what it gave


class Explorer:
    """One exploration; `progress` hears of each address before it is asked."""

    def __init__(
        self, ask: Ask, now: datetime, progress: Callable[[str], None] = lambda _: None
    ) -> None:
        self._ask = ask
        self._now = now
        self._progress = progress
        self._result = Explored("")

    async def explore(self, address: str) -> Explored:
        """Explore the outlet of an address: its front page, a section, a feed or a sitemap."""
        found = self._result
        first = await self._fetch(address)
        if isinstance(first, str):
            found.home, found.fault = address, first
            return found
        found.home = first.url
        if self._kind(first) != "page":
            if source := await self._source(address, first):
                found.sources.append(source)
                found.home = _root(_majority(source) or first.url)
            page = await self._fetch(found.home)
            first = page if isinstance(page, Fetched) else first
        found.clues = clues.of_page(first.body, first.url, first.content_type)
        await self._feeds()
        await self._maps()
        if not found.sources:
            self._page(first)
        return found

    async def _feeds(self) -> None:
        await self._try(self._result.clues.feeds, MAX_FEEDS)
        if not self._feeds_found():
            await self._try(self._under_home(clues.FEED_PATHS), 1)

    async def _maps(self) -> None:
        robots = await self._fetch(urljoin(self._result.home, "/robots.txt"))
        named = clues.maps_of(robots.body) if isinstance(robots, Fetched) else []
        maps = sorted(named, key=lambda url: "news" not in url.lower())
        usual = self._under_home(clues.MAP_PATHS)
        if self._feeds_found():  # then only a sitemap made for news adds anything
            maps = [url for url in maps if "news" in url.lower()]
            usual = usual[:1] if not maps else []
        await self._try(maps, 1)
        if not any(source.kind == "sitemap" for source in self._result.sources):
            await self._try(usual, 1)

    def _page(self, first: Fetched) -> None:
        """Nothing but the page itself: its links that look like articles."""
        likely = clues.likely_articles(self._result.clues.links, first.url)
        if likely:
            entries = [Entry(url, self._result.clues.links[url]) for url in likely]
            self._result.sources.append(Found(first.url, "page", "page", entries))

    def _feeds_found(self) -> int:
        return sum(1 for source in self._result.sources if source.kind == "feed")

    def _under_home(self, paths: tuple[str, ...]) -> list[str]:
        """The usual paths below the home, where that has a path of its own, and below its root."""
        home = self._result.home
        bases = [home] if urlsplit(home).path.endswith("/") else []
        tried = [urljoin(base, path[1:]) for base in bases for path in paths]
        return list(dict.fromkeys([*tried, *(urljoin(home, path) for path in paths)]))

    async def _try(self, urls: list[str], wanted: int) -> None:
        """Ask these until so many more of them list something."""
        known = {source.url for source in self._result.sources}
        for url in urls:
            if wanted <= 0 or url in known or url in self._result.asked:
                continue
            fetched = await self._fetch(url)
            if isinstance(fetched, Fetched) and (source := await self._source(url, fetched)):
                self._result.sources.append(source)
                wanted -= 1

    async def _source(self, url: str, fetched: Fetched) -> Found | None:
        kind = self._kind(fetched)
        if kind == "page":
            self._result.asked[url] = "a page"
            return None
        shape = shape_of(unpacked(fetched.body)[0] or b"") or kind
        entries = await self._entries(kind, fetched)
        self._result.asked[url] = f"{shape} of {len(entries)}"
        return Found(url, kind, shape, entries) if entries else None

    async def _entries(self, kind: Kind, fetched: Fetched) -> list[Entry]:
        """The entries with their addresses absolute; of an index, those of its newest map."""
        for _ in range(3):
            plain, _ = unpacked(fetched.body)
            told = read(kind, plain or b"", fetched.url, fetched.content_type)
            if not isinstance(told, Index):
                break
            maps = newest(told.maps, self._now)
            further = await self._fetch(maps[0].url) if maps else "no maps"
            if isinstance(further, str):
                return []
            fetched = further
        if isinstance(told, Index | Unlisted):
            return []
        return [_absolute(entry, fetched.url) for entry in told if entry.address]

    def _kind(self, fetched: Fetched) -> Kind:
        return KINDS.get(shape_of(unpacked(fetched.body)[0] or b"") or "html", "page")

    async def _fetch(self, url: str) -> Fetched | str:
        if len(self._result.asked) >= MAX_REQUESTS:
            return "enough was asked"
        self._progress(url)
        answer = await self._ask(url)
        self._result.asked[url] = answer if isinstance(answer, str) else "answered"
        return answer


def _absolute(entry: Entry, base: str) -> Entry:
    try:
        return replace(entry, address=urljoin(base, (entry.address or "").strip()))
    except ValueError:
        return replace(entry, address=None)


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _majority(source: Found) -> str | None:
    """The address of an entry on the host that most entries are on."""
    hosts = Counter(urlsplit(entry.address or "").netloc for entry in source.entries)
    host, _ = hosts.most_common(1)[0] if hosts else ("", 0)
    urls = (entry.address for entry in source.entries)
    return next((url for url in urls if host and url and urlsplit(url).netloc == host), None)
