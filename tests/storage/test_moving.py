"""All readers move to another database with all that they asked for, once and whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from newsroom import NOON, Newsroom, a_hit

from storage.errors import StoreError
from storage.hours import Hours
from storage.moving import PER_READER
from storage.people import TERMINAL
from storage.store import Store
from watch.records import Level

ANA, GROUP = 101, -100_500
LEFT_BEHIND = {"deliveries", "answers", "parks"}  # what was sent and is owed, by the old bot


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "elsewhere.db") as store:
        yield store


@pytest.fixture
def full(newsroom: Newsroom) -> Store:
    """Two readers with everything a reader can have."""
    store = newsroom.store
    newsroom.reader(ANA, "aleppo", level=Level.MENTION)
    newsroom.reader(GROUP, "syria-ceasefire", kind="group")
    newsroom.reader(TERMINAL, "aleppo", kind="terminal")
    store.people.speak(ANA, "en")
    store.people.pause(GROUP, "kicked", NOON)
    store.watches.keep(ANA, "زيتون", "الزيتون", NOON)
    store.preferences.be_quiet(ANA, Hours.read("23:00-07:00"), ZoneInfo("Asia/Amman"))
    store.preferences.limit(ANA, 5)
    store.preferences.mute(ANA, NOON + timedelta(days=1), "aleppo")
    store.preferences.urge(ANA, "aleppo", urgent=True)
    newsroom.prints(a_hit())
    return store


def test_readers_arrive_whole_and_twice_changes_nothing(full: Store, elsewhere: Store) -> None:
    told = full.moving.readers()
    assert [reader["chat_id"] for reader in told] == [GROUP, ANA]
    elsewhere.people.welcome(7, "private", "ar", NOON)
    elsewhere.watches.keep(7, "قمح", "القمح", NOON)  # numbers differ there
    assert elsewhere.moving.admit(told) == 2
    arrived = [reader for reader in elsewhere.moving.readers() if reader["chat_id"] != 7]
    assert arrived == told
    assert elsewhere.moving.admit(told) == 0
    assert [r for r in elsewhere.moving.readers() if r["chat_id"] != 7] == told
    (line,) = elsewhere.watches.of(ANA)
    followed = {each.topic: each.level for each in elsewhere.people.followed(ANA)}
    assert followed == {"aleppo": Level.MENTION, line.topic: Level.ABOUT}
    assert elsewhere.preferences.of(ANA).quiet == Hours.read("23:00-07:00")
    assert elsewhere.outbox.owed() == 0


def test_nothing_that_a_reader_asked_for_is_forgotten_by_the_move(store: Store) -> None:
    tables = {
        table
        for (table,) in store._connection.execute(
            """SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
            WHERE m.type = 'table' AND c.name = 'chat_id'"""
        )
    }
    assert tables == {"readers", *PER_READER} | LEFT_BEHIND


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"chat_id": "5"}, "reader 2: chat_id is '5': write the chat's number"),
        ({"chat_id": 0}, "reader 2: chat_id is 0: write the chat's number"),
        ({"mood": "good"}, "reader 2 (chat 101): readers has no key 'mood': take it out"),
        ({"kind": "robot"}, "reader 2 (chat 101): readers: CHECK constraint failed"),
        ({"language": None}, "reader 2 (chat 101): readers: NOT NULL constraint failed"),
        ({"language": {}}, "reader 2 (chat 101): readers: Error binding parameter"),
        ({"subscriptions": "all"}, "reader 2 (chat 101): subscriptions is no list of objects"),
        ({"subscriptions": [{"level": "about"}]}, "names no topic and no line of his watches"),
        ({"chat_id": 10**30}, "write the chat's number"),
        ({"language": "fr"}, "reader 2 (chat 101): no language 'fr': mend the value"),
        ({"since": "yesterday"}, "reader 2 (chat 101): no time as export writes it: 'yesterday'"),
        ({"preferences": [{"zone": "Mars/Olympus"}]}, "Mars/Olympus: mend the value"),
        ({"preferences": [{"zone": "Asia"}]}, "reader 2 (chat 101): "),
        ({"preferences": [{"quiet": "late"}]}, "late': mend the value"),
        ({"preferences": [{"digest": "weekly"}]}, "weekly': mend the value"),
        ({"preferences": [{"hourly_limit": -4}]}, "no limit -4: mend the value"),
        ({"preferences": [{"hourly_limit": 10**30}]}, "mend the value"),
        ({"preferences": [{"thread": "news"}]}, "no topic 'news': mend the value"),
        ({"preferences": [{"muted_until": "2026-01-01"}]}, "as export writes it: '2026-01-01'"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_taken_in(
    full: Store, elsewhere: Store, *, change: dict[str, Any], told: str
) -> None:
    first, second = full.moving.readers()
    with pytest.raises(StoreError) as refused:
        elsewhere.moving.admit([first, second | change])
    assert told in str(refused.value)
    assert elsewhere.moving.readers() == []
