"""The crawl: polls and articles a second, and what each costs one worker in time and memory."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from loopback.crawlworker import until
from loopback.newslistings import Answer, rss
from loopback.newsweb import NewsWeb, Outlet
from rich.console import Console
from rich.table import Table

from bench.real_processes import RealWorker

SITES = 30
ARTICLES = 20  # of each site, found in its first round
SECONDS = 8.0
POLL = {"min_seconds": 0.001, "max_seconds": 1.0, "delay_seconds": 0.0}
WORDS = ("النهر", "الجسر", "السوق", "المدرسة", "الميناء", "القطار", "المشفى", "الحديقة", "المكتبة")


def run(seconds: float = SECONDS) -> None:
    """Print how fast one worker polls thirty loopback hosts and reads their articles."""
    table = Table("one worker, 30 sites", "a second", "CPU ms each", "memory MB")
    with tempfile.TemporaryDirectory() as folder, NewsWeb() as web:
        outlets = [web.outlet(f"site{number}", f"صحيفة {number}") for number in range(SITES)]
        worker = RealWorker(Path(folder), "--polls-per-second", "100000")
        try:
            process = worker.seen
            table.add_row("at rest", "", "", f"{process.memory_info().rss / 1e6:.0f}")
            for outlet in outlets:
                _fill(outlet)
                outlet.write_seed(worker.seeds, poll=POLL)
            wanted = SITES * ARTICLES
            _measure(table, "articles read and recorded", process, lambda: _read(worker, wanted))
            _measure(table, "polls, unchanged (304)", process, lambda: _polled(outlets, seconds))
            for outlet in outlets:
                outlet.answers["/feed"] = _restless(outlet)
            _measure(table, "polls, changed (200)", process, lambda: _polled(outlets, seconds))
        finally:
            worker.kill()
    Console().print(table)


def _measure(
    table: Table, name: str, process: psutil.Process, work: Callable[[], tuple[int, float]]
) -> None:
    """Add a row: how often something was done in how many seconds, and at what cost."""
    before = sum(process.cpu_times()[:2])
    done, seconds = work()
    cost = (sum(process.cpu_times()[:2]) - before) / done
    used = process.memory_info().rss / 1e6
    table.add_row(name, f"{done / seconds:.0f}", f"{1000 * cost:.2f}", f"{used:.0f}")


def _read(worker: RealWorker, articles: int) -> tuple[int, float]:
    start = time.monotonic()
    worker.reload()
    until(lambda: worker.status().articles >= articles, 120)
    return articles, time.monotonic() - start


def _polled(outlets: list[Outlet], seconds: float) -> tuple[int, float]:
    before = sum(len(outlet.seen) for outlet in outlets)
    start = time.monotonic()
    time.sleep(seconds)
    return sum(len(outlet.seen) for outlet in outlets) - before, time.monotonic() - start


def _fill(outlet: Outlet) -> None:
    """Publish articles that tell different things, as a first round finds them."""
    for number in range(ARTICLES):
        word, other = WORDS[number % len(WORDS)], WORDS[(number * 7 + 3) % len(WORDS)]
        body = f"قال مراسل {outlet.name} إن {word} رقم {number} أعيد فتحه قرب {other}. "
        outlet.publish(f"{outlet.name}: {word} {number} يفتح من جديد", *[body * 4] * 5)


def _restless(outlet: Outlet) -> Callable[[], Answer]:
    """The outlet's feed with a line that is new each time, as feeds that print the hour have it."""

    def answer() -> Answer:
        feed = rss(outlet)
        feed.body += f"<!-- {time.time_ns()} -->".encode()
        return feed

    return answer
