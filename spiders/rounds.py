"""Runs the crawl: for as long as the service lives, or for one round.

Both run Scrapy's engine once in this process, on the asyncio loop that Scrapy installs; Twisted's
reactor cannot be started again, so each may be called once in the life of a process.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
import time
from collections.abc import Callable, Collection, Coroutine
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from spiders.checkup import look_after
from spiders.news import NewsSpider
from spiders.newsroom import Newsroom
from spiders.outward import PLAIN, Outward
from spiders.pace.plan import POLLS_PER_SECOND
from spiders.report import SiteReport
from spiders.schedule import Schedule
from storage.errors import StoreError
from watch.folders import Folder

STOP_SECONDS = 0.5  # what requests under way may take at a stop before they are cut off
LOOK_SECONDS = 0.1  # how often a stop that comes from a thread is looked for

# What these say of a request that failed, the crawl says itself, in one line with the site.
CHATTER = {
    "apscheduler": logging.WARNING,
    "scrapy": logging.WARNING,
    "scrapy.core.downloader": logging.CRITICAL,
    "scrapy.downloadermiddlewares": logging.CRITICAL,
    "trafilatura": logging.CRITICAL,
    "twisted": logging.WARNING,
}

log = logging.getLogger(__name__)

Progress = Callable[[SiteReport], None]


def serve(
    database: Path,
    seeds: Path,
    topics: Folder,
    *,
    polls_per_second: float = POLLS_PER_SECOND,
    ready: Callable[[], None],
    stop: threading.Event,
) -> int:
    """Crawl all sites until SIGTERM, SIGINT or `stop`; return the exit status.

    `polls_per_second` is shared among all sources, each within its seed's limits.

    `ready` is called once the engine runs and the sources are planned. SIGHUP reads seeds and
    topics anew. Ends within three seconds, also when hosts hang: what was under way stays wanted.
    Raises StoreError or TopicError, with the remedy, before anything is asked of anyone.
    """
    room = Newsroom(database, seeds, topics, polls_per_second)
    process = _process()
    service = _Service(process, room, ready, stop)
    try:
        _run(process, service.run())
    finally:
        room.close()
    return service.status


def once(
    database: Path,
    seeds: Path,
    topics: Folder,
    site_ids: Collection[str],
    *,
    polls_per_second: float = POLLS_PER_SECOND,
    outward: Outward = PLAIN,
    progress: Progress | None = None,
) -> list[SiteReport]:
    """Crawl these sites once, all active ones if none is named, whether they are due or not.

    `progress` hears of a site's report whenever it changed, a few times a second. Raises KeyError
    for an id that is no active seed, StoreError and TopicError as `serve` does.
    """
    room = Newsroom(database, seeds, topics, polls_per_second)
    try:
        for site in site_ids:
            if site not in room.sites:
                raise KeyError(f"no active seed sites/{site}.toml")
        only = tuple(site_ids or room.sites)
        began = {site: room.reports[site] for site in only}
        process = _process()
        outward.apply(process.settings)
        _run(process, _round(process, room, only, progress))
    finally:
        room.close()
    return list(began.values())


async def _round(
    process: AsyncCrawlerProcess, room: Newsroom, only: tuple[str, ...], progress: Progress | None
) -> None:
    crawler = process.create_crawler(NewsSpider)
    stopping = asyncio.Event()
    _on_signals(stopping.set)
    crawl = process.crawl(crawler, room=room, only=only)
    stopped = asyncio.create_task(stopping.wait())
    told: dict[str, str] = {}
    start = time.monotonic()
    while not (crawl.done() or stopping.is_set()):
        await asyncio.wait({crawl, stopped}, timeout=0.2, return_when=asyncio.FIRST_COMPLETED)
        for site in only:
            report = room.reports[site]
            if told.get(site) == repr(report):
                continue
            report.seconds = time.monotonic() - start
            told[site] = repr(report)
            if progress:
                progress(report)
    await _end(crawler, crawl)
    stopped.cancel()


class _Service:
    """The long crawl, from the first plan to the last request."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        room: Newsroom,
        ready: Callable[[], None],
        stop: threading.Event,
    ) -> None:
        self.status = 0
        self._process = process
        self._room = room
        self._ready = ready
        self._stop = stop
        self._reloads: set[asyncio.Task[None]] = set()
        self._reloading = asyncio.Lock()

    async def run(self) -> None:
        schedule = Schedule(self._room)
        crawler = self._process.create_crawler(NewsSpider)
        opened = asyncio.Event()
        on_open = lambda **_: opened.set()  # noqa: E731 - signals hold their receivers weakly
        crawler.signals.connect(on_open, signals.engine_started)
        _on_signals(self._stop.set)
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, lambda: self._begin_reload(schedule, crawler))
        await schedule.begin()
        crawl = self._process.crawl(
            crawler, room=self._room, due=schedule.due, settled=schedule.settled
        )
        await _first(opened.wait(), crawl)
        chores: list[asyncio.Future[None]] = []
        if isinstance(crawler.spider, NewsSpider) and not crawl.done():
            chores.append(asyncio.ensure_future(crawler.spider.revisits.bring(schedule.due)))
            chores.append(asyncio.ensure_future(look_after(self._room)))
            self._ready()
        while not (self._stop.is_set() or crawl.done()):
            await asyncio.wait({crawl}, timeout=LOOK_SECONDS)
            schedule.mind_clock(time.time() - time.monotonic())
        if not self._stop.is_set():
            log.error("the crawl ended by itself")
            self.status = 1
        schedule.stop()
        for chore in chores:
            chore.cancel()
        await _end(crawler, crawl)

    def _begin_reload(self, schedule: Schedule, crawler: Crawler) -> None:
        task = asyncio.ensure_future(self._reload(schedule, crawler))
        self._reloads.add(task)
        task.add_done_callback(self._reloads.discard)

    async def _reload(self, schedule: Schedule, crawler: Crawler) -> None:
        async with self._reloading:
            self._room.reload()
            if isinstance(crawler.spider, NewsSpider):
                crawler.spider.sites_changed()
            try:
                await schedule.reload()
            except StoreError as error:
                log.error("the sources stay as they were: %s", error)
                return
        log.info("read the seeds anew: %d sites", len(self._room.sites))


def _process() -> AsyncCrawlerProcess:
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")  # the program has its own
    logging.disable(logging.INFO)  # it introduces itself while it sets its loggers up
    try:
        process = AsyncCrawlerProcess(settings)
    finally:
        logging.disable(logging.NOTSET)
    for name, level in CHATTER.items():
        logging.getLogger(name).setLevel(level)
    return process


def _run(process: AsyncCrawlerProcess, work: Coroutine[Any, Any, None]) -> None:
    """Run some work on Scrapy's loop and end the loop with it; its exception is raised here."""
    from twisted.internet import reactor  # noqa: PLC0415 - the process has installed it by now

    loop = asyncio.get_event_loop()
    task = loop.create_task(work)
    task.add_done_callback(lambda _: reactor.stop())  # type: ignore[misc]
    process.start(stop_after_crawl=False, install_signal_handlers=False)
    task.result()


def _on_signals(stop: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)


async def _first(*awaited: Coroutine[Any, Any, Any] | asyncio.Task[Any]) -> None:
    """Wait until one of these is over."""
    tasks = {asyncio.ensure_future(one) for one in awaited}
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


async def _end(crawler: Crawler, crawl: asyncio.Task[None]) -> None:
    """Stop a crawl: requests under way get `STOP_SECONDS`, then everything is cut off."""
    if not crawl.done():
        ending = asyncio.ensure_future(crawler.stop_async())
        await asyncio.wait({ending, crawl}, timeout=STOP_SECONDS)
        crawl.cancel()
        ending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await crawl
