"""The service in a process of its own making, as its operator starts it: its memory is its own.

The tests' service is forked from a process that has loaded everything, which is quicker.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from loopback.running import Running


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
