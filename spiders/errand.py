"""Fetches one page by hand, with the manners and the guard of the crawl."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from spiders.answers import fault_in, fault_of, header
from spiders.guard import Guard, GuardedResolver
from spiders.politeness import Delays
from spiders.sites import Site
from storage.hosts import Hosts


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as served, and the address that answered in the end."""

    url: str
    body: bytes
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Errands:
    """What the middlewares ask of a spider's newsroom."""

    guard: Guard
    hosts: Hosts | None = None  # turns at hosts, shared with a crawl

    def now(self) -> datetime:
        """The clock."""
        return datetime.now(UTC)


def fetch(url: str, sites: Iterable[Site], database: Path | None = None) -> Fetched | str:
    """Fetch one address; text is the reason why there is no page.

    `sites` say which private hosts are meant. Takes turns at the host with a crawl that works on
    `database`, if that exists. Runs Scrapy's engine, so once in a process.
    """
    sites = tuple(sites)
    if refusal := Guard(sites).refusal(url):
        return refusal
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict(
        {"LOG_ENABLED": False, "LOG_INSTALL_ROOT_HANDLER": False, "ITEM_PIPELINES": {}},
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(settings)
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)  # the outcome says what went wrong
    crawler = process.create_crawler(ErrandSpider)
    hosts = Hosts(database) if database and database.exists() else None
    process.crawl(crawler, url=url, sites=sites, hosts=hosts)
    process.start()
    if hosts:
        hosts.close()
    spider = cast("ErrandSpider | None", crawler.spider)
    return spider.outcome if spider else "nothing was asked"


class ErrandSpider(Spider):
    """Asks for one page, and keeps what came."""

    name = "errand"

    def __init__(self, url: str, sites: tuple[Site, ...], hosts: Hosts | None = None) -> None:
        super().__init__()
        self.url = url
        self.sites = sites
        self.room = Errands(Guard(sites), hosts)
        self.outcome: Fetched | str = "no answer"

    async def start(self) -> AsyncIterator[Request]:
        """Put the guard behind DNS, then ask."""
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

        resolver = GuardedResolver.from_crawler(self.crawler, reactor)
        resolver.guard = self.room.guard
        resolver.install_on_reactor()
        self.delays = Delays(self.crawler.engine.downloader.per_slot_settings)
        self.delays.name(self.sites)
        await asyncio.sleep(0)
        yield Request(self.url, callback=self.fetched, errback=self.failed)

    def rest(self, host: str, wait: timedelta) -> None:
        """A host that asks for a rest is not asked again anyway."""

    async def fetched(self, response: Response) -> None:
        """Keep the page, or the fault its status stands for."""
        if fault := fault_of(response, self.room.now()):
            self.outcome = fault.reason
        else:
            content_type = header(response, "Content-Type")
            self.outcome = Fetched(response.url, response.body, content_type)

    async def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        self.outcome = fault_in(failure.value or RuntimeError("no answer")).reason
