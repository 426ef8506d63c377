"""Stops, crashes and a database that cannot be written: nothing that was found is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import TOPICS, Worker, until
from loopback.newsweb import NewsWeb, Outlet

from storage.store import Store


@pytest.fixture
def web() -> Iterator[NewsWeb]:
    with NewsWeb() as web:
        yield web


def watch(worker: Worker, outlet: Outlet, **seed: object) -> None:
    """Give the worker the outlet's seed and wait for the first round."""
    outlet.write_seed(worker.seeds, **seed)
    worker.reload()
    until(lambda: worker.polled(outlet.url("/feed")))


def test_a_stop_is_quick_beside_a_host_that_hangs_and_loses_nothing(
    own_worker: Worker, web: NewsWeb
) -> None:
    outlet = web.outlet("hangs", "الساكت")
    watch(own_worker, outlet)
    story = outlet.publish(*texts.ALEPPO)
    outlet.answers[story.path] = faults.hanging(outlet)
    until(lambda: own_worker.status().wanted == 1)
    assert own_worker.stop() < 3
    assert own_worker.owed(outlet) == []

    del outlet.answers[story.path]
    outlet.released.set()
    polls = len(outlet.asked("/feed"))
    own_worker.start()
    (alert,) = until(lambda: own_worker.owed(outlet))
    assert alert.card.url == outlet.url(story.path)
    first = outlet.asked("/feed")[polls]
    assert "if-none-match" in first.headers, "the validators outlive the process"

    own_worker.stop()
    own_worker.start()
    own_worker.process.send_signal(signal.SIGINT)
    assert own_worker.process.wait() == 0, "a stop right after the start is heard"


def test_a_crash_loses_nothing_and_an_orphan_ends(own_worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("crash", "الناجي")
    watch(own_worker, outlet)
    story = outlet.publish(*texts.ALEPPO)
    outlet.answers[story.path] = faults.hanging(outlet)
    until(lambda: own_worker.status().wanted == 1)
    own_worker.kill()
    del outlet.answers[story.path]
    outlet.released.set()
    own_worker.start()
    (alert,) = until(lambda: own_worker.owed(outlet))
    assert alert.card.url == outlet.url(story.path)

    assert own_worker.orphan() == 0, "it ends with its parent"


def test_a_database_that_is_locked_for_a_while_loses_nothing(
    own_worker: Worker, web: NewsWeb
) -> None:
    outlet = web.outlet("locked", "الصابر")
    watch(own_worker, outlet)
    locked, release = threading.Event(), threading.Event()

    def hold() -> None:
        with Store(own_worker.database) as store, store.transaction():
            locked.set()
            release.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert locked.wait(10)
    outlet.publish(*texts.ALEPPO)
    until(lambda: own_worker.logged("another process"))
    release.set()
    holder.join()
    (alert,) = until(lambda: own_worker.owed(outlet))
    assert alert.card.title == texts.ALEPPO[0]
    assert own_worker.process.poll() is None


def test_a_disk_that_is_full_for_a_while_loses_nothing(own_worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("full", "الممتلئ")
    watch(own_worker, outlet)
    process = psutil.Process(own_worker.process.pid)
    soft, hard = process.rlimit(psutil.RLIMIT_FSIZE)
    process.rlimit(psutil.RLIMIT_FSIZE, (4096, hard))
    outlet.publish(*texts.ALEPPO)
    until(lambda: own_worker.logged(outlet.url("/feed"), "munadi.db"))
    assert own_worker.process.poll() is None
    assert not own_worker.logged("Traceback")
    process.rlimit(psutil.RLIMIT_FSIZE, (soft, hard))
    (alert,) = until(lambda: own_worker.owed(outlet))
    assert alert.card.title == texts.ALEPPO[0]


def test_a_database_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path) -> None:
    database = tmp_path / "notes.txt"
    database.write_text("this is no database, and it is long enough to be seen as such" * 20)
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "munadi.worker", "--database", database),
            *("--seeds", tmp_path, "--topics", TOPICS),
        ],
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 3
    (line,) = ended.stderr.splitlines()
    assert "notes.txt" in line
