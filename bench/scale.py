"""Six thousand sources on six thousand hosts, ten minutes of real HTTP at the default budget.

What may grow must not: memory and descriptors of the worker are read as it goes on.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from loopback.manyhosts import Counts, ManyHosts
from rich.console import Console
from rich.table import Table

from bench.real_processes import RealWorker
from spiders.pace.plan import POLLS_PER_SECOND

SOURCES = 6000
SECONDS = 600.0
LOOKS = 10
GOAL_POLLS = 12_000  # in ten minutes
GOAL_MB = 350
FLAT = 1.1  # the most of the second half to the most of the first
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

    at_seconds: float  # of the run, the end of this part
    seconds: float
    cpu_seconds: float
    memory_bytes: int
    descriptors: int
    counts: Counts  # of the run so far


NOTHING = Counts(**dict.fromkeys(Counts.__annotations__, 0))


def run(sources: int = SOURCES, seconds: float = SECONDS) -> None:
    """Print what the worker did and used, look by look, and whether that is what was aimed at."""
    console = Console()
    table = Table(
        *HEADINGS, title=f"{sources} sources, {POLLS_PER_SECOND:g} polls a second allowed"
    )
    with tempfile.TemporaryDirectory() as folder, ManyHosts("living") as web:
        worker = RealWorker(Path(folder))
        try:
            web.write_seeds(worker.seeds, sources, min_seconds=60, max_seconds=3600)
            worker.reload()
            with console.status("crawling") as status:
                looks = []
                for used in _looks(web, worker.seen, seconds):
                    before = looks[-1].counts if looks else NOTHING
                    row = _row(used, before)
                    table.add_row(*row)
                    status.update(f"{row[1]} polls, {row[-2]} MB")
                    looks.append(used)
        finally:
            worker.kill()
    console.print(table)
    console.print(_goals(looks, seconds))


def _looks(web: ManyHosts, process: psutil.Process, seconds: float) -> Iterator[Used]:
    """What was asked and used so far, `LOOKS` times."""
    began, cpu = time.monotonic(), sum(process.cpu_times()[:2])
    for look in range(1, LOOKS + 1):
        until = began + look * seconds / LOOKS
        time.sleep(max(0.0, until - time.monotonic()))
        cpu, before = sum(process.cpu_times()[:2]), cpu
        yield Used(
            at_seconds=look * seconds / LOOKS,
            seconds=seconds / LOOKS,
            cpu_seconds=cpu - before,
            memory_bytes=process.memory_info().rss,
            descriptors=process.num_fds(),
            counts=web.counts(),
        )


def _goals(looks: list[Used], seconds: float) -> Table:
    """What was aimed at, and what came of it."""
    polls, pages = looks[-1].counts.feeds, looks[-1].counts.pages
    due = GOAL_POLLS * seconds / SECONDS
    most = max(used.memory_bytes for used in looks) / 1e6
    table = Table("in all", "measured", "goal", "met")
    table.add_row("polls", f"{polls:,}", f"at least {due:,.0f}", _met(polls >= due))
    rate = f"{polls / seconds:.1f}"
    table.add_row("polls a second", rate, f"at least {due / seconds:.0f}", _met(polls >= due))
    table.add_row("memory, MB", f"{most:.0f}", f"below {GOAL_MB}", _met(most < GOAL_MB))
    for name in ("memory_bytes", "descriptors"):
        first, second = (
            max(getattr(used, name) for used in half)
            for half in (looks[: LOOKS // 2], looks[LOOKS // 2 :])
        )
        said = f"{name.partition('_')[0]}, second half to first"
        share = second / first
        table.add_row(said, f"{share:.2f}", f"flat: below {FLAT:g}", _met(share < FLAT))
    cpu_ms = 1000 * sum(used.cpu_seconds for used in looks)
    table.add_row("CPU ms for each poll or page", f"{cpu_ms / max(1, polls + pages):.1f}", "", "")
    return table


def _met(reached: bool) -> str:
    return "yes" if reached else "NO"


def _row(used: Used, before: Counts) -> list[str]:
    now = used.counts
    return [
        f"{used.at_seconds / 60:.1f}",
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
