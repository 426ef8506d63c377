"""The spider: polls sources with our validators, fetches what is unseen, yields articles.

One class serves the long crawl of all sites, fed by a queue, and one round of some sites.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders.answers import Fault, Resting, Settled, fault_in, fault_of, header
from spiders.guard import Refused
from spiders.heads import HEAD
from spiders.listing.entries import MAX_BYTES
from spiders.manners import MannerlySpider
from spiders.newsroom import Newsroom
from spiders.pace import retries
from spiders.pages import read_page
from spiders.politeness import host_of
from spiders.polls import Polls
from spiders.revisits import Revisits
from spiders.trust import Trust
from spiders.walks import Walk
from storage.errors import StoreError
from storage.sources import Source, Wanted
from storage.store import Store
from watch.folders import Overlaid
from watch.records import Article

if TYPE_CHECKING:
    from spiders.politeness import HostScheduler

log = logging.getLogger(__name__)

ALERTING, POLL, SILENT, KNOWN = 20, 10, 0, -10  # priorities: what readers wait for comes first


class NewsSpider(MannerlySpider):
    """Reads the news of the sites in its newsroom.

    With a queue it polls what the queue brings and never ends; without, it polls every source of
    the sites in `only` (of all, if empty) once and ends. `settled` hears of every poll that is
    over, with the source as it is now.
    """

    name = "news"
    only: tuple[str, ...] = ()

    def __init__(
        self,
        room: Newsroom,
        *,
        due: asyncio.Queue[Source | Wanted] | None = None,
        settled: Callable[[Source], None] = lambda _: None,
        only: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__()
        self.room = room
        self.due = due
        self.only = self.only if only is None else only
        self.in_flight: dict[str, Wanted] = {}  # links being fetched or read, by address
        self.revisits = Revisits(room, self.in_flight)
        self._settled = settled
        self._polls = Polls(room, settled)
        self._trust = Trust(room)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make one; without a newsroom it opens its own, as the settings say."""
        if "room" not in kwargs:
            database, seeds = (Path(crawler.settings[f"MUNADI_{name}"]) for name in ("DB", "SEEDS"))
            topics = Overlaid(tuple(map(Path, crawler.settings.getlist("MUNADI_TOPICS"))))
            kwargs["room"] = room = Newsroom(database, seeds, topics)
            crawler.signals.connect(lambda **_: room.close(), signals.spider_closed, weak=False)
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Request]:
        """Yield the polls: those that are due as they come, or one round now."""
        self.take_over(self.room.guard, self.room.sites.values())
        await self._trust.begin()
        if self.due is None:
            for source in await self.room.sync():
                if not self.only or source.site in self.only:
                    yield self._poll(source)
            return
        while True:
            if request := await self._next(await self.due.get()):
                yield request

    async def _next(self, due: Source | Wanted) -> Request | None:
        """The request for what has come due; None while its host rests."""
        url = due.url if isinstance(due, Source) else due.link.url
        rest = timedelta(seconds=self.room.hosts.resting(host_of(url)))
        if isinstance(due, Source):
            if not rest:
                return self._poll(due)
            self._settled(replace(due, due_at=self.room.now() + rest))
            return None
        if not rest:
            return self._page(due)
        await self.no_article(due, fault_in(Resting(rest)))
        return None

    def sites_changed(self) -> None:
        """Take the manners of the newsroom's sites, after a reload."""
        self.name_sites(self.room.guard, self.room.sites.values())

    def _poll(self, source: Source, walk: Walk | None = None, *, whole: bool = False) -> Request:
        """The request for a source, or for the next map of its walk; the `whole` of it if its word
        that nothing has changed is not to be taken.
        """
        whole = whole or not self._trust.believes(source.url, self.room.now())
        conditions = walk.conditions() if walk else _conditions(source)
        return Request(
            walk.todo[0].url if walk else source.url,
            callback=self.polled,
            errback=self.poll_failed,
            headers=None if whole else conditions,
            priority=POLL,
            cb_kwargs={"source": source, "walk": walk},
            meta={HEAD: MAX_BYTES},
        )

    async def polled(
        self,
        response: Response,
        source: Source,
        walk: Walk | None = None,
        doubted_at: datetime | None = None,
    ) -> AsyncIterator[Request]:
        """Settle a poll and yield what it found to fetch, or what else is part of it.

        A 304 that is `doubted` is not settled: the same is asked again without conditions.
        """
        site, now = self.room.sites.get(source.site), self.room.now()
        if site is None:  # its seed went away while the poll was under way
            self._settled(source)
            return
        if response.status == 304 and not walk and await self._trust.doubts(source.url, now):
            again = self._poll(source, whole=True)
            again.cb_kwargs["doubted_at"] = now
            yield again
            return
        found = await self._polls.answered(response, source, site, walk)
        if doubted_at and response.status == 200:
            listed = [] if isinstance(found, Walk) else found
            await self._trust.tested(source.url, doubted_at, listed)
        for request in self._asked(source, found):
            yield request

    def _asked(self, source: Source, found: list[Wanted] | Walk) -> Iterator[Request]:
        """What a poll leads to: the next map of an index, or the pages that it found."""
        if isinstance(found, Walk):
            yield self._poll(source, found)
            return
        for wanted in found:
            url = wanted.link.url
            if url in self.in_flight or self.room.hosts.resting(host_of(url)):
                continue
            self.in_flight[url] = wanted
            yield self._page(wanted)

    async def poll_failed(self, failure: Failure) -> AsyncIterator[Request]:
        """Settle a poll that got no answer, or go on without one map of it."""
        asked = failure.request.cb_kwargs  # type: ignore[attr-defined]
        source: Source = asked["source"]
        site = self.room.sites.get(source.site)
        if site is None:
            self._settled(source)
            return
        fault = self._fault_in(failure, site.id)
        for request in self._asked(
            source, await self._polls.failed(source, site, fault, asked["walk"])
        ):
            yield request

    def _page(self, wanted: Wanted) -> Request:
        told = ALERTING if wanted.alerts else SILENT
        return Request(
            wanted.link.url,
            callback=self.fetched,
            errback=self.page_failed,
            headers=_conditions(wanted) if wanted.known else None,
            priority=KNOWN if wanted.known else told,
            cb_kwargs={"wanted": wanted},
        )

    async def fetched(self, response: Response, wanted: Wanted) -> AsyncIterator[Article]:
        """Read a page and yield its article, or give the link up with the reason."""
        site, now = self.room.sites.get(wanted.site), self.room.now()
        if site is None:
            self.done(wanted.link.url)
            return
        if response.status == 304 and wanted.known:
            await self._as_it_was(wanted)
            return
        if fault := fault_of(response, now):
            await self.no_article(wanted, fault)
            return
        self.in_flight[wanted.link.url] = replace(
            wanted,
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
        )
        try:
            read = await self.room.aside(read_page, response, site, wanted, now)
        except Exception as error:  # a bug in reading one page must not lose the others
            log.exception("reading %s failed within", response.url)
            read = f"{type(error).__name__} while reading"
        if isinstance(read, Article):
            yield read
        else:
            await self.no_article(wanted, Fault(read, patience=timedelta()))

    async def page_failed(self, failure: Failure) -> None:
        """Settle a link that got no answer."""
        wanted: Wanted = failure.request.cb_kwargs["wanted"]  # type: ignore[attr-defined]
        if isinstance(failure.value, Settled):
            self.done(wanted.link.url)
            return
        await self.no_article(wanted, self._fault_in(failure, wanted.site))

    async def _as_it_was(self, wanted: Wanted) -> None:
        """A page that was asked for again has not changed."""
        url, now = wanted.link.url, self.room.now()

        def settle(store: Store) -> None:
            store.sources.read(url)
            store.revisits.read(url, now, None)

        await self._tell(url, settle)

    async def no_article(self, wanted: Wanted, fault: Fault) -> None:
        """Give a link up, or want it again later."""
        url, now = wanted.link.url, self.room.now()
        log.info("%s: %s: %s", wanted.site, url, fault.reason)
        if wanted.revisit:
            wait = retries.bounded(fault.retry_after)
            await self._tell(
                url, lambda store: store.revisits.missed(url, now, gone=fault.gone, wait=wait)
            )
            return
        retry_at = retries.page_retry(wanted.first_seen, now, fault.patience, fault.retry_after)
        self.room.reports[wanted.site].miss(fault.reason)
        await self._tell(
            url,
            lambda store: store.sources.unreadable(url, fault.reason, retry_at=retry_at),
        )

    async def _tell(self, url: str, settle: Callable[[Store], None]) -> None:
        """Tell the store what became of a link, which is then under way no longer."""
        try:
            await self.room.ask(settle)
        except StoreError as error:
            log.error("%s stays wanted: %s", url, error)
        self.done(url)

    def _fault_in(self, failure: Failure, site: str) -> Fault:
        error = failure.value or RuntimeError("no answer")
        if misled := self.room.guard.misled(failure.request.url):  # type: ignore[attr-defined]
            error = Refused(misled)
        self.room.reports[site].refused += isinstance(error, Refused)
        return fault_in(error)

    def rest(self, host: str, wait: timedelta) -> None:
        """Leave a host alone for as long as it asked to be; what waited for it stays wanted."""
        wait = retries.bounded(wait)
        self.room.hosts.rest(host, wait.total_seconds())
        until = self.room.now() + wait
        scheduler = cast("HostScheduler", self.crawler.engine.scheduler)
        for request in scheduler.drop(host):
            if wanted := request.cb_kwargs.get("wanted"):
                self.done(wanted.link.url)
            else:
                self._settled(replace(request.cb_kwargs["source"], due_at=until))

    def done(self, url: str) -> None:
        """This link is under way no longer, whatever became of it."""
        self.in_flight.pop(url, None)


def _conditions(asked: Source | Wanted) -> dict[str, bytes]:
    """The headers that ask only for what has changed."""
    headers = {"If-None-Match": asked.etag, "If-Modified-Since": asked.last_modified}
    return {name: value.encode("latin-1") for name, value in headers.items() if value}
