"""robots.txt, obeyed as RFC 9309 says: kept for a day; a host that cannot show it is not asked."""

from __future__ import annotations

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from spiders.answers import Unready, fault_in
from storage.hosts import steady

KEPT_SECONDS = 86_400.0
RETRY_SECONDS = 5.0  # after it could not be read; polls back off by themselves
READ_BYTES = 500 * 1024  # what of a longer one counts, as RFC 9309 asks for at least
UNPACKED_BYTES = 32 * 1024 * 1024  # it may say that it is longer than any page may be
ENDLESS = "max redirections reached"  # as Scrapy says it


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, which keeps every answer for ever and takes an error for a permission."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._until: dict[str, float] = {}  # when each host's answer is asked for anew
        self._faults: dict[str, str] = {}  # why a host's robots.txt could not be read
        self._before: dict[str, RobotParser] = {}  # the last answers, for when there is none
        crawler.signals.connect(self._received, signal=signals.bytes_received)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Let through what is allowed; of robots.txt itself only the beginning is read."""
        if request.meta.get("dont_obey_robotstxt"):
            request.meta["download_maxsize"] = UNPACKED_BYTES
            request.meta["robots_bytes"] = 0
        await super().process_request(request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """What the host of a request allows, read if that is not known or too long ago."""
        host = urlparse_cached(request).netloc
        if steady() > self._until.get(host, float("inf")):
            for kept in (self._until, self._faults, self._parsers):
                kept.pop(host, None)
        return await super().robot_parser(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise IgnoreRequest for what is forbidden, `Unready` while that cannot be known."""
        if fault := self._faults.get(urlparse_cached(request).netloc):
            raise Unready(f"robots.txt: {fault}")
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            raise Unready(f"HTTP {response.status}")
        whole = response.status < 300  # else there is none: everything is allowed
        body = response.body[:READ_BYTES] if whole else b""
        if len(response.body) > len(body) and b"\n" in body:
            body = body[: body.rindex(b"\n")]  # half a rule forbids too much
        self._until[netloc] = steady() + KEPT_SECONDS
        await super()._parse_robots(response.replace(body=body), netloc, request)
        if isinstance(read := self._parsers[netloc], RobotParser):
            self._before[netloc] = read

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """What was read before holds on while nothing can be read; RFC 9309, 2.4."""
        self._until[netloc] = steady() + RETRY_SECONDS
        before = self._before.get(netloc)
        if before is None and ENDLESS not in str(exc):
            self._faults[netloc] = fault_in(exc).reason
        waiting, self._parsers[netloc] = self._parsers[netloc], before
        if isinstance(waiting, Deferred):
            waiting.callback(before)

    def _received(self, data: bytes, request: Request) -> None:
        received = request.meta.get("robots_bytes")
        if received is not None:
            request.meta["robots_bytes"] = received + len(data)
            if received + len(data) > READ_BYTES:
                raise StopDownload(fail=False)
