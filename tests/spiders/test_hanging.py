"""Hosts that never answer are given up after 30 s and delay nobody meanwhile."""

from __future__ import annotations

from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newsweb import NewsWeb

SLOW_SECONDS = 45.0


def test_hosts_that_hang_delay_nobody_and_are_given_up(
    worker: Worker, web: NewsWeb, silent
) -> None:
    outlet = web.outlet("prompt", "السريع")
    outlet.write_seed(worker.seeds)
    worker.reload()
    until(lambda: worker.polled(outlet.url("/feed")))
    outlet.publish(*texts.FERRY)
    until(lambda: worker.articles("عبارة جديدة", outlet), 10)
    for slow in (silent.hanging, silent.dripping):
        feed = slow.url("/feed")
        until(lambda feed=feed: worker.logged(feed, "no answer within 30 s"), SLOW_SECONDS)
