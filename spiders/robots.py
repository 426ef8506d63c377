"""robots.txt, obeyed as RFC 9309 says: kept for a day; a host that cannot show it is not asked."""

from __future__ import annotations

from time import monotonic

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from spiders.answers import Unready, fault_in

KEPT_SECONDS = 86_400.0
RETRY_SECONDS = 5.0  # after it could not be read; polls back off by themselves


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, which keeps every answer for ever and takes an error for a permission."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._until: dict[str, float] = {}  # when each host's answer is asked for anew
        self._faults: dict[str, str] = {}  # why a host's robots.txt could not be read

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """What the host of a request allows, read if that is not known or too long ago."""
        host = urlparse_cached(request).netloc
        if monotonic() > self._until.get(host, float("inf")):
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
        if response.status >= 300:  # there is none: everything is allowed
            response = response.replace(body=b"")
        self._until[netloc] = monotonic() + KEPT_SECONDS
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._until[netloc] = monotonic() + RETRY_SECONDS
        self._faults[netloc] = fault_in(exc).reason
        super()._robots_error(exc, netloc)
