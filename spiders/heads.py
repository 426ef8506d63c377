"""Of a listing that is too long, the beginning is read: Scrapy would give it up whole."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response

HEAD = "head_bytes"  # in a request's meta: so much of the answer is enough


class HeadMiddleware:
    """Stops an answer when enough of it came, for requests that say so."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        middleware = cls()
        crawler.signals.connect(middleware.received, signal=signals.bytes_received)
        return middleware

    def process_request(self, request: Request) -> None:
        """Let the answer be as long as it says it is, and begin to count."""
        if HEAD in request.meta:
            request.meta["download_maxsize"] = 0
            request.meta["head_left"] = request.meta[HEAD]

    def received(self, data: bytes, request: Request, **_: Any) -> None:
        """Count, and raise `StopDownload` when it is enough."""
        if "head_left" in request.meta:
            request.meta["head_left"] -= len(data)
            if request.meta["head_left"] < 0:
                raise StopDownload(fail=False)

    def process_response(self, request: Request, response: Response) -> Response:
        """What is unpacked later is bounded as ever."""
        if HEAD in request.meta:
            request.meta.pop("download_maxsize", None)
        return response
