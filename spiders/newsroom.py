"""What a crawl works with: the store's desk, the seeds, the topics, the guard and the reports."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from spiders.guard import Guard
from spiders.pace.plan import POLLS_PER_SECOND, Pace
from spiders.pace.rates import Habit
from spiders.report import Reports
from spiders.sites import Site, load
from storage.desk import Desk
from storage.errors import StoreBusy, StoreError
from storage.hosts import Hosts
from storage.sources import Source
from storage.store import Store
from watch.errors import TopicError
from watch.folders import Folder
from watch.topics import Topics
from watch.topics import load as load_topics

log = logging.getLogger(__name__)

T = TypeVar("T")
P = ParamSpec("P")
BUSY_TRIES = 6  # each waits for the lock as long as the store's busy timeout


@dataclass(slots=True)
class Watched:
    """Topics, and up to which revision the readers' lines are among them."""

    topics: Topics
    revision: int = 0


class Newsroom:
    """Opened once for a crawl, closed once after it. Not for use from several event loops."""

    def __init__(
        self,
        database: Path,
        seeds: Path,
        topics: Folder,
        polls_per_second: float = POLLS_PER_SECOND,
    ) -> None:
        """Read the seeds and open the store; raises StoreError or TopicError with the remedy."""
        self._folders = seeds, topics
        self._watched = Watched(load_topics(topics))
        self.sites: dict[str, Site] = {}
        self.guard = Guard()
        self.pace = Pace(polls_per_second)
        self.reports = Reports()
        self.desk = Desk(database)
        self.hosts = Hosts(database)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
        self._read_seeds()

    def now(self) -> datetime:
        """The one clock of a crawl."""
        return datetime.now(UTC)

    def reload(self) -> None:
        """Read seeds and topics anew; topics that cannot be used leave the old ones in force."""
        self._read_seeds()
        try:
            self._watched = Watched(load_topics(self._folders[1]))
        except TopicError as error:
            log.error("the topics stay as they were: %s", error)

    def topics(self, store: Store) -> Topics:
        """The topics in force now: the seeds' and every line that readers saved. On the desk only.

        What was saved since the last article is compiled here, a fraction of a millisecond a line.
        """
        watched = self._watched  # a reload may put another in its place meanwhile
        if store.watches.revision() != watched.revision:
            watched.revision = store.watches.bring_up(watched.topics, watched.revision)
        return watched.topics

    def _read_seeds(self) -> None:
        """Take the sites of the seeds; what was read before stays in the place of a broken one."""
        sites = load(self._folders[0])
        for error in sites.errors:
            log.error("%s", error)
        active = {site.id: site for site in sites.active()}
        broken = {Path(error.file).stem for error in sites.errors} if active else set(self.sites)
        kept = {key: site for key, site in self.sites.items() if key in broken - active.keys()}
        if kept:
            log.error("in force as they were before: the seeds of %s", ", ".join(kept))
        self.sites = active | kept
        self.guard.name(self.sites.values())

    async def sync(self) -> list[Source]:
        """Tell the store and the pace which sources there are, and get them with their state."""
        sites = self.sites  # a reload may put others in their place while the store is asked
        wanted = [(site.id, url, kind) for site in sites.values() for url, kind in site.sources]
        sources = await self.ask(lambda store: store.sources.sync(wanted, self.now()))
        self.pace.keep([source.url for source in sources])
        for source in sources:
            poll = sites[source.site].poll
            limits = poll.min_seconds, poll.max_seconds
            self.pace.know(source.url, source.site, Habit.read(source.habit), *limits)
            if source.failures:
                self.pace.failed(source.url)
        return [replace(source, habit=None) for source in sources]  # the pace has it

    async def ask(self, work: Callable[[Store], T]) -> T:
        """Have the desk do some work, and wait while another process holds the database.

        Raises StoreError when it cannot be used, or stays locked for half a minute.
        """
        for _ in range(BUSY_TRIES - 1):
            try:
                return await self.desk.ask(work)
            except StoreBusy as error:
                log.warning("%s", error)
        return await self.desk.ask(work)

    async def aside(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do slow reading on the one reading thread: more threads would only be slower."""
        future = self._thread.submit(work, *args, **kwargs)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Finish what was handed to the desk and close the store. Idempotent."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self.hosts.close()
        try:
            self.desk.close()
        except StoreError as error:
            log.error("%s", error)
