"""The crawl worker as the service starts it, in a child process, for tests to hold to account."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from loopback.forked import Forked
from loopback.newsweb import Outlet

from munadi import worker
from storage.archive import Status
from storage.outbox import Delivery, Sent
from storage.search import Found
from storage.sources import Source
from storage.store import Store
from watch.records import Level

TOPICS = Path(__file__).parents[2] / "seeds"
READER = 700
PATIENCE_SECONDS = 60.0

T = TypeVar("T")


def until(look: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """Look again and again until what is seen is true, and return it; fail at the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < deadline, f"not within {seconds:g} s"
        time.sleep(0.05)


class Worker:
    """A crawl worker on a seeds folder and a database of its own, with one follower of Aleppo."""

    def __init__(self, folder: Path, *options: str, main: Callable[[], int] = worker.main) -> None:
        self._main, self._options = main, options
        self.folder = folder
        self.seeds = folder / "seeds"
        (self.seeds / "sites").mkdir(parents=True)
        self.database = folder / "data" / "munadi.db"
        self.log: list[str] = []
        with Store(self.database) as store:
            store.people.welcome(READER, "private", "ar", datetime.now(UTC))
            store.people.follow(READER, "aleppo", Level.ABOUT, datetime.now(UTC))
        self.start()

    def start(self) -> None:
        """Start the process and wait until it says that it is ready."""
        self._parent: int | None
        stdin, self._parent = os.pipe()
        stdout, said = os.pipe()
        stderr, logged = os.pipe()
        self.process = Forked(
            self._main,
            *("--database", self.database, "--seeds", self.seeds, "--topics", TOPICS),
            *self._options,
            folder=self.folder,
            files=(stdin, said, logged),
        )
        for number in (stdin, said, logged):
            os.close(number)
        self._listener = threading.Thread(target=self._listen, args=(stderr,), daemon=True)
        self._listener.start()
        with os.fdopen(stdout) as heard:
            assert heard.readline().strip() == "ready", "\n".join(self.log)

    def _listen(self, stderr: int) -> None:
        with os.fdopen(stderr) as lines:
            self.log.extend(line.rstrip() for line in lines)

    def reload(self) -> None:
        """Have it read its seeds anew."""
        self.process.send_signal(signal.SIGHUP)

    def stop(self) -> float:
        """Ask it to end; return how many seconds it took. It must end well."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, "\n".join(self.log)
        took = time.monotonic() - start
        self._close()
        self._listener.join(10)
        return took

    def orphan(self) -> int:
        """Let its parent be gone; return the exit status."""
        self._close()
        return self.process.wait(30)

    def kill(self) -> None:
        """End it as a power cut would, if it has not ended yet."""
        self.process.kill()
        self.process.wait(30)
        self._close()
        self._listener.join(10)

    def _close(self) -> None:
        if self._parent is not None:
            os.close(self._parent)
            self._parent = None

    def status(self) -> Status:
        with Store(self.database) as store:
            return store.archive.status(datetime.now(UTC))

    def source(self, url: str) -> Source | None:
        """A source as the store has it, None before the worker has heard of it."""
        return next((source for source in self.status().sources if source.url == url), None)

    def polled(self, url: str) -> bool:
        """Whether a source had its first successful round."""
        source = self.source(url)
        return source is not None and source.last_success is not None

    def failure(self, url: str) -> str:
        """The reason of a source's last failure, once it has one."""

        def reason() -> str | None:
            source = self.source(url)
            return source.last_reason if source else None

        found = until(reason)
        assert found is not None
        return found

    def logged(self, *words: str) -> list[str]:
        """The lines of its log that hold all of these."""
        return [line for line in self.log if all(word in line for word in words)]

    def articles(self, words: str, outlet: Outlet) -> list[Found]:
        """The articles of an outlet that hold these words."""
        with Store(self.database) as store:
            found = store.archive.search(words)
        return [article for article in found if article.url.startswith(outlet.home)]

    def owed(self, outlet: Outlet) -> list[Delivery]:
        """What is owed to the follower of an outlet's news. All that is owed is taken as sent, also
        what an earlier test's outlet still brought.
        """
        now = datetime.now(UTC)
        with Store(self.database) as store:
            claimed = list(
                store.outbox.claim(now, holder="test", lease_seconds=60, limit=10, terminal=False)
            )
            for delivery in claimed:
                store.outbox.settle(delivery, Sent(delivery.id), now=now, next_at=now)
        return [delivery for delivery in claimed if delivery.card.url.startswith(outlet.home)]
