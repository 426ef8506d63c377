"""The crawl worker and the service in processes of their own making, as their operator starts them.

Those of the tests are forked from a process that has loaded everything, which is quicker; the
memory of these is their own.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence

import psutil
from loopback.crawlworker import TOPICS, Worker
from loopback.running import Running


class RealWorker(Worker):
    """A worker to be measured; what it logs is passed over."""

    def start(self) -> None:
        """Start the process and wait until it says that it is ready."""
        self._popen = subprocess.Popen(
            [
                *(sys.executable, "-m", "munadi.worker", "--database", self.database),
                *("--seeds", self.seeds, "--topics", TOPICS, *self._options),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._popen.stdout is None or self._popen.stdout.readline().strip() != b"ready":
            raise RuntimeError("the worker did not start: see what `munadi run` says")
        self.seen = psutil.Process(self._popen.pid)

    def reload(self) -> None:
        """Have it read its seeds anew."""
        self.seen.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._popen.kill()
        self._popen.communicate()


class RealRunning(Running):
    """A service to be measured."""

    def _begun(self, words: Sequence[str], files: tuple[int, int, int]) -> subprocess.Popen[bytes]:
        stdin, stdout, stderr = files
        return subprocess.Popen(
            [sys.executable, "-m", "munadi", *words],
            cwd=self.folder,
            env=self.environment,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
        )
