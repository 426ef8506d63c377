"""Asks a host only when it is this process's turn: one request at a time over all processes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from spiders.answers import Resting, Unready
from spiders.connections import BriefHandler
from spiders.politeness import host_of

if TYPE_CHECKING:
    from storage.hosts import Hosts

PATIENCE_SECONDS = 90.0  # beyond the host's delay; another process's request ends within 30 s


class TurnsHandler(BriefHandler):
    """Asks behind the turns of `storage.hosts`: the last door before the network, which
    redirects and robots.txt go through too.
    """

    async def download_request(self, request: Request) -> Response:
        """Wait for the turn and ask; raises `Resting` for a host that wants to be left alone."""
        spider = self.crawler.spider
        hosts: Hosts | None = spider.room.hosts  # type: ignore[union-attr]
        if hosts is None:
            return await super().download_request(request)
        host = host_of(request.url)
        delay = spider.delays.of(host)  # type: ignore[union-attr]
        if delay is None:
            delay = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        await _turn(hosts, host, delay)
        try:
            return await super().download_request(request)
        finally:
            hosts.give_back(host)


async def _turn(hosts: Hosts, host: str, delay_seconds: float) -> None:
    until = monotonic() + delay_seconds + PATIENCE_SECONDS
    while True:
        if rest := hosts.resting(host):
            raise Resting(timedelta(seconds=rest))
        wait = hosts.take(host, delay_seconds)
        if not wait:
            return
        if monotonic() + wait > until:
            raise Unready("another process asks that host without pause")
        await asyncio.sleep(wait)
