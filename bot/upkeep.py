"""The store is kept in order beside delivery, a little at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from storage.desk import Desk
from storage.errors import StoreError

log = logging.getLogger("munadi.bot")

EVERY_SECONDS = 600.0
GIVE_WAY_SECONDS = 0.5  # between two batches


async def keep_up(desk: Desk, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Prune what is old until `stop`; what goes wrong is tried again at the next turn."""
    removed = 0
    while not stop.is_set():
        now, batch = clock(), 0
        try:
            batch = await desk.ask(lambda store, now=now: store.upkeep.prune(now))  # type: ignore[misc]
        except StoreError as error:
            log.warning("old rows stay for now: %s", error)
        removed += batch
        if not batch and removed:
            log.info("%d rows were older than they are kept", removed)
            removed = 0
        try:
            async with asyncio.timeout(GIVE_WAY_SECONDS if batch else EVERY_SECONDS):
                await stop.wait()
        except TimeoutError:
            continue
