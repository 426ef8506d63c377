"""What a dead sender held, what a wrong clock wrote, what is old: the store is kept in order."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from newsroom import NOON, SECOND, Newsroom, a_hit

from storage import upkeep
from storage.audits import Audit
from storage.outbox import FLOOD, Later, Sent
from storage.people import TERMINAL
from storage.revisits import Validators
from storage.sources import Link
from storage.store import Store
from storage.upkeep import DELIVERIES_KEPT, LINKS_KEPT, PAUSED_KEPT, REVISITS_KEPT, SOURCES_KEPT

DAY, YEAR = timedelta(days=1), timedelta(days=365)
FEED = "https://news1.example/feed"
ANA, OMAR, LAYAN = 1, 2, 3


def test_what_a_killed_sender_held_is_taken_up_after_a_moment(newsroom: Newsroom) -> None:
    newsroom.reader(ANA, "aleppo")
    newsroom.reader(OMAR, "aleppo", kind="group")
    newsroom.prints(a_hit())
    newsroom.store.answers.owe(ANA, "private", "نعم", now=NOON)
    assert len(newsroom.claims()) == 2
    newsroom.store.answers.claim(NOON, holder="one", lease_seconds=30, limit=9)
    assert newsroom.store.upkeep.take_back(NOON) == 3
    assert newsroom.claims(NOON + SECOND) == []  # what was under way may have arrived
    (delivery,) = newsroom.claims(NOON + 2 * SECOND)
    assert (delivery.chat_id, delivery.attempts) == (ANA, 0)
    newsroom.store.outbox.release("one")
    assert len(newsroom.claims(NOON + 4 * SECOND)) == 2


def test_a_clock_that_was_a_year_ahead_holds_nobody_up(newsroom: Newsroom) -> None:
    ahead = NOON + YEAR
    store = newsroom.store
    for chat in (ANA, OMAR, LAYAN):
        newsroom.reader(chat, "aleppo")
    newsroom.prints(a_hit(), first_seen=ahead)
    first, second, _held = newsroom.claims(ahead)
    newsroom.settles(first, Later(30.0, FLOOD), ahead)
    newsroom.settles(second, Later(30.0, FLOOD), ahead)  # everything is parked
    store.answers.owe(ANA, "private", "نعم", now=NOON)
    assert newsroom.claims(NOON) == []
    store.upkeep.mend(NOON)
    assert {delivery.chat_id for delivery in newsroom.claims(NOON)} == {ANA, OMAR, LAYAN}
    assert len(store.answers.claim(NOON, holder="one", lease_seconds=30, limit=9)) == 1


def test_mending_believes_what_may_be_so(newsroom: Newsroom) -> None:
    for chat in (ANA, OMAR):
        newsroom.reader(chat, "aleppo")
    newsroom.prints(a_hit())
    first, _held = newsroom.claims()
    newsroom.settles(first, Later(86_400.0, FLOOD))
    newsroom.store.upkeep.mend(NOON)
    assert newsroom.claims(NOON + SECOND) == []
    newsroom.store.upkeep.mend(NOON, set_back=True)
    assert len(newsroom.claims(NOON + SECOND)) == 2


def test_done_deliveries_go_after_thirty_days_and_owed_ones_never(newsroom: Newsroom) -> None:
    newsroom.reader(ANA, "aleppo")
    newsroom.prints(a_hit())
    newsroom.prints(a_hit())
    newsroom.settles(newsroom.claims()[0], Sent(1))
    later = NOON + DELIVERIES_KEPT + SECOND
    assert newsroom.store.upkeep.prune(NOON + DELIVERIES_KEPT) == 0
    assert newsroom.store.upkeep.prune(later) == 1
    assert newsroom.store.upkeep.prune(later) == 0
    assert newsroom.count("deliveries") == 1
    assert newsroom.count("articles") == 2


def test_who_left_is_forgotten_after_ninety_days(newsroom: Newsroom) -> None:
    for chat in (ANA, OMAR, TERMINAL):
        newsroom.reader(chat, "aleppo")
    for chat in (ANA, TERMINAL):
        newsroom.store.people.pause(chat, "blocked", NOON)
    newsroom.store.upkeep.prune(NOON + PAUSED_KEPT)
    assert newsroom.store.people.find(ANA) is not None
    newsroom.store.upkeep.prune(NOON + PAUSED_KEPT + SECOND)
    assert newsroom.store.people.find(ANA) is None
    assert newsroom.store.people.followed(ANA) == []
    assert newsroom.store.people.find(OMAR) is not None
    assert newsroom.store.people.find(TERMINAL) is not None


def test_addresses_and_sources_go_when_nobody_can_list_them_any_more(store: Store) -> None:
    store.sources.sync([("site1", FEED, "feed")], NOON)
    links = [Link(url=f"https://news1.example/{n}") for n in range(3)]
    store.sources.found(FEED, links, etag=None, last_modified=None, now=NOON, due_at=NOON)
    store.sources.read(links[0].url)
    later = NOON + LINKS_KEPT + SECOND
    assert store.upkeep.prune(later) == 1
    assert store.sources.unseen([link.url for link in links]) == {links[0].url}
    store.sources.sync([], NOON)
    assert store.upkeep.prune(NOON + SOURCES_KEPT + SECOND) == 1
    assert json.dumps(list(store.archive.status(NOON).sources)) == "[]"


def test_how_a_page_was_read_is_forgotten_before_its_address(newsroom: Newsroom) -> None:
    store, visits = newsroom.store, newsroom.store.revisits
    newsroom.prints(a_hit(), site="site1")  # a visit is due
    newsroom.prints(site="site1")
    told, plain = (f"https://news{number}.example/{number}" for number in (1, 2))
    for url in (told, plain):
        visits.read(url, NOON, Validators('"a"'))
    later = NOON + REVISITS_KEPT + SECOND
    assert store.upkeep.prune(NOON + REVISITS_KEPT) == 0
    assert store.upkeep.prune(later) == 1
    assert [due.link.url for due in visits.due(later, {"site1"}, 10)] == [told]
    visits.missed(told, later + DAY)  # the last visit: it will be asked for no more
    visits.missed(told, later + 2 * DAY, gone=True)
    assert store.upkeep.prune(later) == 0  # that it is gone is kept
    visits.read(told, later + 3 * DAY, None)
    assert store.upkeep.prune(later) == 1
    assert newsroom.count("revisits") == 0
    assert store.sources.unseen([told, plain]) == set()


def test_an_audit_goes_with_its_source(store: Store) -> None:
    store.sources.sync([("site1", FEED, "feed")], NOON)
    store.audits.write(FEED, Audit(audited_at=NOON))
    store.sources.sync([], NOON)
    assert store.upkeep.prune(NOON + SOURCES_KEPT + SECOND) == 1
    assert store._connection.db["audits"].count == 0


def test_pruning_goes_in_small_batches(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "BATCH", 2)
    newsroom.reader(ANA, "aleppo")
    for _ in range(5):
        newsroom.prints(a_hit())
    newsroom.store.people.pause(ANA, "blocked", NOON)
    later = NOON + DELIVERIES_KEPT + SECOND
    assert [newsroom.store.upkeep.prune(later) for _ in range(4)] == [2, 2, 1, 0]
