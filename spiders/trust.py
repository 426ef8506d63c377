"""Whether a source is believed when it says that nothing has changed: some servers lie.

About once a day a 304 is followed at once by the same request without conditions. News in that
answer is news that the 304 had hidden: the source is then asked without conditions for a week, and
after that the first 304 is put to the test again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from zlib import crc32

from spiders.newsroom import Newsroom
from storage.audits import Audit
from storage.errors import StoreError
from storage.sources import Wanted

EVERY = timedelta(days=1)
DISTRUST = timedelta(days=7)

log = logging.getLogger(__name__)


class Trust:
    """The audits of all sources; kept in the store."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._audits: dict[str, Audit] = {}

    async def begin(self) -> None:
        """Remember what the store knows; without it every source is believed."""
        try:
            self._audits = await self._room.ask(lambda store: store.audits.known())
        except StoreError as error:
            log.error("%s", error)

    def believes(self, url: str, now: datetime) -> bool:
        """Whether the source may be asked with conditions."""
        audit = self._audits.get(url)
        until = audit.distrusted_until if audit else None
        return until is None or not now < until <= now + DISTRUST

    async def doubts(self, url: str, now: datetime) -> bool:
        """Whether the 304 that came just now is to be put to the test."""
        audit = self._audits.get(url)
        if audit is None:  # its first one: all that it lists was read not long ago
            await self._keep(url, Audit(audited_at=now))
            return False
        return not timedelta() <= now - audit.audited_at < EVERY * _spread(url)

    async def tested(self, url: str, asked_at: datetime, wanted: Iterable[Wanted]) -> None:
        """Take the answer to a request without conditions, made at `asked_at`, after a 304."""
        hidden = [one for one in wanted if not one.known and one.first_seen >= asked_at]
        until = asked_at + DISTRUST if hidden else None
        if hidden:
            log.warning("%s: its 304 hid %d articles: believed again in a week", url, len(hidden))
        await self._keep(url, Audit(audited_at=asked_at, distrusted_until=until))

    async def _keep(self, url: str, audit: Audit) -> None:
        self._audits[url] = audit
        try:
            await self._room.ask(lambda store: store.audits.write(url, audit))
        except StoreError as error:
            log.error("%s", error)


def _spread(url: str) -> float:
    """From 3/4 to 5/4, so that the sources of one start are not audited together."""
    return 0.75 + crc32(url.encode()) / 2**33
