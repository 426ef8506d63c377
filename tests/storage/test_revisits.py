"""Told articles are due again after 10 minutes, an hour and six, whatever happens in between."""

from __future__ import annotations

from datetime import datetime, timedelta

from newsroom import NOON, Newsroom, a_hit, a_verdict

from storage.revisits import Validators
from storage.sources import Link
from storage.store import Store
from watch.records import Relation

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SITES = {"site1", "site2"}


def due(store: Store, now: datetime, limit: int = 10, sites: set[str] = SITES) -> list[str]:
    return [wanted.link.url for wanted in store.revisits.due(now, sites, limit)]


def first_due(store: Store, since: datetime) -> timedelta | None:
    """How long after `since` anything is due, to the minute."""
    minutes = range(2 * 24 * 60)
    return next((n * MINUTE for n in minutes if due(store, since + n * MINUTE)), None)


def printed(newsroom: Newsroom, now: datetime = NOON, etag: str = '"a"') -> str:
    """Print an article that hits a topic and read it; return its address."""
    newsroom.prints(a_hit(), site="site1", first_seen=now)
    url = f"https://news{newsroom.printed}.example/{newsroom.printed}"
    newsroom.store.revisits.read(url, now, Validators(etag))
    return url


def test_a_hit_is_visited_three_times_with_the_validators_it_was_read_with(
    store: Store, newsroom: Newsroom
) -> None:
    url = printed(newsroom)
    (wanted,) = store.revisits.due(NOON + 10 * MINUTE, SITES, 10)
    assert (wanted.known, wanted.revisit, wanted.etag, wanted.site) == (True, True, '"a"', "site1")
    for after in (10 * MINUTE, HOUR, 6 * HOUR):
        assert first_due(store, NOON) == after
        store.revisits.read(url, NOON + after, None)
    assert first_due(store, NOON) is None


def test_what_hits_nothing_or_does_not_alert_is_not_visited(
    store: Store, newsroom: Newsroom
) -> None:
    newsroom.prints(site="site1")
    newsroom.prints(a_hit(), site="site1", alerts=False)
    assert first_due(store, NOON) is None


def test_the_visits_are_counted_from_the_reading_and_outlive_a_crash(
    store: Store, newsroom: Newsroom
) -> None:
    newsroom.prints(a_hit(), site="site1")
    assert first_due(store, NOON) == 10 * MINUTE, "planned with the article, not after it"
    store.revisits.read("https://news1.example/1", NOON + HOUR, Validators())
    assert first_due(store, NOON + HOUR) == 10 * MINUTE


def test_visits_that_were_missed_are_made_up_for_once(store: Store, newsroom: Newsroom) -> None:
    url = printed(newsroom)
    store.revisits.read(url, NOON + 3 * HOUR, None)
    assert first_due(store, NOON) == 6 * HOUR


def test_a_page_that_is_gone_is_noted_and_looked_at_again(store: Store, newsroom: Newsroom) -> None:
    url = printed(newsroom)
    store.revisits.missed(url, NOON + 10 * MINUTE, gone=True)
    assert first_due(store, NOON) == HOUR
    assert store.revisits.gone() == [(url, NOON + 10 * MINUTE)]
    store.revisits.read(url, NOON + HOUR, Validators('"b"'))
    assert store.revisits.gone() == []


def test_a_visit_that_fails_is_tried_again_for_a_day(store: Store, newsroom: Newsroom) -> None:
    url = printed(newsroom)
    store.revisits.missed(url, NOON + 10 * MINUTE)
    assert first_due(store, NOON) == 20 * MINUTE
    store.revisits.missed(url, NOON + 20 * MINUTE, wait=2 * HOUR)
    assert first_due(store, NOON) == 2 * HOUR + 20 * MINUTE
    store.revisits.missed(url, NOON + 24 * HOUR)
    assert first_due(store, NOON) is None


def test_one_page_a_site_is_due_at_a_time_the_most_overdue_first(
    store: Store, newsroom: Newsroom
) -> None:
    late, later = printed(newsroom), printed(newsroom, NOON + MINUTE)
    newsroom.prints(a_hit(), site="site2", first_seen=NOON + 2 * MINUTE)
    now = NOON + HOUR
    assert due(store, now) == [late, "https://news3.example/3"]
    assert due(store, now, limit=1) == [late]
    assert due(store, now, sites={"site2"}) == ["https://news3.example/3"]
    store.revisits.read(late, now, None)
    assert due(store, now, sites={"site1"}) == [later]


def test_a_new_article_at_a_known_address_begins_anew(store: Store, newsroom: Newsroom) -> None:
    url = printed(newsroom)
    for after in (10 * MINUTE, HOUR, 6 * HOUR):
        store.revisits.read(url, NOON + after, None)
    again = {"url": url, "identity": "site1:other", "site": "site1"}
    update = a_verdict(Relation.UPDATE, known=1, story=1)
    newsroom.prints(a_hit(), verdict=update, **again, title="تصحيح")
    assert first_due(store, NOON) is None, "a correction is not told for a day on end"
    newsroom.prints(a_hit(), verdict=a_verdict(known=1), **again)
    assert first_due(store, NOON) == 10 * MINUTE


def test_a_clock_that_was_put_back_moves_what_waits(store: Store, newsroom: Newsroom) -> None:
    store.sources.sync([("site1", "https://news1.example/feed", "feed")], NOON)
    links = [Link(url="https://news1.example/9")]
    later = NOON + HOUR
    store.sources.found(
        "https://news1.example/feed", links, etag=None, last_modified=None, now=NOON, due_at=later
    )
    store.sources.unreadable(links[0].url, "HTTP 500", retry_at=NOON + HOUR)
    printed(newsroom)
    store.revisits.put_back(HOUR)
    assert first_due(store, NOON - HOUR) == 10 * MINUTE
    (left,) = store.sources.unchanged("https://news1.example/feed", now=NOON + MINUTE, due_at=later)
    assert left.link.url == links[0].url
