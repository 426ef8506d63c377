"""Commands in processes of their own, forked from one that has loaded everything already.

A start costs a tenth of a second in place of two. In all else the process is what `python -m` makes
of the same words: with a folder, an environment, files and an exit status of its own. Tests of how
a process begins, and of what it then has loaded, start a real one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from multiprocessing import reduction
from pathlib import Path

import coverage

LOADED = (  # whatever a process loads sooner or later; none of it starts Scrapy's reactor
    *("coverage", "killing", "munadi.cli", "munadi.service", "munadi.worker", "munadi.crawling"),
    *("munadi.livecommands", "bot.app", "spiders.rounds", "spiders.turns", "spiders.pipeline"),
    *("spiders.loader", "spiders.robots", "spiders.reading.learned"),
    *("scrapy.downloadermiddlewares.cookies", "scrapy.downloadermiddlewares.httpcompression"),
    *("scrapy.extensions.feedexport", "scrapy.extensions.remote_control"),
)
MEASURED = "COVERAGE_PROCESS_CONFIG"  # how a process hears that its coverage is wanted
server = multiprocessing.get_context("forkserver")
server.set_forkserver_preload(list(LOADED))


class Files:
    """Open files on their way to a child."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = list(numbers)

    def __getstate__(self) -> list[object]:
        return [reduction.DupFd(number) for number in self.numbers]

    def __setstate__(self, sent: list[reduction.DupFd]) -> None:
        self.numbers = [number.detach() for number in sent]


def _live(
    main: Callable[[], object],
    words: tuple[str, ...],
    folder: Path,
    environment: dict[str, str],
    files: Files,
    *,
    measured: str,
) -> None:
    if measured:
        os.environ[MEASURED] = measured
        coverage.process_startup()
    for number, given in enumerate(files.numbers):
        os.dup2(given, number)
        os.close(given)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, "rww"[n], encoding="utf-8") for n in range(3))
    sys.stderr.reconfigure(line_buffering=True)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["munadi", *words]
    sys.exit(main())  # type: ignore[arg-type]


class Forked:
    """A process, with what the tests use of `subprocess.Popen`. The files stay the caller's."""

    def __init__(
        self,
        main: Callable[[], object],
        *words: object,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        files: tuple[int, int, int],
    ) -> None:
        env = dict(os.environ if environment is None else environment)
        # Coverage begins with each process, not with their server: what that has loaded would be
        # written down at the end of each.
        measured = os.environ.pop(MEASURED, "")
        arguments = (main, tuple(map(str, words)), folder, env, Files(*files))
        self._process = server.Process(target=_live, args=arguments, kwargs={"measured": measured})
        try:
            self._process.start()
        finally:
            if measured:
                os.environ[MEASURED] = measured
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit status, negative after a signal; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, seconds: float = 60.0) -> int:
        """Wait for its end and return the exit status."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, f"it runs on after {seconds:g} s"
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self._process.exitcode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def run(
    main: Callable[[], object],
    *words: object,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    given: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and return what it said."""
    with (
        tempfile.TemporaryFile("w+") as stdin,
        tempfile.TemporaryFile("w+") as stdout,
        tempfile.TemporaryFile("w+") as stderr,
    ):
        stdin.write(given)
        stdin.seek(0)
        files = (stdin.fileno(), stdout.fileno(), stderr.fileno())
        process = Forked(main, *words, folder=folder, environment=environment, files=files)
        try:
            status = process.wait(100)
        finally:
            process.kill()
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess(words, status, stdout.read(), stderr.read())
