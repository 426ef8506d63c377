"""What the polls of a source leave behind of its health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage.health import Condition, Health, Trouble, longest_pause, usable
from storage.sources import Link
from storage.store import Store

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED, MAP = "https://news1.example/feed", "https://news1.example/news.xml"


@pytest.fixture
def polled(store: Store) -> Store:
    store.sources.sync([("site1", FEED, "feed"), ("site1", MAP, "sitemap")], NOON)
    return store


def health(store: Store, url: str = FEED) -> Health:
    return next(source.health for source in store.archive.sources() if source.url == url)


def lists(
    store: Store, now: datetime, *ages: int, url: str = FEED, moved: str | None = None
) -> None:
    links = [
        Link(url=f"https://news1.example/{now.hour}-{age}", published=now - age * HOUR)
        for age in ages
    ]
    store.sources.found(
        url, links, etag=None, last_modified=None, now=now, due_at=now, moved_to=moved
    )


def test_failures_add_up_and_one_success_takes_all_away(polled: Store) -> None:
    for hour, trouble, weight in ((0, Trouble.GONE, 1.0), (1, Trouble.FAILING, 0.25)):
        now = NOON + hour * HOUR
        polled.sources.failed(FEED, "why", now=now, due_at=now, trouble=trouble, weight=weight)
    failing = health(polled)
    assert (failing.trouble, failing.strain, failing.failing_since) == ("failing", 1.25, NOON)
    assert not failing.works
    polled.sources.unchanged(FEED, now=NOON, due_at=NOON)
    assert health(polled) == Health()


def test_a_listing_leaves_its_times_and_its_longest_pause(polled: Store) -> None:
    lists(polled, NOON, 1, 2, 5, 6, 90)  # the last may be pinned for ever
    seen = health(polled)
    assert (seen.links, seen.dated, seen.newest) == (5, 5, NOON - HOUR)
    assert (seen.known_at, seen.fresh_at) == (NOON, NOON)
    assert seen.lull_seconds == 3 * 3600
    lists(polled, NOON + 8 * HOUR, 0)
    assert health(polled).lull_seconds == 8 * 3600
    assert (health(polled).known_at, health(polled).fresh_at) == (NOON, NOON + 8 * HOUR)


def test_what_another_source_listed_first_is_new_to_this_one(polled: Store) -> None:
    later = NOON + HOUR
    lists(polled, NOON, 1, url=MAP)
    lists(polled, later, 1)
    link = [Link(url=f"https://news1.example/{later.hour}-1")]
    polled.sources.found(MAP, link, etag=None, last_modified=None, now=later + HOUR, due_at=later)
    assert health(polled, MAP).fresh_at == later + HOUR


def test_where_it_moved_to_is_known_until_it_is_back(polled: Store) -> None:
    lists(polled, NOON, 1, moved="https://news2.example/feed")
    assert health(polled).moved_to == "https://news2.example/feed"
    polled.sources.unchanged(FEED, now=NOON, due_at=NOON)
    assert health(polled).moved_to is None


def test_a_source_that_comes_back_after_days_begins_anew(polled: Store) -> None:
    polled.sources.failed(FEED, "why", now=NOON, due_at=NOON, trouble=Trouble.GONE, weight=1.0)
    polled.notices.settle({FEED: (Condition.GONE, NOON)}, [], [], [], NOON)
    assert health(polled).condition is Condition.GONE
    polled.sources.sync([("site1", MAP, "sitemap")], NOON)
    polled.sources.sync([("site1", FEED, "feed")], NOON + 48 * HOUR)
    assert health(polled) == Health()


def test_times_that_tell_nothing_are_not_usable() -> None:
    assert usable([None, NOON + 2 * HOUR], NOON) == []
    assert usable([NOON, NOON, NOON], NOON) == []  # all dated when they were asked for
    assert usable([NOON - HOUR, NOON, NOON + HOUR / 2], NOON) == [
        NOON + HOUR / 2,
        NOON,
        NOON - HOUR,
    ]


def test_a_long_pause_fades_and_is_bounded() -> None:
    month = timedelta(days=28)
    assert longest_pause(1000.0, NOON - month, [], NOON) == 7 * 86_400
    assert longest_pause(36_000.0, NOON - 24 * HOUR, [], NOON) == 86_400
    assert 34_000 < longest_pause(36_000.0, NOON - HOUR, [], NOON) < 36_000
    assert longest_pause(0.0, NOON + HOUR, [], NOON) == 0.0  # a clock that went back
