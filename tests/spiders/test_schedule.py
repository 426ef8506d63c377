"""The plan of polls on a running loop, and the worker that keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from loopback import newstexts as texts
from loopback.crawlworker import TOPICS, Worker, until
from loopback.newslistings import Answer, rss
from loopback.newsweb import NewsWeb, Outlet

from spiders.newsroom import Newsroom
from spiders.pace.rates import Habit
from spiders.schedule import Schedule

POLL = {"min_seconds": 0.2, "max_seconds": 60.0, "delay_seconds": 0.0}
CLOSE_SECONDS = 0.05  # how much nearer than planned two requests may look from outside


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    with NewsWeb() as web:
        outlet = web.outlet("minbar", "المنبر")
        for number in range(4):
            published = datetime.now(UTC) - timedelta(hours=9 * number + 1)
            outlet.publish(*texts.HARVEST, published=published)
        yield outlet


@pytest.fixture
def room(tmp_path: Path, outlet: Outlet) -> Iterator[Newsroom]:
    seeds = tmp_path / "seeds"
    (seeds / "sites").mkdir(parents=True)
    outlet.write_seed(seeds)
    room = Newsroom(tmp_path / "munadi.db", seeds, TOPICS)
    yield room
    room.close()


def test_a_stop_just_as_a_source_comes_due_is_no_error(
    room: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    async def stopped() -> None:
        schedule, loop = Schedule(room), asyncio.get_running_loop()
        await schedule.begin()
        source = await asyncio.wait_for(schedule.due.get(), 5)
        schedule.settled(replace(source, due_at=datetime.now(UTC) + timedelta(seconds=0.1)))
        await asyncio.sleep(0)  # the job's timer is set
        stop = schedule._jobs._timeout.when() + 0.001
        loop.call_at(stop, schedule.stop)
        while loop.time() <= stop:
            pass  # nothing else has its turn, so that both come in one
        await asyncio.wait_for(schedule.due.get(), 5)

    asyncio.run(asyncio.wait_for(stopped(), 10))
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("back_seconds", [3600.0, 86_400.0 * 400])
def test_a_clock_put_back_does_not_stop_the_polls(room: Newsroom, back_seconds: float) -> None:
    async def polled() -> None:
        schedule = Schedule(room)
        await schedule.begin()
        try:
            source = await asyncio.wait_for(schedule.due.get(), 5)
            schedule.mind_clock(1000.0)
            planned = datetime.now(UTC) + timedelta(seconds=back_seconds + 0.1)
            schedule.settled(replace(source, due_at=planned))
            schedule.mind_clock(1000.0 - 0.2)
            assert schedule.due.empty()
            schedule.mind_clock(1000.0 - back_seconds)
            assert (await asyncio.wait_for(schedule.due.get(), 5)).url == source.url
        finally:
            schedule.stop()

    asyncio.run(polled())


def test_seeds_may_be_read_anew_while_the_store_is_asked(room: Newsroom, outlet: Outlet) -> None:
    """As when one SIGHUP follows another: the first still names a site that is gone by then."""
    with NewsWeb() as web:
        other = web.outlet("other", "الآخر")
        file = other.write_seed(Path(room._folders[0]))
        room.reload()

        async def twice() -> list[str]:
            first = asyncio.ensure_future(room.sync())
            await asyncio.sleep(0)
            file.unlink()
            room.reload()
            await first
            return [source.url for source in await room.sync()]

        assert asyncio.run(twice()) == [outlet.url("/feed")]


def test_new_sources_are_asked_as_fast_as_the_budget_goes(room: Newsroom, outlet: Outlet) -> None:
    feeds = [outlet.url(f"/feed?{number}") for number in range(40)]
    outlet.write_seed(Path(room._folders[0]), feeds=feeds, poll=POLL)
    room.reload()

    async def begun() -> float:
        schedule, loop = Schedule(room), asyncio.get_running_loop()
        await schedule.begin()
        try:
            came = [(await asyncio.wait_for(schedule.due.get(), 5), loop.time()) for _ in feeds]
            return came[-1][1] - came[0][1]
        finally:
            schedule.stop()

    least = (len(feeds) - 1) / room.pace.polls_per_second
    assert asyncio.run(begun()) >= least - CLOSE_SECONDS


def test_after_a_gap_the_sources_are_asked_one_by_one(room: Newsroom, outlet: Outlet) -> None:
    """The machine slept for an hour, or the clock was put forward: everything is overdue."""
    seeds = Path(room._folders[0])
    feeds = [outlet.url(f"/feed?{number}") for number in range(40)]
    outlet.write_seed(seeds, feeds=feeds, poll=POLL | {"min_seconds": 4.0})
    room.reload()

    async def woken() -> list[float]:
        schedule, loop = Schedule(room), asyncio.get_running_loop()
        await schedule.begin()
        try:
            sources = [await asyncio.wait_for(schedule.due.get(), 5) for _ in feeds]
            hour_ago = datetime.now(UTC) - timedelta(hours=1)
            for source in sources:
                polled = replace(source, last_success=hour_ago, due_at=hour_ago)
                schedule.settled(polled)
            began, came = loop.time(), []
            for _ in feeds:
                assert await asyncio.wait_for(schedule.due.get(), 60)
                came.append(loop.time() - began)
            return came
        finally:
            schedule.stop()

    came = asyncio.run(woken())
    assert came[-1] < POLL["max_seconds"], "none stays silent"
    assert came[20] > came[-1] / 8, "they are spread, not brought together"


def test_what_is_overdue_and_planned_for_this_very_moment_comes(
    room: Newsroom, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spiders.schedule.random.random", lambda: 0.0)

    async def woken() -> str:
        schedule = Schedule(room)
        await schedule.begin()
        try:
            source = await asyncio.wait_for(schedule.due.get(), 5)
            schedule.settled(replace(source, due_at=datetime.now(UTC) - timedelta(hours=1)))
            return (await asyncio.wait_for(schedule.due.get(), 5)).url
        finally:
            schedule.stop()

    assert asyncio.run(woken()) == outlet.url("/feed")


def gaps(outlet: Outlet) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(outlet.asked("/feed"))]


def test_a_source_is_asked_within_its_limits_and_its_habit_outlives_the_worker(
    tmp_path: Path, outlet: Outlet
) -> None:
    worker = Worker(tmp_path)
    try:
        outlet.write_seed(worker.seeds)
        worker.reload()
        until(lambda: len(outlet.asked("/feed")) >= 5)
        assert min(gaps(outlet)) > 0.3 - CLOSE_SECONDS
        worker.stop()
        learnt = habit(worker, outlet)
        assert learnt.items > 2, "the dated listing was the history"
        worker.start()
        asked = len(outlet.asked("/feed"))
        until(lambda: len(outlet.asked("/feed")) >= asked + 2)
        until(lambda: habit(worker, outlet).polled_at != learnt.polled_at)
        assert habit(worker, outlet).since == learnt.since
    finally:
        worker.kill()


def habit(worker: Worker, outlet: Outlet) -> Habit:
    source = worker.source(outlet.url("/feed"))
    assert source is not None
    return Habit.read(source.habit)


WISH = (
    b"<channel xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
    b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>3600</sy:updateFrequency>"
)


@pytest.mark.parametrize("way", ["header", "feed"])
def test_what_a_server_asks_for_is_heeded_also_after_a_304(
    tmp_path: Path, outlet: Outlet, way: str
) -> None:
    if way == "header":
        outlet.answers["/feed"] = lambda: replace(
            rss(outlet), headers={"Cache-Control": "max-age=1"}
        )
    else:
        wish = rss(outlet).body.replace(b"<channel>", WISH)
        outlet.answers["/feed"] = Answer(wish, "application/rss+xml")
    worker = Worker(tmp_path)
    try:
        outlet.write_seed(worker.seeds, poll=POLL)
        worker.reload()
        until(lambda: len(outlet.asked("/feed")) >= 4)
        assert {seen.status for seen in outlet.asked("/feed")} == {200, 304}
        assert min(gaps(outlet)) > 1 - CLOSE_SECONDS
        assert max(gaps(outlet)) < 3
    finally:
        worker.kill()
