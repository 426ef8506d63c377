"""Seeds made for a test, and the crawl worker that the tests of a file share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from loopback import newsfaults as faults
from loopback.crawlworker import Worker
from loopback.newsweb import NewsWeb, Outlet

from spiders.sites import Site

MakeSite = Callable[..., Site]


@pytest.fixture
def make_site() -> MakeSite:
    """Make a site of the made-up outlet المنبر; keywords replace what its seed says."""

    def make(**changes: Any) -> Site:
        seed: dict[str, Any] = {
            "id": "minbar",
            "name": "المنبر",
            "home": "https://www.minbar.example/",
            "zone": "Asia/Damascus",
            "feeds": ["https://www.minbar.example/feed/"],
            "article": r"^/news/\d+",
        }
        return Site.model_validate(seed | changes)

    return make


@dataclass(frozen=True)
class Silent:
    """Two outlets that accept every connection and never say a whole answer."""

    hanging: Outlet
    dripping: Outlet


@pytest.fixture(scope="session")
def silent() -> Iterator[Silent]:
    with NewsWeb() as web:
        silent = Silent(web.outlet("hanging", "الساكت"), web.outlet("dripping", "المتقطر"))
        silent.hanging.answers["/feed"] = faults.hanging(silent.hanging)
        silent.dripping.answers["/feed"] = faults.dripping(silent.dripping)
        yield silent


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory, silent: Silent) -> Iterator[Worker]:
    """A crawl worker that has the two silent outlets among its seeds from the start. Each file has
    one of its own: a story that another file's outlets told would be a reprint.
    """
    worker = Worker(tmp_path_factory.mktemp("crawl"))
    silent.hanging.write_seed(worker.seeds)
    silent.dripping.write_seed(worker.seeds)
    worker.reload()
    yield worker
    worker.stop()


@pytest.fixture
def own_worker(tmp_path: Path) -> Iterator[Worker]:
    """A crawl worker for one test, to stop, to kill and to start again."""
    worker = Worker(tmp_path)
    yield worker
    worker.kill()


@pytest.fixture
def web(worker: Worker) -> Iterator[NewsWeb]:
    """Outlets for one test; their seeds go with them."""
    with NewsWeb() as web:
        yield web
        for outlet in web.outlets:
            (worker.seeds / "sites" / f"{outlet.id}.toml").unlink(missing_ok=True)
        worker.reload()
