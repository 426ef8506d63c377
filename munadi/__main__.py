"""The entrance, of `munadi` and of `python -m munadi`."""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Run the command line. What stops it while it still loads ends it at once, without a word.

    Nothing is held by then. A service that is told to stop is well (0), until it listens itself.
    """
    if sys.argv[1:2] == ["run"]:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: os._exit(0))
        from munadi.cli import main as command_line
    else:
        usual = signal.signal(signal.SIGINT, lambda *_: os._exit(130))
        from munadi.cli import main as command_line

        signal.signal(signal.SIGINT, usual)
    command_line()


if __name__ == "__main__":
    main()
