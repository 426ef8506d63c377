"""Asks a host only when it is this process's turn: one request at a time over all processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from spiders.answers import Resting, Settled, Unready
from spiders.connections import BriefHandler
from spiders.politeness import host_of

if TYPE_CHECKING:
    from spiders.newsroom import Newsroom
    from storage.hosts import Hosts
    from storage.sources import Wanted

PATIENCE_SECONDS = 90.0  # beyond the host's delay; another process's request ends within 30 s


class TurnsHandler(BriefHandler):
    """Asks behind the turns of `storage.hosts`: the last door before the network, which
    redirects and robots.txt go through too.
    """

    async def download_request(self, request: Request) -> Response:
        """Wait for the turn and ask; raises `Resting` for a host that wants to be left alone, and
        `Settled` for a page that was read by another process meanwhile.
        """
        spider: Any = self.crawler.spider
        hosts: Hosts | None = spider.room.hosts
        if hosts is None:
            return await super().download_request(request)
        host = host_of(request.url)
        delay = spider.delays.of(host)
        if delay is None:
            delay = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        await _turn(hosts, host, delay, partial(_is_settled, spider.room, request))
        try:
            return await super().download_request(request)
        finally:
            hosts.give_back(host)


async def _is_settled(room: Newsroom, request: Request) -> bool:
    """Whether a page that was wanted for being new or changed is wanted no more."""
    wanted: Wanted | None = request.cb_kwargs.get("wanted")
    if wanted is None or wanted.revisit:
        return False
    url = wanted.link.url
    return not await room.ask(lambda store: store.sources.wants(url))


async def _turn(
    hosts: Hosts, host: str, delay_seconds: float, is_settled: Callable[[], Awaitable[bool]]
) -> None:
    until = monotonic() + delay_seconds + PATIENCE_SECONDS
    while True:
        if await is_settled():
            raise Settled
        if rest := hosts.resting(host):
            raise Resting(timedelta(seconds=rest))
        wait = hosts.take(host, delay_seconds)
        if not wait:
            return
        if monotonic() + wait > until:
            raise Unready("another process asks that host without pause")
        await asyncio.sleep(wait)
