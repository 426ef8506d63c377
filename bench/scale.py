"""Six thousand sources on six thousand hosts, ten minutes of real HTTP at the default budget.

What may grow must not: memory and descriptors of the worker are read as it goes on.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from loopback.crawlworker import Worker
from loopback.manyhosts import Counts, ManyHosts
from rich.console import Console
from rich.table import Table

from spiders.pace.plan import POLLS_PER_SECOND

SOURCES = 6000
SECONDS = 600.0
LOOKS = 10
HEADINGS = (
    "minute",
    "polls",
    "304",
    "hosts",
    "pages",
    "polls/s",
    "CPU %",
    "memory MB",
    "descriptors",
)


@dataclass(frozen=True, slots=True)
class Used:
    """What the worker used in one part of the run, and holds at its end."""

    seconds: float
    cpu_seconds: float
    memory_bytes: int
    descriptors: int


def run(sources: int = SOURCES, seconds: float = SECONDS) -> None:
    """Print what the worker did and used, look by look."""
    console = Console()
    table = Table(
        *HEADINGS, title=f"{sources} sources, {POLLS_PER_SECOND:g} polls a second allowed"
    )
    with tempfile.TemporaryDirectory() as folder, ManyHosts("living") as web:
        worker = Worker(Path(folder))
        try:
            process = psutil.Process(worker.process.pid)
            web.write_seeds(worker.seeds, sources, min_seconds=60, max_seconds=3600)
            worker.reload()
            before, began = web.counts(), time.monotonic()
            with console.status("crawling") as status:
                for look in range(1, LOOKS + 1):
                    cpu = sum(process.cpu_times()[:2])
                    until = began + look * seconds / LOOKS
                    time.sleep(max(0.0, until - time.monotonic()))
                    cpu = sum(process.cpu_times()[:2]) - cpu
                    counts = web.counts()
                    used = Used(seconds / LOOKS, cpu, process.memory_info().rss, process.num_fds())
                    row = _row(look * seconds / LOOKS, counts, before, used)
                    table.add_row(*row)
                    status.update(f"{row[1]} polls, {row[-2]} MB")
                    before = counts
        finally:
            worker.kill()
    console.print(table)


def _row(at_seconds: float, now: Counts, before: Counts, used: Used) -> list[str]:
    return [
        f"{at_seconds / 60:.1f}",
        *(f"{count:,}" for count in (now.feeds, now.unchanged, now.hosts, now.pages)),
        f"{(now.feeds - before.feeds) / used.seconds:.0f}",
        f"{100 * used.cpu_seconds / used.seconds:.0f}",
        f"{used.memory_bytes / 1e6:.0f}",
        f"{used.descriptors}",
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("sources", type=int, nargs="?", default=SOURCES)
    parser.add_argument("seconds", type=float, nargs="?", default=SECONDS)
    asked = parser.parse_args()
    run(asked.sources, asked.seconds)
