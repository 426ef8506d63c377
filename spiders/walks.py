"""A poll of an index of sitemaps: the index, then its newest maps one after the other.

Each map is asked for conditionally, and only where its lastmod says that it changed or says
nothing. All of it is one poll of one source: its links are settled together, so the first walk
records and a new day's map alerts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scrapy.http import Response

from spiders.answers import Fault, fault_of, header
from spiders.health.troubles import fault_in_listing
from spiders.listing.discover import discover
from spiders.listing.entries import Index, Listing, Map, Unlisted
from spiders.listing.maps import changed, newest
from spiders.newsroom import Newsroom
from spiders.sites import Site
from storage.maps import MapRead
from storage.sources import Link, Source

MAPS_PER_POLL = 6  # of an index that leads to further indexes


@dataclass(slots=True)
class Walk:
    """What is still to be asked, first things first, and what was found so far."""

    index: Response  # what the source itself answered, without the body
    todo: list[Map]
    read: dict[str, MapRead]  # the maps as they were read before, or are now
    kept: dict[str, MapRead]  # what to remember of them
    seen: set[str]  # every address that was asked, so that no index leads in a circle
    links: dict[str, Link] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)
    left_out: int = 0
    answers: int = 0  # maps that answered, unchanged ones included
    news: int = 0  # of them, those that gave a listing
    faults: list[Fault] = field(default_factory=list)

    def conditions(self) -> dict[str, bytes]:
        """The headers that ask for the next map only if it is not as it was."""
        before = self.read.get(self.todo[0].url)
        if before is None:
            return {}
        headers = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
        return {name: value.encode("latin-1") for name, value in headers.items() if value}

    def listing(self) -> Listing:
        """All that the maps list."""
        return Listing(list(self.links.values()), self.elsewhere, self.left_out)


class Walks:
    """Begins walks, and takes in what each step brings."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room

    async def begin(self, index: Index, response: Response, source: Source) -> Walk:
        """A walk over an index that was read."""
        read = await self._room.ask(lambda store: store.maps.of(source.url))
        walk = Walk(response.replace(body=b""), [], read, {}, {source.url, response.url})
        self._choose(walk, index)
        return walk

    async def again(self, response: Response, source: Source) -> Walk | None:
        """A walk over what an index, unchanged itself, led to and may have changed meanwhile."""
        if source.kind != "sitemap":
            return None
        read = await self._room.ask(lambda store: store.maps.of(source.url))
        todo = [Map(each.url) for each in read.values() if each.lastmod is None]
        if not todo:
            return None
        return Walk(response.replace(body=b""), todo, read, dict(read), {source.url})

    async def took(self, walk: Walk, response: Response, site: Site) -> None:
        """Take in the answer of the map that was asked for."""
        step = walk.todo[0]
        if response.status != 304 and (fault := fault_of(response, self._room.now())):
            self.missed(walk, fault)
            return
        walk.todo.pop(0)
        walk.seen |= {step.url, response.url}
        walk.answers += 1
        if response.status == 304:
            walk.kept[step.url] = walk.read[step.url]
            return
        found = await self._room.aside(
            discover,
            "sitemap",
            response.body,
            response.url,
            site,
            header(response, "Content-Type"),
            now=self._room.now(),
        )
        if isinstance(found, Unlisted):
            walk.faults.append(fault_in_listing(found))
            walk.answers -= 1
        elif isinstance(found, Index):
            walk.kept[step.url] = MapRead(url=step.url, lastmod=step.lastmod)
            self._choose(walk, found)
        else:
            self._take(walk, step, found, response)

    def missed(self, walk: Walk, fault: Fault) -> None:
        """The map that was asked for gave nothing; a host that asks for a rest is left alone."""
        walk.seen.add(walk.todo.pop(0).url)
        walk.faults.append(fault)
        if fault.retry_after:
            walk.todo.clear()

    def _take(self, walk: Walk, step: Map, found: Listing, response: Response) -> None:
        walk.news += 1
        for link in found.links:
            walk.links.setdefault(link.url, link)
        walk.elsewhere += found.elsewhere
        walk.left_out += found.left_out
        walk.kept[step.url] = MapRead(
            url=step.url,
            lastmod=step.lastmod,
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
        )

    def _choose(self, walk: Walk, index: Index) -> None:
        chosen = [
            each for each in newest(index.maps, self._room.now()) if each.url not in walk.seen
        ]
        todo = changed(chosen, walk.read)
        walk.kept |= {each.url: walk.read[each.url] for each in chosen if each not in todo}
        waiting = {each.url for each in walk.todo}
        room = MAPS_PER_POLL - len(walk.seen) - len(waiting)
        walk.todo += [each for each in todo if each.url not in waiting][: max(room, 0)]
