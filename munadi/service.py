"""`munadi run`: the bot here, the crawl in a child; a worker that dies or outgrows is replaced."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rich.console import Console

from munadi.settings import CrawlSettings, Settings
from munadi.worker import REFUSED
from spiders.sites import load_usable
from storage.locks import role_lock
from storage.store import Store
from watch.topics import Topics, load

STOP_SECONDS = 3.0  # what a stop may take before the worker is killed; the contract allows 5
MEMORY_LIMIT_BYTES = 512 * 1024 * 1024  # a worker that outgrows this is replaced
WATCH_SECONDS = 5.0
RESTART_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)  # waits after deaths in a row
LOCK_SECONDS = 0.3  # whoever looks who runs may hold the lock for an instant
STEADY_SECONDS = 60.0  # a worker that lived this long died for a new reason

log = logging.getLogger("munadi.service")


Role = Literal["crawl", "bot"]


async def serve(settings: Settings, roles: frozenset[Role]) -> int:
    """Play the roles until SIGTERM or SIGINT; return the exit status. SIGHUP reads the seeds anew.

    Logs a line with the word `ready` once every role runs. Raises `StoreError`, `TopicError` or
    `SeedError` when the database, the topics or all seeds cannot be used, before anything starts.
    """
    stop = asyncio.Event()
    stop_on_signals(stop)
    on_signal = asyncio.get_running_loop().add_signal_handler
    on_signal(signal.SIGHUP, lambda: None)  # without a worker there are no seeds to read anew
    Store(settings.db).close()  # migrates, or says what is wrong before any child is started
    topics = load(settings.topic_seeds)
    if "crawl" in roles:
        load_usable(settings.seeds)
    waiting = set(roles)

    def ready(role: Role) -> None:
        if role in waiting:
            waiting.discard(role)
            log.info("the %s half runs", role)
            if not waiting:
                log.info("ready")

    halves = []
    with ExitStack() as held:
        if "bot" in roles:
            held.enter_context(role_lock(settings.db, "bot", LOCK_SECONDS))
            halves.append(_play_bot(settings, topics, stop, lambda: ready("bot")))
        if "crawl" in roles:
            worker = Worker(settings, lambda: ready("crawl"))
            on_signal(signal.SIGHUP, worker.reload)
            halves.append(worker.watch(stop))
        ends = [_until_over(half, stop) for half in halves]
        statuses = await asyncio.gather(*ends, return_exceptions=True)
    log.info("stopped")
    for status in statuses:
        if isinstance(status, BaseException):
            raise status
    return 1 if any(statuses) else 0


async def _until_over(half: Coroutine[None, None, int], stop: asyncio.Event) -> int:
    """One half's end is the other's, so that no half of a service goes on unseen."""
    try:
        return await half
    finally:
        stop.set()


async def _play_bot(
    settings: Settings, topics: Topics, stop: asyncio.Event, ready: Callable[[], None]
) -> int:
    """Listen and deliver in this process."""
    from bot import app

    token = settings.telegram_token
    return await app.serve(
        database=settings.db,
        topics=topics,
        token=token.get_secret_value() if token else None,
        api=settings.telegram_api,
        admins=settings.admins,
        stop=stop,
        ready=ready,
        console=Console(),
        alone=True,
    )


@dataclass
class Worker:
    """The crawl in a child process, watched."""

    settings: CrawlSettings
    on_ready: Callable[[], None]
    process: asyncio.subprocess.Process | None = field(default=None, init=False)

    def reload(self) -> None:
        """Let the worker read the seeds anew."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGHUP)

    async def watch(self, stop: asyncio.Event) -> int:
        """Keep a worker running until `stop`; return 0, or the status of one that refused."""
        deaths = 0
        while not stop.is_set():
            started = asyncio.get_running_loop().time()
            status = await self._run_once(stop)
            if stop.is_set():
                break
            if status == REFUSED:
                return status
            lived = asyncio.get_running_loop().time() - started
            deaths = 0 if lived > STEADY_SECONDS else deaths + 1
            wait = RESTART_SECONDS[min(deaths, len(RESTART_SECONDS) - 1)]
            log.warning("the crawl worker ended with %s; a new one in %g s", status, wait)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
        return 0

    async def _run_once(self, stop: asyncio.Event) -> int:
        self.process = process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "munadi.worker"),
            *("--database", self.settings.db, "--seeds", self.settings.seeds),
            "--topics",
            *self.settings.topic_folders,
            *("--polls-per-second", str(self.settings.polls_per_second)),
            stdin=asyncio.subprocess.PIPE,  # held open: its end tells the worker that we are gone
            stdout=asyncio.subprocess.PIPE,
            # An argument would show the proxy's password to everyone on the machine.
            env=scrubbed(os.environ) | self.settings.outward.environment(),
        )
        log.info("crawl worker %s started", process.pid)
        chores = [
            asyncio.create_task(self._hear(process.stdout or asyncio.StreamReader())),
            asyncio.create_task(self._weigh(process)),
            asyncio.create_task(stop.wait()),
        ]
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({ended, chores[-1]}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            await end(process, ended)
        for chore in chores:
            chore.cancel()
        return ended.result()

    async def _hear(self, said: asyncio.StreamReader) -> None:
        async for line in said:
            if line.strip() == b"ready":
                self.on_ready()

    async def _weigh(self, process: asyncio.subprocess.Process) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if (used := resident_bytes(process.pid)) > MEMORY_LIMIT_BYTES:
                log.warning("the crawl worker holds %d MB: replacing it", used >> 20)
                process.terminate()


async def end(process: asyncio.subprocess.Process, ended: asyncio.Task[int]) -> None:
    """Ask a child to stop, and kill it when it does not within `STOP_SECONDS`."""
    with suppress(ProcessLookupError):
        process.terminate()
    done, _ = await asyncio.wait({ended}, timeout=STOP_SECONDS)
    if not done:
        log.warning("the crawl worker did not stop in %g s: killed", STOP_SECONDS)
        with suppress(ProcessLookupError):
            process.kill()
        await ended


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without anything of munadi's: the worker gets what it needs as arguments."""
    return {key: value for key, value in environment.items() if not key.startswith("MUNADI_")}


def resident_bytes(pid: int) -> int:
    """Resident memory of a process; 0 where it cannot be told."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def stop_on_signals(stop: asyncio.Event) -> None:
    """Let SIGTERM and SIGINT set `stop`."""
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)


def roles_of(words: str) -> frozenset[Role]:
    """The roles named in a comma separated list; ValueError names what is none."""
    named = {word.strip() for word in words.split(",") if word.strip()}
    known: tuple[Role, ...] = ("crawl", "bot")
    if unknown := named.difference(known):
        raise ValueError(
            f"no role is called {', '.join(sorted(unknown))}: write crawl, bot or both"
        )
    return frozenset(role for role in known if role in named) or frozenset(known)
