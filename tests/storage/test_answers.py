"""Answers to readers and parked chats, as the store keeps them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from newsroom import LEASE, NOON, SECOND, Newsroom, a_hit

from storage.answers import PATIENCE, WAITING, Answer
from storage.outbox import FLOOD, Gone, Later, Moved, Outcome, Refused, Sent, Unknown
from storage.store import Store

ANA, OMAR, LAYAN = 1, 2, 3
BOT = 77


def owe(store: Store, chat: int = ANA, text: str = "نعم", **more: object) -> bool:
    return store.answers.owe(chat, "private", text, **({"now": NOON} | more))  # type: ignore[arg-type]


def claim(store: Store, now: object = NOON, limit: int = 9) -> list[Answer]:
    return list(
        store.answers.claim(
            now,  # type: ignore[arg-type]
            holder="one",
            lease_seconds=LEASE.total_seconds(),
            limit=limit,
        )
    )


def settle(store: Store, answer: Answer, outcome: Outcome, now: object = NOON) -> object:
    at = now + SECOND  # type: ignore[operator]
    return store.answers.settle(answer, outcome, now=now, next_at=at)  # type: ignore[arg-type]


def test_each_chat_is_answered_in_order_one_at_a_time(store: Store) -> None:
    for chat, text in ((ANA, "a"), (ANA, "b"), (OMAR, "c")):
        owe(store, chat, text)
    first = claim(store)
    assert [answer.html for answer in first] == ["a", "c"]
    assert claim(store) == []
    settle(store, first[0], Sent(1))
    assert [answer.html for answer in claim(store)] == ["b"]


def test_an_update_is_answered_once(store: Store) -> None:
    assert owe(store, update=(BOT, 5))
    assert not owe(store, update=(BOT, 5))
    assert owe(store, update=(BOT + 1, 5))
    assert store.answers.handled(BOT, 5)
    assert not store.answers.handled(BOT, 6)
    assert store.answers.owed() == 2
    owe(store, update=(BOT, 6), now=NOON + timedelta(days=3))
    assert not store.answers.handled(BOT, 5)  # Telegram has forgotten it long ago


def test_nothing_that_was_sent_is_kept(store: Store) -> None:
    owe(store)
    settle(store, claim(store)[0], Sent(1))
    assert store.answers.owed() == 0


def test_a_killed_sender_gives_its_answers_back(store: Store) -> None:
    owe(store)
    claim(store)
    assert claim(store, NOON + LEASE - SECOND) == []
    (answer,) = claim(store, NOON + LEASE)
    assert answer.attempts == 1
    assert store.answers.release("one") == 1
    assert len(claim(store)) == 1


def test_who_asks_faster_than_we_may_answer_gets_the_latest(store: Store) -> None:
    for number in range(WAITING + 10):
        owe(store, text=str(number))
    assert store.answers.owed() == WAITING
    assert claim(store)[0].html == "10"


@pytest.mark.parametrize(
    ("outcome", "after", "owed"),
    [
        (Sent(1), SECOND, 0),
        (Later(5.0, FLOOD), timedelta(seconds=5), 1),
        (Later(-3.0, "an outage"), SECOND, 1),
        (Later(float("nan"), "an outage"), SECOND, 1),
        (Later(5.0, "an outage"), PATIENCE, 0),
        (Unknown("no answer"), SECOND, 1),
        (Refused("too odd"), SECOND, 0),
        (Gone("blocked"), SECOND, 0),
    ],
)
def test_each_outcome_of_an_answer_has_its_rule(
    store: Store, *, outcome: Outcome, after: timedelta, owed: int
) -> None:
    owe(store)
    now = NOON + (after if after == PATIENCE else timedelta())
    settle(store, claim(store, now)[0], outcome, now)
    assert store.answers.owed() == owed
    assert len(claim(store, now + after)) == owed


def test_an_answer_lost_twice_waits_longer_and_is_given_up_after_a_day(store: Store) -> None:
    owe(store)
    for wait in (0, 9):
        now = NOON + wait * SECOND
        settle(store, claim(store, now)[0], Unknown("no answer"), now)
    assert claim(store, NOON + 38 * SECOND) == []
    (answer,) = claim(store, NOON + 39 * SECOND)
    settle(store, answer, Unknown("no answer"), NOON + PATIENCE)
    assert store.answers.owed() == 0


def test_an_answer_whose_message_is_gone_is_sent_as_a_new_one(store: Store) -> None:
    owe(store, edits=7)
    (answer,) = claim(store)
    assert answer.edits == 7
    settle(store, answer, Refused("message to edit not found"))
    assert claim(store)[0].edits is None


def test_answers_follow_their_group_and_end_with_their_account(newsroom: Newsroom) -> None:
    newsroom.reader(ANA, "aleppo")
    store = newsroom.store
    owe(store)
    settle(store, claim(store)[0], Moved(OMAR))
    (answer,) = claim(store)
    assert answer.chat_id == OMAR
    assert store.people.followed(OMAR)
    owe(store, OMAR)
    settle(store, answer, Gone("user is deactivated", ended=True))
    assert store.answers.owed() == 0
    assert store.people.find(OMAR) is None


def test_who_is_forgotten_is_owed_no_answer(newsroom: Newsroom) -> None:
    newsroom.reader(ANA)
    owe(newsroom.store)
    newsroom.store.people.forget(ANA)
    assert newsroom.store.answers.owed() == 0


@pytest.mark.parametrize("outcome", [Sent(1), Unknown("no answer"), Refused("chat not found")])
def test_what_was_under_way_when_its_reader_was_forgotten_settles_nothing_else(
    newsroom: Newsroom, outcome: Outcome
) -> None:
    newsroom.reader(ANA)
    owe(newsroom.store, text="kept")
    (under_way,) = claim(newsroom.store)
    newsroom.store.people.forget(ANA)
    owe(newsroom.store, text="forgotten")
    settle(newsroom.store, under_way, outcome)
    assert [answer.html for answer in claim(newsroom.store)] == ["forgotten"]


def test_one_flooded_chat_parks_itself_and_a_second_parks_everything(
    newsroom: Newsroom, database: Path
) -> None:
    for chat in (ANA, OMAR, LAYAN):
        newsroom.reader(chat, "aleppo")
    newsroom.prints(a_hit())
    first, second, third = newsroom.claims()
    store = newsroom.store
    settle_alert = store.outbox.settle
    later = NOON + SECOND
    assert settle_alert(first, Later(30.0, FLOOD), now=NOON, next_at=later) is None
    with Store(database) as restarted:  # what Telegram asked for outlives the process
        owe(restarted, OMAR)
        owe(restarted, ANA)
        (answer,) = claim(restarted, later)
        assert answer.chat_id == OMAR
        until = settle(restarted, answer, Later(5.0, FLOOD), later)
        assert until == later + 5 * SECOND  # the shorter of the two
    settle_alert(third, Sent(3), now=later, next_at=later)
    newsroom.prints(a_hit())
    assert newsroom.claims(later + 4 * SECOND) == []
    claimed = newsroom.claims(later + 5 * SECOND)
    assert LAYAN in {delivery.chat_id for delivery in claimed}
    assert ANA not in {delivery.chat_id for delivery in claimed}
    assert second.chat_id == OMAR


def test_a_summary_waits_for_the_alert_that_is_under_way(newsroom: Newsroom) -> None:
    store = newsroom.store
    newsroom.reader(ANA, "aleppo")
    newsroom.prints(a_hit())
    (alert,) = newsroom.claims()
    owe(store)
    store._connection.execute("UPDATE answers SET summary = 1")

    def summaries(now: object) -> int:
        return len(
            store.answers.claim(now, holder="one", lease_seconds=30, limit=9, summaries=True)  # type: ignore[arg-type]
        )

    assert summaries(NOON) == 0
    newsroom.settles(alert, Sent(1))
    assert summaries(NOON + SECOND) == 1
