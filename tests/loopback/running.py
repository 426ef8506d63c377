"""`munadi run` as a child process, as a user starts it, with the stand-ins as its world."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from loopback import forked

from munadi import cli


def wait_until(true: Callable[[], object], seconds: float = 90.0, what: object = "so") -> None:
    """Poll until something is true; fail when it is not in time. `what` is said of the failure."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            said = what() if callable(what) else what
            raise AssertionError(f"not within {seconds} s: {said}")
        time.sleep(0.05)


def munadi_once(folder: Path, *words: str, columns: int = 300) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, as a user does, in a folder with its seeds and database."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MUNADI_")}
    given = {
        "MUNADI_DB": str(folder / "data" / "munadi.db"),
        "MUNADI_SEEDS": str(folder / "seeds"),
        "COLUMNS": str(columns),
    }
    return forked.run(cli.main, *words, folder=folder, environment=clean | given)


class Running:
    """A running munadi; `folder` holds its database, its seeds and its log."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.folder = folder
        self.log_file = folder / "munadi.log"
        self._before = len(self.log)
        # The worker, a process from scratch, would take twice as long to begin under coverage.
        theirs = ("MUNADI_", "COVERAGE_")
        clean = {k: v for k, v in os.environ.items() if not k.startswith(theirs)}
        self.database = folder / "data" / "munadi.db"
        given = {
            "MUNADI_DB": str(self.database),
            "MUNADI_SEEDS": str(folder / "seeds"),
        }
        self.environment = clean | given | environment
        with self.log_file.open("ab") as log, Path(os.devnull).open() as nothing:
            files = nothing.fileno(), log.fileno(), log.fileno()
            self.process = self._begun(("run", *arguments), files)

    def _begun(
        self, words: Sequence[str], files: tuple[int, int, int]
    ) -> forked.Forked | subprocess.Popen[bytes]:
        return forked.Forked(
            cli.main, *words, folder=self.folder, environment=self.environment, files=files
        )

    @property
    def log(self) -> str:
        """All that this and earlier runs in the folder have printed."""
        return self.log_file.read_text() if self.log_file.exists() else ""

    @property
    def said(self) -> str:
        """What this run has printed."""
        return self.log[self._before :]

    def until_said(self, words: str, seconds: float = 90.0) -> None:
        """Wait for words in the log."""
        wait_until(lambda: words in self.said, seconds, lambda: f"{words!r} in\n{self.said}")

    def until_ready(self) -> None:
        """Wait for the line that the contract promises."""
        wait_until(lambda: re.search(r"\bready\b", self.said), what=lambda: self.said)

    def worker(self) -> psutil.Process:
        """The crawl worker's process."""
        wait_until(lambda: psutil.Process(self.process.pid).children())
        return psutil.Process(self.process.pid).children()[0]

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Send a signal; return the exit status and how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(30), time.monotonic() - began

    def kill(self) -> None:
        """End whatever is left of it, at once."""
        try:
            family = [self.process_info(), *self.process_info().children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for process in family:
            process.kill()
        self.process.wait(30)

    def process_info(self) -> psutil.Process:
        """The parent, as the system sees it."""
        return psutil.Process(self.process.pid)


Start = Callable[..., Running]
