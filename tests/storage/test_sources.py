"""Links are wanted from the poll that found them until their article is recorded or given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from newsroom import NOON, Newsroom

from storage.sources import Kind, Link, Wanted
from storage.store import Store

FEED, MAP = "https://news1.example/feed", "https://news1.example/news.xml"
LATER = NOON + timedelta(minutes=1)


@dataclass
class Site:
    """A site with two sources; the feed has had its first round."""

    store: Store

    def lists(self, *links: Link, source: str = FEED, now: datetime = NOON) -> Sequence[Wanted]:
        return self.store.sources.found(
            source, links, etag=None, last_modified=None, now=now, due_at=now + timedelta(minutes=1)
        )


@pytest.fixture
def site(store: Store) -> Site:
    store.sources.sync([("site1", FEED, "feed"), ("site1", MAP, "sitemap")], NOON)
    site = Site(store)
    site.lists()
    return site


def link(number: int, title: str | None = "عنوان", modified: str | None = None) -> Link:
    return Link(url=f"https://news1.example/{number}", title=title, modified=modified)


def urls(wanted: Sequence[Wanted]) -> list[str]:
    return [want.link.url.removeprefix("https://news1.example/") for want in wanted]


def test_the_first_round_of_a_source_records_and_does_not_alert(site: Site) -> None:
    assert [want.alerts for want in site.lists(link(1), link(2), source=MAP)] == [False, False]
    assert [want.alerts for want in site.lists(link(3), source=MAP)] == [True, False, False]


def test_an_unseen_link_is_wanted_as_it_was_listed(site: Site) -> None:
    listed = Link(url="https://news1.example/1", title="عنوان", modified="m", published=NOON)
    (wanted,) = site.lists(listed, now=LATER)
    assert wanted == Wanted(link=listed, site="site1", first_seen=LATER, alerts=True, known=False)


def test_a_link_listed_twice_in_a_round_is_one_link_with_a_title(site: Site) -> None:
    (wanted,) = site.lists(link(1, None), link(1, "عنوان"), link(1, "عنوان آخر"))
    assert wanted.link.title == "عنوان"


def test_a_link_stays_wanted_until_its_article_is_recorded(site: Site, newsroom: Newsroom) -> None:
    site.lists(link(1), link(2))
    assert urls(site.lists(link(1), link(2))) == ["1", "2"]
    newsroom.prints()
    assert urls(site.lists(link(1), link(2))) == ["2"]
    assert urls(site.store.sources.unchanged(MAP, now=NOON, due_at=LATER)) == ["2"]


def test_a_link_may_be_settled_without_an_article(site: Site) -> None:
    site.lists(link(1))
    site.store.sources.read("https://news1.example/1")
    assert site.lists(link(1)) == []
    assert [want.known for want in site.lists(link(1, "عنوان جديد"))] == [True]


def test_an_unreadable_link_is_tried_again_when_it_is_time(site: Site) -> None:
    site.lists(link(1))
    site.store.sources.unreadable("https://news1.example/1", "timeout", retry_at=LATER)
    assert site.lists(link(1), now=LATER - timedelta(seconds=1)) == []
    assert urls(site.lists(link(1), now=LATER)) == ["1"]


def test_a_link_given_up_comes_back_only_when_its_listing_changes(site: Site) -> None:
    site.lists(link(1))
    site.store.sources.unreadable("https://news1.example/1", "no-body", retry_at=None)
    assert site.store.archive.status(NOON).unreadable == 1
    assert site.lists(link(1)) == []
    (again,) = site.lists(link(1, "عنوان جديد"))
    assert (again.known, again.link.title) == (False, "عنوان جديد")
    assert site.store.archive.status(NOON).unreadable == 0


@pytest.mark.parametrize("changed", [link(1, "عنوان مصحح"), link(1, modified="2026-03-05")])
def test_a_read_link_is_wanted_again_when_its_listing_changes(
    site: Site, newsroom: Newsroom, changed: Link
) -> None:
    site.lists(link(1))
    newsroom.prints()
    assert site.lists(link(1)) == []
    (again,) = site.lists(changed, now=LATER)
    assert (again.known, again.alerts, again.first_seen) == (True, True, NOON)
    assert again.link == changed
    newsroom.printed = 0
    newsroom.prints(text="نص مصحح")
    assert site.lists(changed) == []


def test_spaces_in_a_title_are_no_change(site: Site, newsroom: Newsroom) -> None:
    site.lists(link(1, "عنوان طويل"))
    newsroom.prints()
    assert site.lists(link(1, " عنوان\n طويل ")) == []


def test_two_sources_with_their_own_titles_do_not_chase_each_other(
    site: Site, newsroom: Newsroom
) -> None:
    site.lists(link(1, "كما في الخلاصة"))
    newsroom.prints()
    for _ in range(3):
        assert site.lists(link(1, "كما في الخريطة", "m"), source=MAP) == []
        assert site.lists(link(1, "كما في الخلاصة")) == []
    assert urls(site.lists(link(1, "تصحيح", "m"), source=MAP)) == ["1"]


def test_an_article_read_elsewhere_is_not_wanted_when_it_is_listed(
    site: Site, newsroom: Newsroom
) -> None:
    newsroom.prints()
    assert site.lists(link(1)) == []


def test_another_sites_links_are_not_handed_out(site: Site, store: Store) -> None:
    other = "https://other.example/feed"
    store.sources.sync([("site1", FEED, "feed"), ("site2", other, "feed")], NOON)
    site.lists(link(1))
    assert site.lists(link(1), source=other) == []


def test_validators_and_links_are_settled_together(site: Site) -> None:
    site.store.sources.found(
        FEED, [link(1)], etag='"e"', last_modified="Thu", now=NOON, due_at=LATER
    )
    feed = site.store.sources.sync([("site1", FEED, "feed")], NOON)[0]
    assert (feed.etag, feed.last_modified, feed.due_at) == ('"e"', "Thu", LATER)
    assert (feed.last_success, feed.last_new) == (NOON, NOON)


def test_a_304_keeps_the_validators_and_counts_as_success(site: Site) -> None:
    sources = site.store.sources
    sources.found(FEED, [], etag='"e"', last_modified=None, now=NOON, due_at=NOON)
    sources.failed(FEED, "timeout", now=NOON, due_at=NOON)
    assert sources.unchanged(FEED, now=LATER, due_at=LATER) == []
    (feed,) = sources.sync([("site1", FEED, "feed")], NOON)
    assert (feed.etag, feed.failures, feed.last_reason) == ('"e"', 0, None)
    assert (feed.last_success, feed.last_new) == (LATER, None)


def test_failures_are_counted_in_a_row_and_shown_first(site: Site) -> None:
    for _ in range(3):
        site.store.sources.failed(FEED, "timeout", now=NOON, due_at=LATER)
    worst = site.store.archive.status(NOON).sources[0]
    assert (worst.url, worst.failures, worst.last_reason) == (FEED, 3, "timeout")
    assert (worst.due_at, worst.last_success) == (LATER, NOON)
    site.lists()
    assert site.store.archive.status(NOON).sources[1].failures == 0


def test_sync_keeps_what_is_known_of_a_source(site: Site) -> None:
    wanted: list[tuple[str, str, Kind]] = [("moved", FEED, "page"), ("site3", "https://c/", "feed")]
    kept, new = site.store.sources.sync(wanted, LATER)
    assert (kept.site, kept.kind, kept.last_success) == ("moved", "page", NOON)
    assert (new.due_at, new.last_success, new.failures) == (LATER, None, 0)
    assert {source.url for source in site.store.archive.status(NOON).sources} == {
        FEED,
        "https://c/",
    }


@pytest.mark.parametrize(
    ("away", "alerts"), [(timedelta(hours=1), True), (timedelta(days=2), False)]
)
def test_a_source_that_was_long_out_of_the_seeds_begins_anew(
    site: Site, away: timedelta, alerts: bool
) -> None:
    site.store.sources.sync([], NOON)
    site.store.sources.sync([("site1", FEED, "feed")], NOON + away)
    assert [want.alerts for want in site.lists(link(1), now=NOON + away)] == [alerts]


def test_unseen_addresses_are_those_that_no_source_listed(site: Site) -> None:
    site.lists(link(1), source=MAP)
    broken = "https://news1.example/\udc80"
    asked = [link(1).url, link(2).url, broken]
    assert site.store.sources.unseen(asked) == {link(2).url, broken}
    assert site.store.sources.unseen([]) == set()


def test_a_habit_is_kept_until_another_is_learnt_or_the_source_was_long_gone(site: Site) -> None:
    sources, named = site.store.sources, [("site1", FEED, "feed")]

    def habit(now: datetime = NOON) -> str | None:
        return sources.sync(named, now)[0].habit  # type: ignore[arg-type]

    assert habit() is None
    sources.unchanged(FEED, now=NOON, due_at=LATER, habit="first")
    site.lists(link(1))
    sources.failed(FEED, "timeout", now=NOON, due_at=LATER)
    assert habit() == "first"
    sources.found(FEED, [], etag=None, last_modified=None, now=NOON, due_at=LATER, habit="second")
    sources.sync([], NOON)
    assert habit(NOON + timedelta(hours=23)) == "second"
    sources.sync([], NOON)
    assert habit(NOON + timedelta(hours=25)) is None


def test_a_source_nobody_named_is_a_bug(site: Site) -> None:
    with pytest.raises(LookupError, match="sync"):
        site.lists(source="https://nowhere.example/")


def test_broken_characters_in_a_listing_do_no_harm(site: Site) -> None:
    broken = Link(url="https://news1.example/\ud800", title="\udc00", modified="\ud83d")
    assert urls(site.lists(broken)) == ["?"]
    site.store.sources.unreadable("https://news1.example/\ud800", "\ud800", retry_at=None)
    assert site.lists(broken) == []


def test_a_feed_of_a_thousand_known_links_writes_nothing_but_its_source_and_its_health(
    site: Site,
) -> None:
    links = [link(number) for number in range(1000)]
    assert len(site.lists(*links)) == 1000
    before = site.store._connection.db.conn.total_changes
    assert len(site.lists(*links)) == 1000
    assert site.store._connection.db.conn.total_changes - before == 2


def test_a_link_is_wanted_until_it_is_read_or_given_up(site: Site) -> None:
    site.lists(link(1), link(2))
    sources, (one, two) = site.store.sources, (link(1).url, link(2).url)
    assert sources.wants(one)
    assert sources.wants(two)
    sources.read(one)
    sources.unreadable(two, "no text", retry_at=None)
    assert not sources.wants(one)
    assert not sources.wants(two)
    assert not sources.wants(link(3).url), "nobody has listed it"
