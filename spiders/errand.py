"""Fetches pages by hand, as a command needs them, with the manners and the guard of the crawl."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from spiders.answers import fault_in, fault_of, header
from spiders.guard import Guard
from spiders.manners import MannerlySpider
from spiders.outward import PLAIN, Outward
from spiders.sites import Site
from storage.hosts import Hosts


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as served, and the address that answered in the end."""

    url: str
    body: bytes
    content_type: str | None


T = TypeVar("T")
Ask = Callable[[str], Awaitable[Fetched | str]]
Work = Callable[[Ask], Awaitable[T]]


@dataclass(frozen=True, slots=True)
class Errands:
    """What the middlewares ask of a spider's newsroom."""

    guard: Guard
    hosts: Hosts | None = None  # turns at hosts, shared with a crawl

    def now(self) -> datetime:
        """The clock."""
        return datetime.now(UTC)


def fetch(
    url: str, sites: Iterable[Site], database: Path | None = None, outward: Outward = PLAIN
) -> Fetched | str:
    """Fetch one address; text is the reason why there is no page. As `run` does."""
    sites = tuple(sites)
    return Guard(sites).refusal(url) or run(lambda ask: ask(url), sites, database, outward)


def run(
    work: Work[T], sites: Iterable[Site], database: Path | None = None, outward: Outward = PLAIN
) -> T:
    """Do some work that asks for pages; text instead of a page is the reason why there is none.

    Hosts are asked side by side, each one thing at a time. `sites` say which private hosts are
    meant. Takes turns at hosts with a crawl that works on `database`, if that exists. Runs Scrapy's
    engine, so once in a process; what the work raises is raised here.
    """
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict(
        {
            "LOG_ENABLED": False,
            "LOG_INSTALL_ROOT_HANDLER": False,
            "ITEM_PIPELINES": {},
            "SPIDER_LOADER_CLASS": "scrapy.spiderloader.SpiderLoader",  # no seed need be well
        },
        priority="cmdline",
    )
    outward.apply(settings)
    process = AsyncCrawlerProcess(settings)
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)  # the outcomes say what went wrong
    crawler = process.create_crawler(ErrandSpider)
    hosts = Hosts(database) if database and database.exists() else None
    try:
        process.crawl(crawler, work=work, sites=tuple(sites), hosts=hosts)
        process.start()
    finally:
        if hosts:
            hosts.close()
    spider = cast("ErrandSpider | None", crawler.spider)
    if spider is None or spider.task is None or not spider.task.done():
        raise KeyboardInterrupt  # the engine ends before its work only when it is told to
    return cast("T", spider.task.result())


class ErrandSpider(MannerlySpider):
    """Asks for what its work wants, and hands it what came."""

    name = "errand"

    def __init__(
        self, work: Work[Any], sites: tuple[Site, ...], hosts: Hosts | None = None
    ) -> None:
        super().__init__()
        self.room = Errands(Guard(sites), hosts)
        self.task: asyncio.Future[Any] | None = None
        self._work = work
        self._sites = sites
        self._wanted: asyncio.Queue[Request] = asyncio.Queue()

    async def start(self) -> AsyncIterator[Request]:
        """Put the guard behind DNS, then ask for as long as the work goes on."""
        self.take_over(self.room.guard, self._sites)
        self.task = asyncio.ensure_future(self._work(self.ask))
        while not self.task.done():
            wanted = asyncio.ensure_future(self._wanted.get())
            await asyncio.wait({wanted, self.task}, return_when=asyncio.FIRST_COMPLETED)
            if wanted.done():
                yield wanted.result()
            wanted.cancel()

    async def ask(self, url: str) -> Fetched | str:
        """Ask for one page; text is the reason why there is none."""
        if refusal := self.room.guard.refusal(url):
            return refusal
        answer: asyncio.Future[Fetched | str] = asyncio.get_running_loop().create_future()
        request = Request(
            url, callback=self.fetched, errback=self.failed, cb_kwargs={"answer": answer}
        )
        self._wanted.put_nowait(request)
        return await answer

    def rest(self, host: str, wait: timedelta) -> None:
        """Leave a host alone that asks for it, also for a crawl that runs beside this."""
        if self.room.hosts:
            self.room.hosts.rest(host, wait.total_seconds())

    async def fetched(self, response: Response, answer: asyncio.Future[Fetched | str]) -> None:
        """Hand on the page, or the fault its status stands for."""
        if fault := fault_of(response, self.room.now()):
            answer.set_result(fault.reason)
        else:
            content_type = header(response, "Content-Type")
            answer.set_result(Fetched(response.url, response.body, content_type))

    async def failed(self, failure: Failure) -> None:
        """Hand on the reason."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("no answer")
        misled = self.room.guard.misled(request.url)
        request.cb_kwargs["answer"].set_result(misled or fault_in(error).reason)
