"""Brings told articles back to be read again, when nothing that is new waits for their site."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from spiders.newsroom import Newsroom
from storage.errors import StoreError
from storage.sources import Source, Wanted

if TYPE_CHECKING:
    from collections.abc import MutableMapping

LOOK_SECONDS = 2.0
SHARE = 0.1  # of the budget of polls; polls get what is not used

log = logging.getLogger(__name__)


class Revisits:
    """One visit a site at a time, and none while the site has any page to fetch: so a day's visits
    that are all due after a pause come one by one.
    """

    def __init__(self, room: Newsroom, in_flight: MutableMapping[str, Wanted]) -> None:
        self._room = room
        self._in_flight = in_flight  # of the crawl, by address

    async def bring(self, due: asyncio.Queue[Source | Wanted]) -> None:
        """Put the pages to visit into the queue as their time comes, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                found = await self._due()
            except StoreError as error:
                log.error("no article is visited again just now: %s", error)
                continue
            for wanted in found:
                self._in_flight[wanted.link.url] = wanted
                due.put_nowait(wanted)

    async def _due(self) -> list[Wanted]:
        now = self._room.now()
        busy = {wanted.site for wanted in self._in_flight.values()}
        sites = self._room.sites.keys() - busy
        limit = max(1, round(self._room.pace.polls_per_second * SHARE * LOOK_SECONDS))
        found = await self._room.ask(lambda store: store.revisits.due(now, sites, limit))
        self._room.pace.visited(len(found))
        return [wanted for wanted in found if wanted.link.url not in self._in_flight]
