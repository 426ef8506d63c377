"""What the admins receive, and when, over hours and days: the clock is an argument."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.admins import deal
from bot.messages.markup import MESSAGE_UNITS, units, visible
from spiders.checkup import check
from spiders.newsroom import Newsroom
from storage.health import Trouble
from storage.sources import Link
from storage.store import Store

BEGIN = datetime(2026, 3, 5, 6, tzinfo=UTC)
STEP = timedelta(minutes=5)
ADMIN, SECOND = 9001, -9002
TOPICS = Path(__file__).parents[2] / "seeds"
DAY_MINUTES = 24 * 60


class Desk:
    """A newsroom whose polls are made up: at every step all sources are asked and judged."""

    def __init__(self, folder: Path, sites: int) -> None:
        self.folder = folder
        self.feeds = [f"https://site{number}.example/feed" for number in range(sites)]
        (folder / "seeds" / "sites").mkdir(parents=True)
        for number, feed in enumerate(self.feeds):
            seed = f"""
                name = "جريدة {number}"
                home = "https://site{number}.example/"
                zone = "Asia/Damascus"
                feeds = ["{feed}"]
                sitemaps = ["{feed}.xml"]
                article = '/'
                """
            (folder / "seeds" / "sites" / f"site{number}.toml").write_text(seed, encoding="utf-8")
        self.room = Newsroom(folder / "munadi.db", folder / "seeds", TOPICS)
        self.now = BEGIN
        self.failing: dict[str, Trouble] = {}
        self.dated = True
        self.told: list[tuple[int, str]] = []  # minutes since the beginning, text
        self._listed = 0

    async def open(self) -> None:
        await self.room.sync()
        await self.run(30)

    async def run(self, minutes: int, step: int = 5) -> list[tuple[int, str]]:
        """Let so much time pass; return what the admin was told meanwhile, and at which minute."""
        before = len(self.told)
        for _ in range(minutes // step):
            self.now += timedelta(minutes=step)
            await self.room.ask(self._poll)
            await check(self.room, BEGIN, self.now)
            await self.room.ask(self._deliver)
        return self.told[before:]

    def _poll(self, store: Store) -> None:
        self._listed += 1
        for feed in self.feeds:
            for url in (feed, f"{feed}.xml"):
                if trouble := self.failing.get(url):
                    store.sources.failed(
                        url, "HTTP 4xx", now=self.now, due_at=self.now, trouble=trouble, weight=0.5
                    )
                    continue
                home = feed.removesuffix("feed")
                links = [
                    Link(
                        url=f"{home}{self._listed + n}",
                        published=self.now - n * STEP if self.dated else None,
                    )
                    for n in range(6)
                ]
                store._connection.db.execute("UPDATE links SET wanted = 0 WHERE wanted = 1")
                store.sources.found(
                    url, links, etag=None, last_modified=None, now=self.now, due_at=self.now
                )

    def _deliver(self, store: Store) -> None:
        deal(store, [ADMIN], self.now)
        claimed = store.answers.claim(self.now, holder="test", lease_seconds=9e6, limit=9)
        minutes = int((self.now - BEGIN).total_seconds()) // 60
        self.told += [(minutes, visible(answer.html)) for answer in claimed]
        store._connection.db.execute("DELETE FROM answers")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Callable[[int], Desk]]:
    opened: list[Desk] = []

    def make(sites: int) -> Desk:
        opened.append(Desk(tmp_path, sites))
        return opened[-1]

    yield make
    for each in opened:
        each.room.close()


async def test_once_then_daily_then_when_it_is_over(desk: Callable[[int], Desk]) -> None:
    office = desk(2)
    await office.open()
    feed = office.feeds[0]
    office.failing[feed] = Trouble.REFUSED
    first = await office.run(60)
    assert [minute for minute, _ in first] == [65]  # unwell from 35 on, told after half an hour
    assert "يرفض طلباتنا" in first[0][1]
    assert "أخباره تصل مع ذلك" in first[0][1]  # its sitemap is read
    later = await office.run(2 * DAY_MINUTES, step=60)
    assert [minute for minute, _ in later] == [90 + DAY_MINUTES, 90 + 2 * DAY_MINUTES]
    assert "ما زالت متعثّرة" in later[0][1]
    office.failing[f"{feed}.xml"] = Trouble.GONE
    ((_, second),) = await office.run(60)
    assert "أخباره لا تصل" in second
    assert f"{feed}.xml" in second
    office.failing.clear()
    ((_, over),) = await office.run(300)
    assert "عادت إلى العمل" in over
    assert feed in over


async def test_news_of_an_undated_source_is_not_said_to_come_from_elsewhere(
    desk: Callable[[int], Desk],
) -> None:
    office = desk(1)
    office.dated = False
    await office.open()
    ((_, told),) = await office.run(60)
    assert "لا يذكر أوقات نشر" in told
    assert "أخباره تصل مع ذلك" in told
    assert "مصدر آخر" not in told


async def test_what_comes_and_goes_is_not_told(desk: Callable[[int], Desk]) -> None:
    office = desk(2)
    await office.open()
    for _ in range(6):
        office.failing[office.feeds[0]] = Trouble.FAILING
        assert await office.run(25) == []
        office.failing.clear()
        assert await office.run(5) == []


async def test_what_comes_back_is_told_after_twice_as_long_each_time(
    desk: Callable[[int], Desk],
) -> None:
    office = desk(2)
    await office.open()
    waited = []
    for _ in range(4):
        office.failing[office.feeds[0]] = Trouble.FAILING
        begun = int((office.now - BEGIN).total_seconds()) // 60
        ((minute, _),) = await office.run(300)
        waited.append(minute - begun)
        office.failing.clear()
        ((_, over),) = await office.run(60)
        assert "عادت إلى العمل" in over
    assert waited == [35, 65, 125, 245]


async def test_one_failure_is_not_told_however_long_the_next_poll_takes(
    desk: Callable[[int], Desk],
) -> None:
    office = desk(1)
    await office.open()

    def fail(store: Store) -> None:
        store.sources.failed(
            office.feeds[0], "HTTP 429", now=office.now, due_at=office.now, trouble=Trouble.BUSY
        )

    await office.room.ask(fail)
    office.feeds = []
    for _ in range(24):
        office.now += STEP
        await check(office.room, office.now, office.now)
        await office.room.ask(office._deliver)
    assert office.told == []


async def test_our_own_line_is_one_message_and_its_sites_are_not_told_after_it(
    desk: Callable[[int], Desk],
) -> None:
    office = desk(12)
    await office.open()
    office.failing = {
        url: Trouble.UNREACHABLE for feed in office.feeds for url in (feed, f"{feed}.xml")
    }
    ((minute, text),) = await office.run(180)
    assert minute == 45  # a third of half an hour after it began at 35
    assert "اتصالنا نحن" in text
    assert "جريدة" not in text
    away = office.feeds[3]
    office.failing = {away: Trouble.UNREACHABLE, f"{away}.xml": Trouble.UNREACHABLE}
    told = await office.run(120)
    assert ["من جديد" in text for _, text in told] == [True, False]
    assert "جريدة 3" in told[1][1]  # it is still away half an hour after the line came back
    assert told[1][0] - told[0][0] <= 30


async def test_many_that_refuse_at_once_are_one_message_that_fits(
    desk: Callable[[int], Desk],
) -> None:
    office = desk(40)
    await office.open()
    for number, feed in enumerate(office.feeds[1:]):
        office.failing |= {feed: Trouble.REFUSED, f"{feed}.xml": Trouble.HTML}
        if number % 8 == 7:
            await office.run(5)
    told = await office.run(60)
    assert len(told) == 2
    assert all(units(text) <= MESSAGE_UNITS for _, text in told)
    assert "ومواقع أخرى: " in told[0][1]


async def test_nothing_fetched_for_an_hour_is_told(desk: Callable[[int], Desk]) -> None:
    office = desk(2)
    await office.open()
    office.failing = {
        url: Trouble.FAILING for feed in office.feeds for url in (feed, f"{feed}.xml")
    }
    told = await office.run(120)
    assert [("لم يصل شيء" in text) for _, text in told] == [False, True]
    assert told[1][0] == 90  # the last answer came at 30
    office.failing.clear()
    texts = [text for _, text in await office.run(60)]
    assert any("الأخبار تصل من جديد" in text for text in texts)


async def test_a_restart_tells_nothing_again(desk: Callable[[int], Desk]) -> None:
    office = desk(1)
    await office.open()
    office.failing[office.feeds[0]] = Trouble.GONE
    assert len(await office.run(60)) == 1
    office.room.close()
    folder = office.folder
    office.room = Newsroom(folder / "munadi.db", folder / "seeds", TOPICS)
    await office.room.sync()
    assert await office.run(120) == []


async def test_a_source_whose_seed_went_away_is_forgotten(desk: Callable[[int], Desk]) -> None:
    office = desk(2)
    await office.open()
    office.failing[office.feeds[1]] = Trouble.GONE
    assert len(await office.run(60)) == 1
    (office.folder / "seeds" / "sites" / "site1.toml").unlink()
    office.room.reload()
    await office.room.sync()
    office.feeds.pop()
    assert await office.run(60) == []
    assert await office.room.ask(lambda store: store.notices.incidents()) == {}


def test_each_admin_is_told_in_his_language_and_without_admins_nobody_is(tmp_path: Path) -> None:
    facts = (
        '{"kind":"opened","sites":[],"more":0,"line":{"since":"2026-03-05T06:00:00+00:00",'
        '"until":null},"nothing":null}'
    )
    with Store(tmp_path / "munadi.db") as store:
        store.people.welcome(SECOND, "group", "en", BEGIN)
        store.notices.settle({}, [], [], [facts], BEGIN)
        assert deal(store, [ADMIN, SECOND, ADMIN], BEGIN) == 1
        assert deal(store, [ADMIN, SECOND], BEGIN) == 0
        claimed = store.answers.claim(BEGIN, holder="test", lease_seconds=60, limit=9)
        texts = {answer.chat_id: (answer.chat_kind, answer.html) for answer in claimed}
        assert texts[ADMIN][0] == "private"
        assert "اتصالنا نحن" in texts[ADMIN][1]
        assert texts[SECOND][0] == "group"
        assert "our own line" in texts[SECOND][1]
        store.notices.settle({}, [], [], [facts], BEGIN)
        assert deal(store, [], BEGIN) == 1
        store.notices.settle({}, [], [], [facts], BEGIN)
        assert deal(store, [ADMIN], BEGIN + timedelta(days=2)) == 0  # too old to be told
