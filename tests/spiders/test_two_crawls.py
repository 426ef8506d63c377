"""A round by hand beside the long crawl: to every host the two are as polite as one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newslistings import Answer, rss
from loopback.newsweb import NewsWeb, Outlet
from loopback.running import munadi_once

from storage.hosts import Hosts
from storage.store import Store

DELAY_SECONDS = 0.2


@pytest.fixture
def outlet(own_worker: Worker) -> Iterator[Outlet]:
    """An outlet that the long crawl asks about as often as its delay allows."""
    with NewsWeb() as web:
        outlet = web.outlet("minbar", "المنبر")
        poll = {"min_seconds": 0.1, "max_seconds": 0.2, "delay_seconds": DELAY_SECONDS}
        outlet.write_seed(own_worker.seeds, poll=poll)
        outlet.publish(*texts.HARVEST)
        yield outlet


def by_hand(worker: Worker) -> dict[str, Any]:
    """What a round of the outlet in a process of its own came to."""
    (report,) = json.loads(munadi_once(worker.folder, "crawl", "minbar", "--json").stdout)
    found: dict[str, Any] = report
    return found


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
    own_worker: Worker, outlet: Outlet
) -> None:
    outlet.answers["/feed"] = slowly(outlet, lambda: rss(outlet))
    own_worker.reload()
    until(lambda: own_worker.polled(outlet.url("/feed")))
    for number in range(4):
        outlet.publish(f"خبر رقم {number} عن سباق القوارب", *texts.FERRY[1:])
    with ThreadPoolExecutor() as pool:
        reports = list(pool.map(by_hand, [own_worker, own_worker]))
    assert [report["polls"] for report in reports] == [1, 1]
    assert len(outlet.asked("/robots.txt")) == 3, "each process has read it"
    assert_polite(outlet)


def test_a_page_that_another_process_has_read_meanwhile_is_not_asked_for(
    own_worker: Worker, outlet: Outlet
) -> None:
    poll = {"min_seconds": 300, "max_seconds": 300, "delay_seconds": 0.5}
    outlet.write_seed(own_worker.seeds, poll=poll)
    for number in range(3):
        outlet.publish(f"خبر رقم {number} عن سباق القوارب", *texts.FERRY[1:])
    pages = [story.path for story in outlet.stories]
    own_worker.reload()
    until(lambda: outlet.asked(pages[0]))
    hosts = Hosts(own_worker.database)
    until(lambda: hosts.take(outlet.host, 0.0) == 0.0)
    left = [page for page in pages if not outlet.asked(page)]
    with Store(own_worker.database) as store:
        for page in left[:-1]:
            store.sources.read(outlet.url(page))
    hosts.give_back(outlet.host)
    hosts.close()
    until(lambda: outlet.asked(left[-1]))
    assert not any(outlet.asked(page) for page in left[:-1])
    assert len(left) > 1


def test_a_killed_process_keeps_nobody_waiting(own_worker: Worker, outlet: Outlet) -> None:
    outlet.answers["/feed"] = faults.hanging(outlet)
    own_worker.reload()
    until(lambda: outlet.peak)
    until(lambda: outlet.asked("/robots.txt"))
    until(lambda: own_worker.source(outlet.url("/feed")))
    with ThreadPoolExecutor() as pool:
        round_by_hand = pool.submit(by_hand, own_worker)
        del outlet.answers["/feed"]
        own_worker.kill()
        assert round_by_hand.result()["polls"] == 1


def test_a_host_that_asks_to_wait_is_left_alone_by_all(own_worker: Worker, outlet: Outlet) -> None:
    own_worker.reload()
    until(lambda: own_worker.polled(outlet.url("/feed")))
    until(lambda: outlet.asked("/news/1"))
    outlet.answers["/feed"] = faults.status(429, Retry_After="3600")
    assert "asked to wait (HTTP 429)" in own_worker.failure(outlet.url("/feed"))
    asked = len(outlet.seen)
    assert by_hand(own_worker)["failed"] == {"robots.txt: its host asked to be left alone": 1}
    assert len(outlet.seen) == asked
