"""Scrapy's way to fetch, with connections closed soon after their last answer."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler

IDLE_SECONDS = 10  # an article is fetched right after the poll that found it; the next poll is not


class BriefHandler(HTTP11DownloadHandler):
    """Keeps a connection for what follows at once, not until the next poll.

    Scrapy keeps idle ones for four minutes: with thousands of hosts as many descriptors would be
    open, more than many systems allow a process.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.cachedConnectionTimeout = IDLE_SECONDS
