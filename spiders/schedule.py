"""When each source is polled: one APScheduler job a source, rebuilt from the store at a start."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from spiders.newsroom import Newsroom
from storage.errors import StoreError
from storage.sources import Kind, Source, Wanted

CLOCK_SECONDS = 5.0  # clocks are trimmed by less all the time
GAP = timedelta(seconds=30)  # so late are polls only if the machine slept or the clock was set

log = logging.getLogger(__name__)


class Executor(AsyncIOExecutor):  # type: ignore[misc]
    """Lets jobs that came due end by themselves at a stop: each is one step, to cancel it an error.

    APScheduler's own logs a traceback for every job that it cancels.
    """

    def shutdown(self, wait: bool = True) -> None:
        """Cancel nothing."""


class Schedule:
    """Puts sources into `due` as their time comes. Lives on the running event loop.

    A source is either planned, with a job, or out being polled, and comes back by `settled`.
    """

    def __init__(self, room: Newsroom) -> None:
        self.due: asyncio.Queue[Source | Wanted] = asyncio.Queue()
        self._room = room
        self._jobs = AsyncIOScheduler(
            timezone=UTC,
            # A job that plans itself anew counts as running still when that comes due.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 10},
            executors={"default": Executor()},
        )
        self._active: dict[str, tuple[str, Kind]] = {}  # site and kind of all that a seed names
        self._out: set[str] = set()  # those being polled
        self._clock: float | None = None  # what the wall clock was ahead of a steady one
        self._pages: asyncio.Future[None] | None = None  # being told that the clock was put back

    async def begin(self) -> None:
        """Plan every source of the seeds as the store remembers it, and start."""
        self._jobs.start(paused=True)
        await self.reload()
        self._jobs.resume()

    async def reload(self) -> None:
        """Plan what the seeds name now: new sources at once, those that are gone no more."""
        known = self._active
        sources = await self._room.sync()
        now = self._room.now()  # after the store's: a new source must not look planned for later
        self._active = {source.url: (source.site, source.kind) for source in sources}
        for url in known.keys() - self._active.keys():
            self._forget(url)
        for source in sources:
            if source.url not in self._out and source.url not in known:
                self._plan(source, self._first(source, now))

    def _first(self, source: Source, now: datetime) -> datetime:
        new = source.last_success is None and source.failures == 0
        due_at = self._room.pace.first_poll(
            source.url, source.due_at.timestamp(), new, now.timestamp(), random.random
        )
        return datetime.fromtimestamp(due_at, UTC)

    def settled(self, source: Source) -> None:
        """A poll is over: plan the next one at its `due_at`."""
        self._out.discard(source.url)
        if source.url in self._active:
            self._plan(self._as_named(source), source.due_at)
            if source.failures == 1:
                self._stand_in(source)

    def _stand_in(self, failing: Source) -> None:
        """A source has begun to fail: ask its outlet's others as soon as each may be asked."""
        now = self._room.now()
        for url, seconds in self._room.pace.stand_ins(failing.url).items():
            if job := self._jobs.get_job(url):
                other: Source = job.args[0]
                soonest = max(now, (other.last_success or now) + timedelta(seconds=seconds))
                if soonest < job.trigger.run_date:
                    self._plan(other, soonest)

    def mind_clock(self, ahead_seconds: float) -> None:
        """Plan anew what waits if the wall clock was put back: a steady one ticks on, and
        `ahead_seconds` is what the wall clock is ahead of it.

        A clock that was put forward, or a machine that slept, shows by polls that come late.
        """
        if self._clock is not None and ahead_seconds < self._clock - CLOCK_SECONDS:
            back = timedelta(seconds=self._clock - ahead_seconds)
            log.warning("the clock was put back by %.0f s", back.total_seconds())
            for job in self._jobs.get_jobs():
                self._plan(job.args[0], job.trigger.run_date - back)
            self._pages = asyncio.ensure_future(self._put_back(back))
        self._clock = ahead_seconds

    async def _put_back(self, by: timedelta) -> None:
        try:
            await self._room.ask(lambda store: store.revisits.put_back(by))
        except StoreError as error:
            log.error("pages wait %.0f s longer than planned: %s", by.total_seconds(), error)

    def stop(self) -> None:
        """Plan nothing any more. Idempotent."""
        if self._jobs.running:
            self._jobs.shutdown(wait=False)

    def _plan(self, source: Source, at: datetime) -> None:
        self._jobs.add_job(
            self._bring,
            "date",
            run_date=at,
            args=[source, at],
            id=source.url,
            replace_existing=True,
        )

    async def _bring(self, source: Source, planned: datetime) -> None:
        """A coroutine, so that APScheduler runs it on the loop and not in a thread."""
        now = self._room.now()
        if now - planned > GAP:  # and with it everything else: spread it, as after a restart
            self._plan(source, self._first(replace(source, due_at=planned), now))
            return
        if source.url not in self._active:  # its seed went away just as it came due
            return
        self._out.add(source.url)
        self.due.put_nowait(self._as_named(source))

    def _as_named(self, source: Source) -> Source:
        """A source with the site and the kind that the seeds give it now."""
        site, kind = self._active[source.url]
        return replace(source, site=site, kind=kind)

    def _forget(self, url: str) -> None:
        with contextlib.suppress(JobLookupError):  # while it is polled there is none
            self._jobs.remove_job(url)
