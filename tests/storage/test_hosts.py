"""Processes on one database take turns at a host; whoever dies holds nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.errors import StoreError
from storage.hosts import LOOK_AGAIN_SECONDS, Hosts

HOLD = """
import sys
from pathlib import Path
from storage.hosts import Hosts
hosts = Hosts(Path(sys.argv[1]))
print(hosts.take("a.example", 0.0), flush=True)
sys.stdin.read()
"""


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hosts(database: Path, clock: Clock) -> Iterator[Hosts]:
    hosts = Hosts(database, clock)
    yield hosts
    hosts.close()


def test_a_host_is_asked_once_at_a_time_and_after_its_delay(hosts: Hosts, clock: Clock) -> None:
    assert hosts.take("a.example", 2.0) == 0
    assert hosts.take("a.example", 2.0) == LOOK_AGAIN_SECONDS
    assert hosts.take("b.example", 2.0) == 0
    clock.now += 5
    hosts.give_back("a.example")
    clock.now += 0.5
    assert hosts.take("a.example", 2.0) == pytest.approx(1.5)
    clock.now += 1.5
    assert hosts.take("a.example", 2.0) == 0


def test_another_process_waits_until_the_holder_ends_however_it_ends(
    hosts: Hosts, database: Path
) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "0.0"
    assert hosts.take("a.example", 0.0) == LOOK_AGAIN_SECONDS
    assert hosts.take("b.example", 0.0) == 0
    holder.kill()
    holder.communicate()
    assert hosts.take("a.example", 0.0) == 0


def test_a_host_rests_as_long_as_it_asked_also_after_a_restart(
    hosts: Hosts, clock: Clock, database: Path
) -> None:
    hosts.rest("a.example", 60)
    hosts.rest("a.example", 5)
    hosts.rest("greedy.example", 1e9)
    other = Hosts(database, clock)
    assert other.resting("a.example") == 60
    assert other.resting("b.example") == 0
    assert other.resting("greedy.example") == 86_400
    clock.now += 60
    assert other.resting("a.example") == 0
    other.close()


def test_what_was_written_before_the_machine_was_started_counts_no_more(
    hosts: Hosts, clock: Clock
) -> None:
    assert hosts.take("a.example", 2.0) == 0
    hosts.give_back("a.example")
    clock.now = 3.0
    assert hosts.take("a.example", 2.0) == 0


def test_thousands_of_hosts_are_told_apart(hosts: Hosts, clock: Clock, database: Path) -> None:
    names = [f"host{number}.example" for number in range(6000)]
    for number, name in enumerate(names):
        clock.now += 0.001
        assert hosts.take(name, 100.0) == 0, "no host waits for another"
        if number % 3:
            hosts.give_back(name)
    forgotten = [name for name in names[1::3] if hosts.take(name, 100.0) == 0]
    assert len(forgotten) < 6
    assert database.with_name("munadi.db.hosts").stat().st_size < 2**21


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"munadi.db.hosts cannot be written"):
        Hosts(tmp_path / "file" / "munadi.db")
