"""Polls a second that one worker sustains, and what each costs, beside Scrapy alone on the same.

Both ask the same three hundred loopback hosts as fast as they can, in turns within one run, so that
the ratio means something on a noisy machine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from loopback.crawlworker import until
from loopback.manyhosts import ManyHosts
from rich.console import Console
from rich.table import Table

from bench.real_processes import RealWorker

HOSTS = 300
TURNS = 3
SECONDS = 8.0  # of each turn
POLL = {"min_seconds": 0.001, "max_seconds": 0.5, "delay_seconds": 0.0}
GOAL_A_SECOND = 200
GOAL_SHARE = 0.7
KINDS = {
    "still": "unchanged (304)",
    "stamped": "dated anew (200)",
    "restless": "one of 20 entries new (200)",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a process asked, and what each poll cost it."""

    a_second: float
    cpu_ms: float


def run(seconds: float = SECONDS, turns: int = TURNS) -> None:
    """Print the polls a second of ours and of Scrapy alone, for each kind of answers."""
    table = Table(
        "one process, 300 hosts", "polls/s", "CPU ms a poll", "of Scrapy alone", "goals met"
    )
    with tempfile.TemporaryDirectory() as folder, ManyHosts() as web:
        worker = RealWorker(Path(folder), "--polls-per-second", "100000")
        bare: subprocess.Popen[bytes] | None = None
        try:
            web.write_seeds(worker.seeds, HOSTS, **POLL)
            worker.reload()
            until(lambda: web.counts().hosts == HOSTS and web.counts().pages == HOSTS, 120)
            alone = [sys.executable, "-m", "bench.bare_scrapy", f"{HOSTS}", f"{web.port}"]
            bare = subprocess.Popen(alone, stderr=subprocess.DEVNULL)
            worker.seen.suspend()
            until(lambda: web.counts().robots >= 2 * HOSTS, 240)
            pair = worker.seen, psutil.Process(bare.pid)
            for mood, kind in KINDS.items():
                web.mood(mood)
                _rows(table, kind, [_turn(web, pair, seconds) for _ in range(turns)])
        finally:
            worker.kill()
            if bare:
                bare.kill()
                bare.wait()
    console = Console()
    console.print(table)
    console.print(f"goals: {GOAL_A_SECOND} polls a second, {GOAL_SHARE} of Scrapy alone")


def _turn(
    web: ManyHosts, pair: tuple[psutil.Process, psutil.Process], seconds: float
) -> tuple[Rate, Rate]:
    """Let each run alone for a while, the other one halted."""
    rates = []
    for running, halted in (pair, pair[::-1]):
        halted.suspend()
        running.resume()
        time.sleep(seconds / 8)  # what waited while it was halted is none of the measure
        began, polls, cpu = time.monotonic(), web.counts().feeds, _cpu_seconds(running)
        time.sleep(seconds)
        polls = web.counts().feeds - polls
        spent = _cpu_seconds(running) - cpu
        rates.append(Rate(polls / (time.monotonic() - began), 1000 * spent / max(1, polls)))
    return rates[0], rates[1]


def _cpu_seconds(process: psutil.Process) -> float:
    return sum(process.cpu_times()[:2])


def _rows(table: Table, kind: str, turns: list[tuple[Rate, Rate]]) -> None:
    ratio = statistics.median(ours.a_second / bare.a_second for ours, bare in turns)
    for name, place in ("munadi", 0), ("Scrapy alone", 1):
        speed = statistics.median(turn[place].a_second for turn in turns)
        cost = statistics.median(turn[place].cpu_ms for turn in turns)
        row = [f"{kind}: {name}", f"{speed:.0f}", f"{cost:.2f}"]
        if place == 0:
            met = speed >= GOAL_A_SECOND and ratio >= GOAL_SHARE
            row += [f"{ratio:.2f}", "yes" if met else "NO"]
        table.add_row(*row)


if __name__ == "__main__":
    run()
