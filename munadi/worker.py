"""The crawl worker as the service starts it, in a process that never reads the token.

`python -m munadi.worker --database FILE --seeds FOLDER --topics FOLDER …` says `ready` on standard
output once it crawls, and ends when its standard input closes: so it ends with its parent, however
that one ended.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
import threading
from pathlib import Path

from munadi import logs
from spiders.pace.plan import POLLS_PER_SECOND
from storage.errors import StoreError
from storage.locks import role_lock
from watch.errors import TopicError
from watch.folders import Overlaid

REFUSED = 3  # exit status: starting again would not help; the reason is on standard error
LOCK_SECONDS = 10.0  # a worker whose parent was killed takes a moment to end

log = logging.getLogger("munadi.worker")


def main() -> int:
    """Crawl until a signal comes or the parent is gone; refuse in one line what cannot work."""
    parser = argparse.ArgumentParser(prog="munadi.worker", description=__doc__)
    for name in ("--database", "--seeds"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--topics", type=Path, nargs="+", required=True)
    parser.add_argument("--polls-per-second", type=float, default=POLLS_PER_SECOND)
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    logs.set_up(verbose=asked.verbose)
    from spiders.rounds import serve  # the service, which names REFUSED, must not load Scrapy

    stop = threading.Event()
    threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
    try:
        with role_lock(asked.database, "crawl", wait_seconds=LOCK_SECONDS):
            return serve(
                asked.database,
                asked.seeds,
                Overlaid(tuple(asked.topics)),
                polls_per_second=asked.polls_per_second,
                ready=_say_ready,
                stop=stop,
            )
    except (StoreError, TopicError) as error:
        log.error("%s", error)
        return REFUSED


def _say_ready() -> None:
    with contextlib.suppress(BrokenPipeError):  # the parent was killed meanwhile: `stop` comes
        os.write(sys.stdout.fileno(), b"ready\n")


def _end_with_parent(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop.set()


if __name__ == "__main__":
    sys.exit(main())
