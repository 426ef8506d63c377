"""Many hosts at once: all of them are asked, each over one connection that is not kept for long."""

from __future__ import annotations

from pathlib import Path

import psutil
from loopback.crawlworker import Worker, until
from loopback.manyhosts import ManyHosts

HOSTS = 150


def test_each_host_is_asked_over_one_connection_that_is_soon_closed(tmp_path: Path) -> None:
    with ManyHosts() as web:
        worker = Worker(tmp_path, "--polls-per-second", "1000")
        try:
            process = psutil.Process(worker.process.pid)
            at_rest = process.num_fds()
            poll = {"min_seconds": 300, "max_seconds": 600, "delay_seconds": 0.0}
            web.write_seeds(worker.seeds, HOSTS, **poll)
            worker.reload()
            until(lambda: web.counts().hosts == HOSTS and web.counts().pages == HOSTS, 60)
            counts = web.counts()
            assert counts.feeds == counts.robots == HOSTS
            assert counts.peak == 1
            until(lambda: process.num_fds() <= at_rest + 10, 40)
        finally:
            worker.kill()
