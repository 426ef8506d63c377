"""A source that refuses us is left alone; its outlet's others are asked at once and as often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newsweb import NewsWeb, Outlet

from spiders.pace.plan import Pace
from spiders.pace.rates import Habit

SOURCES = ("/feed", "/news.xml", "/latest")
SOON_SECONDS = 4.0  # each source by itself would be asked every quarter of a minute


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    worker = Worker(tmp_path, "--polls-per-second", "0.2")
    yield worker
    worker.kill()


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    with NewsWeb() as web:
        yield web.outlet("minbar", "المنبر")


def test_a_refusal_sends_us_to_the_other_sources_and_nothing_is_told_twice(
    worker: Worker, outlet: Outlet
) -> None:
    for number in range(3):
        published = datetime.now(UTC) - timedelta(hours=9 * number + 1)
        outlet.publish(*texts.HARVEST, published=published)
    outlet.write_seed(
        worker.seeds,
        sitemaps=[outlet.url("/news.xml")],
        pages=[outlet.url("/latest")],
        poll={"min_seconds": 0.3, "max_seconds": 60.0, "delay_seconds": 0.0},
    )
    worker.reload()
    until(lambda: all(worker.polled(outlet.url(path)) for path in SOURCES))
    outlet.answers["/feed"] = faults.status(403)
    outlet.publish(*texts.TRAIN)
    refused = until(lambda: [seen for seen in outlet.asked("/feed") if seen.status == 403])[0]
    for path in SOURCES[1:]:
        after = until(lambda path=path: [s for s in outlet.asked(path) if s.at > refused.at])
        assert after[0].at - refused.at < SOON_SECONDS, path
    (alert,) = until(worker.owed)
    assert alert.card.title == texts.TRAIN[0]
    assert "refused (HTTP 403)" in worker.failure(outlet.url("/feed"))

    del outlet.answers["/feed"]
    until(lambda: outlet.asked("/feed")[-1].status == 200)
    until(lambda: worker.source(outlet.url("/feed")).failures == 0)  # type: ignore[union-attr]
    assert worker.owed() == []
    outlet.assert_polite()


def test_those_that_stand_in_are_asked_as_often_as_the_one_that_fails() -> None:
    busy = Habit(items=400.0, seconds=86_400.0, since=0.0, polled_at=86_400.0)
    quiet = Habit(items=0.5, seconds=86_400.0 * 4, since=0.0, polled_at=86_400.0)
    pace = Pace(0.01)
    pace.know("feed", "minbar", busy, 60, 3600)
    pace.know("map", "minbar", quiet, 60, 3600)
    for number in range(8):
        pace.know(f"other{number}", f"other{number}", quiet, 60, 3600)

    def wait(url: str) -> float:
        return pace.next_poll(url, 86_400.0, lambda: 0.5) - 86_400.0

    feed, quiet_map = wait("feed"), wait("map")
    assert quiet_map > 2 * feed
    pace.failed("feed")
    assert wait("map") == pytest.approx(feed, rel=0.2)
    assert wait("other1") == pytest.approx(quiet_map, rel=0.2)
    assert pace.stand_ins("feed") == {"map": 60}
    pace.failed("map")
    assert pace.stand_ins("feed") == {}
    pace.learn("feed", busy)
    pace.learn("map", quiet)
    assert wait("map") == quiet_map
