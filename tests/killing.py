"""Kill the crawl and the bot again and again, and count what is lost and what comes twice.

Both halves run as they do in the service, each in a child of a process that has loaded everything
already, so that a life begins in a fraction of a second. The stand-ins misbehave at random.
"""

from __future__ import annotations

import asyncio
import io
import os
import random
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from loopback.botapi import BotAPI
from loopback.botchat import Fault, Message
from loopback.forked import server
from loopback.newsweb import NewsWeb, Outlet
from rich.console import Console

from bot import app
from munadi.settings import shipped_seeds
from spiders.rounds import serve
from storage.store import Store
from watch.records import Level
from watch.topics import load

TOPIC = "aleppo"
READERS = tuple(range(1, 9))
MISHAPS = 0.12  # of all sends
AT_ONCE_SECONDS = 1.5  # an answer that came is written down long before
DRAIN_SECONDS = 120.0  # beside a second for each story, which a chat takes at least
_LETTERS = "ابتجحدرزسشصطعفقكلمنهوي"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What became of everything that was owed."""

    kills: int
    owed: int
    lost: int
    repeats: int  # messages that came again
    unexplained: int  # of these, outside the named window
    most: int  # copies of one message
    violations: int
    seconds: float


def _untraced() -> None:
    """Measure no coverage in a life that ends before it could be written down."""
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]


def crawl(database: Path, seeds: Path) -> None:
    """One life of the crawl."""
    _untraced()
    serve(database, seeds, shipped_seeds(), ready=lambda: None, stop=threading.Event())


def deliver(database: Path, token: str, api: str) -> None:
    """One life of the bot."""
    _untraced()
    asyncio.run(
        app.serve(
            database=database,
            topics=load(shipped_seeds()),
            token=token,
            api=api,
            admins=(),
            stop=asyncio.Event(),
            ready=lambda: None,
            console=Console(file=io.StringIO()),
            alone=True,
        )
    )


@dataclass(slots=True)
class Killing:
    """A service under fire. `dice` decides when, whom, and what Telegram does."""

    folder: Path
    web: NewsWeb
    api: BotAPI
    dice: random.Random
    outlet: Outlet = field(init=False)
    lives: dict[str, ForkServerProcess] = field(default_factory=dict)
    killed_at: list[float] = field(default_factory=list)  # the bot, in steady seconds
    titles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outlet = self.web.outlet("nahr", "صحيفة النهر")
        self.outlet.publish("نشرة الصباح", "لا جديد في نشرة هذا الصباح من صحيفة النهر.")
        self.outlet.write_seed(self.folder / "seeds")
        now = datetime.now(UTC)
        with Store(self.database) as store:
            for reader in READERS:
                store.people.welcome(reader, "private", "ar", now)
                store.people.follow(reader, TOPIC, Level.ABOUT, now)

    @property
    def database(self) -> Path:
        return self.folder / "munadi.db"

    def run(self, kills: int, stories: int) -> Toll:
        """Publish, kill, start again; in the end let everything through and count."""
        began = time.monotonic()
        try:
            self._live(kills, stories)
        finally:
            for life in self.lives.values():
                life.kill()
                life.join()
        return self._toll(kills, time.monotonic() - began)

    def _live(self, kills: int, stories: int) -> None:
        self.start()
        # The first round alerts nobody.
        _until(lambda: self._articles() == 1, 60, look_seconds=0.05)
        self.api.mishap = self._mishap
        for number in range(kills):
            while len(self.titles) * kills < stories * (number + 1):
                self.publish()
            self.start()
            self.kill()
        self.api.mishap = None
        self.start()
        self._drain()

    def start(self) -> None:
        """Begin the lives that have ended."""
        works: dict[str, tuple[Callable[..., None], tuple[object, ...]]] = {
            "crawl": (crawl, (self.database, self.folder / "seeds")),
            "bot": (deliver, (self.database, self.api.token, self.api.url)),
        }
        for name, (work, arguments) in works.items():
            if name not in self.lives or not self.lives[name].is_alive():
                self.lives[name] = server.Process(target=work, args=arguments, daemon=True)
                self.lives[name].start()

    def publish(self) -> None:
        """One more story from Aleppo in words of its own: one like another would join it."""
        title = f"حلب: {self._words(5)} {len(self.titles) + 1}"
        body = [f"{self._words(9)} في مدينة حلب." for _ in range(6)]
        self.titles.append(title)
        self.outlet.publish(title, " ".join(body))

    def _words(self, count: int) -> str:
        return " ".join("".join(self.dice.choices(_LETTERS, k=6)) for _ in range(count))

    def kill(self) -> None:
        """SIGKILL one half, or both: just after something happened, or at any instant."""
        victims = self.dice.choice((["bot"], ["bot"], ["crawl"], ["bot", "crawl"]))
        happens = self.dice.choice(("a send", "a page", "anything"))
        if happens == "a send":
            sends = len(self.api.asked("sendMessage"))
            _until(lambda: len(self.api.asked("sendMessage")) > sends, 1.6, must=False)
        elif happens == "a page":
            pages = len(self.outlet.seen)
            _until(lambda: len(self.outlet.seen) > pages, 1.0, must=False)
        time.sleep(self.dice.uniform(0, 0.6 if happens == "anything" else 0.03))
        for name in victims:
            pid = self.lives[name].pid
            assert pid is not None
            if name == "bot":
                self.killed_at.append(time.monotonic())
            os.kill(pid, signal.SIGKILL)
            self.lives[name].join()

    def _mishap(self, method: str) -> Fault | None:
        if method != "sendMessage" or self.dice.random() > MISHAPS:
            return None
        return self.dice.choice(
            [
                Fault(429, "Too Many Requests", {"retry_after": 1}),
                Fault(500, "Internal Server Error"),
                Fault(502, body="<html>"),
                Fault(drop=True),
                Fault(lose=True),
                Fault(cut=True),
                Fault(body="surely not JSON"),
                Fault(hang_seconds=0.3),
            ]
        )

    def _articles(self) -> int:
        with Store(self.database) as store:
            return store.archive.status(datetime.now(UTC)).articles

    def _drain(self) -> None:
        """Wait until all is read and nothing is owed, or nothing more comes."""
        with Store(self.database) as store:

            def done() -> bool:
                read = store.archive.status(datetime.now(UTC)).articles
                return read > len(self.titles) and store.outbox.owed() == 0

            patience = DRAIN_SECONDS + 1.5 * len(self.titles)
            _until(done, patience, must=False, look_seconds=0.2)

    def _copies(self) -> dict[tuple[int, str], list[Message]]:
        copies: defaultdict[tuple[int, str], list[Message]] = defaultdict(list)
        for message in self.api.sent():
            title = next((title for title in self.titles if f"{title}\u2069" in message.text), "")
            copies[message.chat_id, title].append(message)
        return copies

    def _toll(self, kills: int, seconds: float) -> Toll:
        copies = self._copies()
        again = [sent for all_sent in copies.values() for sent in all_sent[:-1]]
        return Toll(
            kills=kills,
            owed=len(self.titles) * len(READERS),
            lost=sum((chat, title) not in copies for title in self.titles for chat in READERS),
            repeats=len(again),
            unexplained=sum(not self._explained(message) for message in again),
            most=max(map(len, copies.values()), default=0),
            violations=len(self.api.ledger.violations),
            seconds=seconds,
        )

    def _explained(self, first: Message) -> bool:
        """Whether its answer was lost, or the bot killed before it can have written it down.

        What a killed bot had sent may be taken a moment after its death.
        """
        return not first.answered or any(
            -AT_ONCE_SECONDS < at - first.at < AT_ONCE_SECONDS for at in self.killed_at
        )


def _until(
    true: Callable[[], object], seconds: float, *, must: bool = True, look_seconds: float = 0.005
) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            assert not must, f"not within {seconds:g} s"
            return
        time.sleep(look_seconds)
