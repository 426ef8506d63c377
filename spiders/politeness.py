"""One request per host at a time, with the seed's delay between two, over all rounds.

A host is a name with its port; http and https of one name are one host.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterable
from functools import lru_cache
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from spiders.answers import fault_of
from spiders.sites import Site

CRAWL_DELAY_MAX_SECONDS = 300.0  # a robots.txt that asks for more means "rarely", not "never"


@lru_cache(maxsize=1024)  # one request asks for it nine times
def host_of(url: str) -> str:
    """The host an address is asked of: its name, with the port where it is not the usual one."""
    parts = urlsplit(url)
    name = (parts.hostname or "").rstrip(".")
    return name if parts.port in (None, 80, 443) else f"{name}:{parts.port}"


class Delays:
    """Seconds between two requests to a host: the seed's, or the Crawl-delay of its robots.txt."""

    def __init__(self, slots: dict[str, dict[str, Any]]) -> None:
        self._slots = slots  # the downloader's own table, read when a host is first asked
        self._robots: dict[str, float] = {}

    def name(self, sites: Iterable[Site]) -> None:
        """Take the delays of these seeds; a host of two sites gets the longer one."""
        self._slots.clear()
        for site in sites:
            urls = [site.home, *(url for url, _ in site.sources)]
            urls += [f"https://{host}/" for host in site.hosts]
            for host in map(host_of, urls):
                self._set(host, max(site.poll.delay_seconds, self.of(host) or 0.0))

    def of(self, host: str) -> float | None:
        """The delay of a host, None where no seed names it."""
        slot = self._slots.get(host)
        return None if slot is None else float(slot["delay"])

    def obey(self, host: str, crawl_delay: float) -> float:
        """Lengthen a host's delay to what its robots.txt asks for; return what it is now."""
        self._robots[host] = min(crawl_delay, CRAWL_DELAY_MAX_SECONDS)
        delay = max(self.of(host) or 0.0, self._robots[host])
        self._set(host, delay)
        return delay

    def _set(self, host: str, delay: float) -> None:
        delay = max(delay, self._robots.get(host, 0.0))
        self._slots[host] = {"concurrency": 1, "delay": delay, "jitter": 0.0}


class HostScheduler(BaseScheduler):
    """Scrapy's queue, which hands out one request per host at a time, the most urgent first.

    Scrapy's own queues fill the downloader with the requests of one slow host while others wait.

    Nothing is handed out while as many answers wait to be read or settled as requests may be made
    at once. Scrapy counts those by their bytes alone, and thousands of short answers cost far more
    than their bytes; what waits here is small, and in order.
    """

    def __init__(
        self, is_active: Callable[[Request], bool], is_full: Callable[[], bool] = lambda: False
    ) -> None:
        self._is_active = is_active
        self._is_full = is_full
        self._waiting: dict[str, list[tuple[int, int, Request]]] = {}
        self._hosts: list[tuple[int, int, str]] = []  # free hosts with something waiting
        self._busy: dict[str, Request] = {}  # what each host is asked just now
        self._order = itertools.count()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        most = crawler.settings.getint("CONCURRENT_REQUESTS")
        asked, scraper = crawler.engine.downloader.active, crawler.engine.scraper

        def is_full() -> bool:
            return scraper.slot is not None and len(scraper.slot.active) >= most

        return cls(asked.__contains__, is_full)

    def has_pending_requests(self) -> bool:
        """Whether anything waits."""
        return bool(self._waiting)

    def enqueue_request(self, request: Request) -> bool:
        """Let a request wait for its host."""
        host = host_of(request.url)
        queue = self._waiting.setdefault(host, [])
        heapq.heappush(queue, (-request.priority, next(self._order), request))
        if host not in self._busy and queue[0][2] is request:
            heapq.heappush(self._hosts, (*queue[0][:2], host))
        return True

    def next_request(self) -> Request | None:
        """The most urgent request of a host that is not being asked anything, if there is one."""
        if self._is_full():
            return None
        for host in [host for host, sent in self._busy.items() if not self._is_active(sent)]:
            del self._busy[host]
            if queue := self._waiting.get(host):
                heapq.heappush(self._hosts, (*queue[0][:2], host))
        while self._hosts:
            _, _, host = heapq.heappop(self._hosts)
            if host in self._busy or host not in self._waiting:
                continue  # listed twice: a more urgent request came after the first
            queue = self._waiting[host]
            request = heapq.heappop(queue)[2]
            if not queue:
                del self._waiting[host]
            self._busy[host] = request
            return request
        return None

    def drop(self, host: str) -> list[Request]:
        """Forget what waits for a host, and return it."""
        return [request for _, _, request in sorted(self._waiting.pop(host, []))]


class PolitenessMiddleware:
    """Counts every request, robots.txt and redirects included, with the host it goes to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self._left, signal=signals.request_left_downloader)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Name the slot by what is asked now: a redirect would keep the slot of its first hop."""
        request.meta["download_slot"] = host_of(request.url)

    def process_response(self, request: Request, response: Response) -> Response:
        """Hear a Retry-After before anything else is sent to that host."""
        spider: Any = self._crawler.spider
        fault = fault_of(response, spider.room.now())
        if fault is not None and fault.retry_after:
            spider.rest(host_of(request.url), fault.retry_after)
        return response

    def _left(self, request: Request) -> None:
        """Count the delay from the end of a request: what the host sees must not be shorter."""
        if slot := self._crawler.engine.downloader.slots.get(host_of(request.url)):
            slot.lastseen = monotonic()

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        agent = self._crawler.settings["USER_AGENT"]
        asked = robotparser.crawl_delay(agent)
        if not asked:
            return
        host = host_of(request.url)
        delay = self._crawler.spider.delays.obey(host, asked)  # type: ignore[union-attr]
        if slot := self._crawler.engine.downloader.slots.get(host):
            slot.delay = delay


class PlainRedirectMiddleware(RedirectMiddleware):
    """Scrapy's, which tells no host where we came from."""

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002
        """Send none."""
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """Scrapy's would look for a middleware that is not there, and warn."""
