"""What every test stands on: no socket leaves this machine, and what is repeated is not traced."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store

# What takes longest is begun first: at the end, it would leave the other workers without work.
LONG = (
    "program/test_service.py",
    "program/test_sources_in_trouble.py",
    "spiders/test_once.py",
    "spiders/test_hanging.py",
    "demo/test_demo.py",
    "spiders/test_bad_web.py",
    "program/test_kills.py",
    "program/test_seed_troubles.py",
    "program/test_sites_new.py",
    "program/test_commands.py",
    "spiders/test_stop.py",
    "bot/test_app_delivery.py",
    "spiders/test_many_hosts.py",
    "program/test_liveness.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long ones. Measure no coverage in the hundred rounds of a property: tracing
    them takes minutes.
    """
    place = {Path(__file__).parent / name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path, len(LONG)))
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")


@pytest.hookimpl(hookwrapper=True)
def pytest_collection() -> Iterator[None]:
    """Trace what the modules do when they are loaded in one worker only: it is the same in all."""
    tracer = sys.gettrace()
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        sys.settrace(None)
    yield
    sys.settrace(tracer)


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Trace nothing in a test marked `no_cover`. pytest-cov stops its own tracer, and uncovers the
    one that each of xdist's workers began with, as every child process does.
    """
    tracer = sys.gettrace()
    if item.get_closest_marker("no_cover"):
        sys.settrace(None)
    yield
    sys.settrace(tracer)


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was just made, to be copied: to make one takes ten times as long."""
    path = tmp_path_factory.mktemp("new") / "munadi.db"
    Store(path).close()
    return path


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that connects to anything but loopback or a Unix socket."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])  # type: ignore[index]
            if not ipaddress.ip_address(socket.gethostbyname(host)).is_loopback:
                pytest.fail(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
