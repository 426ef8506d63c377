"""A round by hand beside the long crawl: to every host the two are as polite as one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import TOPICS, Worker, until
from loopback.newslistings import Answer, rss
from loopback.newsweb import NewsWeb, Outlet

DELAY_SECONDS = 0.2
ROUND = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from spiders import rounds
(report,) = rounds.once(*map(Path, sys.argv[1:4]), sys.argv[4:])
print(json.dumps(asdict(report)))
"""


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    worker = Worker(tmp_path)
    yield worker
    worker.kill()


@pytest.fixture
def outlet(worker: Worker) -> Iterator[Outlet]:
    """An outlet that the long crawl asks about as often as its delay allows."""
    with NewsWeb() as web:
        outlet = web.outlet("minbar", "المنبر")
        poll = {"min_seconds": 0.1, "max_seconds": 0.2, "delay_seconds": DELAY_SECONDS}
        outlet.write_seed(worker.seeds, poll=poll)
        outlet.publish(*texts.HARVEST)
        yield outlet


class Round:
    """One round of the outlet in a process of its own."""

    def __init__(self, worker: Worker) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-c", ROUND),
                *map(str, (worker.database, worker.seeds, TOPICS, "minbar")),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )

    def report(self) -> dict[str, Any]:
        """What it came to."""
        said, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0
        report: dict[str, Any] = json.loads(said)
        return report


def slowly(outlet: Outlet, answer: Callable[[], Answer]) -> Callable[[], Answer]:
    """The same answer after a while, so that two requests would meet."""

    def late() -> Answer:
        outlet.released.wait(0.1)
        return answer()

    return late


def assert_polite(outlet: Outlet) -> None:
    assert outlet.peak == 1, f"{outlet.peak} requests at once"
    for before, after in pairwise(outlet.seen):
        gap = after.at - before.until
        assert gap > DELAY_SECONDS * 0.95, f"{after.path} came {gap:.3f} s after {before.path}"


def test_two_processes_ask_a_host_one_after_the_other_with_its_delay_between(
    worker: Worker, outlet: Outlet
) -> None:
    outlet.answers["/feed"] = slowly(outlet, lambda: rss(outlet))
    worker.reload()
    until(lambda: worker.polled(outlet.url("/feed")))
    for number in range(4):
        outlet.publish(f"خبر رقم {number} عن سباق القوارب", *texts.FERRY[1:])
    rounds = [Round(worker) for _ in range(2)]
    assert [report["polls"] for report in (each.report() for each in rounds)] == [1, 1]
    assert len(outlet.asked("/robots.txt")) == 3, "each process has read it"
    assert_polite(outlet)


def test_a_killed_process_keeps_nobody_waiting(worker: Worker, outlet: Outlet) -> None:
    outlet.answers["/feed"] = faults.hanging(outlet)
    worker.reload()
    until(lambda: outlet.peak)
    until(lambda: outlet.asked("/robots.txt"))
    by_hand = Round(worker)
    until(lambda: worker.source(outlet.url("/feed")))
    del outlet.answers["/feed"]
    worker.kill()
    assert by_hand.report()["polls"] == 1


def test_a_host_that_asks_to_wait_is_left_alone_by_all(worker: Worker, outlet: Outlet) -> None:
    worker.reload()
    until(lambda: worker.polled(outlet.url("/feed")))
    until(lambda: outlet.asked("/news/1"))
    outlet.answers["/feed"] = faults.status(429, Retry_After="3600")
    assert "asked to wait (HTTP 429)" in worker.failure(outlet.url("/feed"))
    asked = len(outlet.seen)
    assert Round(worker).report()["failed"] == {"robots.txt: its host asked to be left alone": 1}
    assert len(outlet.seen) == asked
