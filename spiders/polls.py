"""What a poll comes to: settled in the store, with the next one's time; links to fetch go back."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from scrapy.http import Response

from spiders.answers import Fault, fault_of, header
from spiders.health.troubles import fault_in_listing, moved_to, with_challenge
from spiders.listing.discover import discover
from spiders.listing.entries import Index, Listing, Unlisted
from spiders.listing.prints import fingerprint
from spiders.newsroom import Newsroom
from spiders.pace import retries
from spiders.pace.hints import feed_seconds, fresh_seconds
from spiders.pace.rates import Habit, Wishes
from spiders.sites import Site
from spiders.walks import Walk, Walks
from storage.errors import StoreError
from storage.health import Health
from storage.sources import Source, Wanted

log = logging.getLogger(__name__)

STORE_FAILED = "the database could not be used"
SHORT_BYTES = 16_384  # read at once: to hand so little to a thread costs more than its reading
FAILED_WITHIN = "an error of the crawl's own, see the log"


class Polls:
    """Settles polls. Whatever happens, `settled` hears of each with the source as it is now."""

    def __init__(self, room: Newsroom, settled: Callable[[Source], None]) -> None:
        self._room = room
        self._settled = settled
        self._walks = Walks(room)
        self._prints: dict[str, bytes] = {}  # what each source's listing showed last time,
        self._told: dict[str, int] = {}  # and what it told; that is settled in the store

    async def answered(
        self, response: Response, source: Source, site: Site, walk: Walk | None = None
    ) -> list[Wanted] | Walk:
        """Settle a poll that was answered; return what to fetch, or its walk over the maps of an
        index, of which `response` may be a step. Never raises.
        """
        try:
            if walk is not None:
                await self._walks.took(walk, response, site)
                return await self._walked(walk, source, site)
            if response.status == 304:
                return await self._unchanged(response, source, site)
            if fault := fault_of(response, self._room.now()):
                await self._failed(source, site, with_challenge(fault, response))
                return []
            return await self._listed(response, source, site)
        except StoreError as error:
            self.later(source, site, str(error))
        except Exception:  # a bug must not end a source for good
            log.exception("a poll of %s failed within", source.url)
            self.later(source, site, FAILED_WITHIN, counted_as=FAILED_WITHIN)
        return []

    async def failed(
        self, source: Source, site: Site, fault: Fault, walk: Walk | None = None
    ) -> list[Wanted] | Walk:
        """Settle a poll that got no answer, or go on with its walk without the map that gave none.

        Raises nothing of the store's.
        """
        try:
            if walk is not None:
                self._walks.missed(walk, fault)
                return await self._walked(walk, source, site)
            await self._failed(source, site, fault)
        except StoreError as error:
            self.later(source, site, str(error))
        return []

    def later(
        self, source: Source, site: Site, reason: str, counted_as: str = STORE_FAILED
    ) -> None:
        """The store could not be told: ask the source again as if it had not been asked."""
        log.error("%s: %s: %s", site.id, source.url, reason)
        self._room.reports[site.id].fail(counted_as)
        self._forget(source)
        self._settled(replace(source, due_at=self._next(source, self._room.now())))

    def _forget(self, source: Source) -> None:
        """Take the next listing for a new one."""
        self._prints.pop(source.url, None)
        self._told.pop(source.url, None)

    async def _unchanged(
        self, response: Response, source: Source, site: Site
    ) -> list[Wanted] | Walk:
        """Settle a source that is as it was, unless it is an index whose maps may be otherwise."""
        walk = await self._walks.again(response, source)
        return walk or await self._idle(response, source, site)

    async def _walked(self, walk: Walk, source: Source, site: Site) -> list[Wanted] | Walk:
        """Go on with a walk, or settle it: a map that failed is asked again at the next poll."""
        if walk.todo:
            return walk
        if walk.faults and not walk.answers:
            await self._failed(source, site, walk.faults[0])
            return []
        for fault in walk.faults:
            self._room.reports[site.id].fail(fault.reason)
        if walk.faults:  # without validators, the index leads to the map that failed again
            self._forget(source)
            walk.index = walk.index.replace(headers={}, status=200)
        if walk.links or walk.index.status != 304:
            wanted = await self._found(walk.index, source, site, walk.listing())
        else:
            wanted = await self._idle(walk.index, source, site)
        await self._room.ask(lambda store: store.maps.remember(source.url, walk.kept.values()))
        return wanted

    async def _idle(
        self, response: Response, source: Source, site: Site, asked_seconds: float | None = None
    ) -> list[Wanted]:
        now = self._room.now()
        wishes = Wishes(asked_seconds, fresh_seconds(response))
        etag = header(response, "ETag") or source.etag  # a 304 need not repeat them (RFC 9110)
        modified = header(response, "Last-Modified") or source.last_modified
        habit = self._room.pace.polled(source.url, now.timestamp(), [], wishes)
        due_at = self._next(source, now, habit)
        wanted = await self._room.ask(
            lambda store: store.sources.unchanged(
                source.url,
                etag=etag,
                last_modified=modified,
                now=now,
                due_at=due_at,
                habit=habit.written(),
                moved_to=moved_to(response),
            )
        )
        self._room.pace.learn(source.url, habit)
        report = self._room.reports[site.id]
        report.polls += 1
        report.unchanged += 1
        polled = replace(source, etag=etag, last_modified=modified)
        self._settled(_succeeded(polled, now, due_at))
        return wanted

    async def _listed(self, response: Response, source: Source, site: Site) -> list[Wanted] | Walk:
        printed = fingerprint(response.body)
        if self._prints.get(source.url) == printed:
            return await self._unchanged(response, source, site)
        read = partial(
            discover,
            *(source.kind, response.body, response.url, site, header(response, "Content-Type")),
            now=self._room.now(),
        )
        short = len(response.body) <= SHORT_BYTES
        listing = read() if short else await self._room.aside(read)
        if isinstance(listing, Index):
            walk = await self._walks.begin(listing, response, source)
            self._prints[source.url] = printed
            return await self._walked(walk, source, site)
        if isinstance(listing, Unlisted):
            await self._failed(source, site, fault_in_listing(listing, response))
            return []
        told = hash((tuple(listing.links), tuple(listing.elsewhere), listing.left_out))
        if self._told.get(source.url) == told:  # only its own date, its advertisements or the like
            asked_seconds = _asked_seconds(response, source, listing)
            wanted = await self._idle(response, source, site, asked_seconds)
        else:
            wanted = await self._found(response, source, site, listing)
        self._prints[source.url], self._told[source.url] = printed, told
        return wanted

    async def _found(
        self, response: Response, source: Source, site: Site, listing: Listing
    ) -> list[Wanted]:
        now = self._room.now()
        habit = await self._learnt(response, source, listing, now)
        due_at = self._next(source, now, habit)
        etag, modified = header(response, "ETag"), header(response, "Last-Modified")
        if response.status == 304:
            etag, modified = etag or source.etag, modified or source.last_modified
        wanted = await self._room.ask(
            lambda store: store.sources.found(
                source.url,
                listing.links,
                etag=etag,
                last_modified=modified,
                now=now,
                due_at=due_at,
                habit=habit.written(),
                moved_to=moved_to(response),
            )
        )
        self._room.pace.learn(source.url, habit)
        report = self._room.reports[site.id]
        report.polls += 1
        report.found += len(listing.links)
        report.refused += sum(1 for url in listing.elsewhere if self._room.guard.refusal(url))
        polled = replace(source, etag=etag, last_modified=modified)
        self._settled(_succeeded(polled, now, due_at))
        return wanted

    async def _learnt(
        self, response: Response, source: Source, listing: Listing, now: datetime
    ) -> Habit:
        """What is known of a source's pace with this listing: all of its items are its history
        if it is the first, else those that no source has listed yet are new.
        """
        links = listing.links
        wishes = Wishes(_asked_seconds(response, source, listing), fresh_seconds(response) or 0.0)
        if self._room.pace.begun(source.url):
            urls = [link.url for link in links]
            unseen = await self._room.ask(lambda store: store.sources.unseen(urls))
            links = [link for link in links if link.url in unseen]
        published = [link.published.timestamp() if link.published else None for link in links]
        return self._room.pace.polled(source.url, now.timestamp(), published, wishes)

    def _next(self, source: Source, now: datetime, habit: Habit | None = None) -> datetime:
        """When the source is asked next, were nothing to fail."""
        at = self._room.pace.next_poll(source.url, now.timestamp(), random.random, habit)
        return datetime.fromtimestamp(at, UTC)

    async def _failed(self, source: Source, site: Site, fault: Fault) -> None:
        now, weight = self._room.now(), retries.WEIGHTS[fault.trouble]
        strained = replace(source.health, strain=source.health.strain + weight)
        due_at = retries.after_failure(
            site.poll, strained.strain, now, random.random, fault.retry_after
        )
        level = logging.DEBUG if fault.reason == source.last_reason else logging.WARNING
        log.log(level, "%s: %s: %s", site.id, source.url, fault.reason)
        self._room.reports[site.id].fail(fault.reason)
        self._room.pace.failed(source.url)
        self._forget(source)
        await self._room.ask(
            lambda store: store.sources.failed(
                source.url,
                fault.reason,
                now=now,
                due_at=due_at,
                trouble=fault.trouble,
                weight=weight,
            )
        )
        self._settled(
            replace(
                source,
                due_at=due_at,
                failures=source.failures + 1,
                last_reason=fault.reason,
                health=strained,
            )
        )


def _asked_seconds(response: Response, source: Source, listing: Listing) -> float:
    """For how long the listing asks to be left alone."""
    if source.kind != "feed":
        return 0.0
    dates = [link.published.timestamp() for link in listing.links if link.published]
    return feed_seconds(response.body, dates)


def _succeeded(source: Source, now: datetime, due_at: datetime) -> Source:
    return replace(
        source, due_at=due_at, failures=0, last_success=now, last_reason=None, health=Health()
    )
