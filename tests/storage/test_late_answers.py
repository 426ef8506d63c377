"""An answer that comes late settles what was sent, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from newsroom import LEASE, NOON, SECOND, Newsroom, a_hit, a_verdict
from sqlite_utils import Migrations

from storage.answers import Answer
from storage.migrations import steps
from storage.outbox import Gone, Later, Moved, Outcome, Refused, Sent, Unknown
from storage.store import Store
from watch.records import Change, Relation

ANA, OMAR = 1, 2
LATE: list[Outcome] = [Sent(1), Later(60.0, "an outage"), Unknown(""), Refused(""), Gone("")]


def answers(store: Store, holder: str = "one", after: timedelta = timedelta()) -> list[Answer]:
    lease = LEASE.total_seconds()
    return list(store.answers.claim(NOON + after, holder=holder, lease_seconds=lease, limit=9))


def settle(store: Store, answer: Answer, outcome: Outcome) -> None:
    store.answers.settle(answer, outcome, now=NOON, next_at=NOON)


@pytest.mark.parametrize("outcome", LATE)
def test_an_alert_under_way_to_who_is_forgotten_settles_no_other(
    newsroom: Newsroom, outcome: Outcome
) -> None:
    newsroom.reader(ANA, "aleppo")
    newsroom.prints(a_hit())
    (under_way,) = newsroom.claims()
    newsroom.store.people.forget(ANA)
    newsroom.reader(OMAR, "aleppo")
    newsroom.prints(a_hit())
    newsroom.settles(under_way, outcome)
    assert [delivery.chat_id for delivery in newsroom.claims()] == [OMAR]


def test_nor_one_that_is_under_way_too_and_fails(newsroom: Newsroom) -> None:
    newsroom.reader(ANA, "aleppo")
    newsroom.prints(a_hit())
    (under_way,) = newsroom.claims()
    newsroom.store.people.forget(ANA)
    newsroom.reader(OMAR, "aleppo")
    newsroom.prints(a_hit())
    (other,) = newsroom.claims()
    newsroom.settles(under_way, Sent(1))
    newsroom.settles(other, Later(1.0, "an outage"))
    assert [delivery.chat_id for delivery in newsroom.claims(NOON + SECOND)] == [OMAR]


def test_an_answer_under_way_to_who_is_forgotten_settles_no_other_under_way(store: Store) -> None:
    store.answers.owe(ANA, "private", "first", now=NOON)
    (under_way,) = answers(store)
    store.people.forget(ANA)
    store.answers.owe(ANA, "private", "forgotten", now=NOON)
    (other,) = answers(store)
    settle(store, under_way, Sent(1))
    settle(store, other, Later(0.0, "an outage"))
    assert [answer.html for answer in answers(store)] == ["forgotten"]


@pytest.mark.parametrize("outcome", LATE)
def test_a_sender_that_lost_its_lease_settles_no_later_answer(
    store: Store, outcome: Outcome
) -> None:
    store.answers.owe(ANA, "private", "first", now=NOON)
    (slow,) = answers(store)
    (again,) = answers(store, "two", LEASE)
    settle(store, again, Sent(1))
    store.answers.owe(ANA, "private", "second", now=NOON)
    (other,) = answers(store, "two", LEASE)
    settle(store, slow, outcome)
    settle(store, other, Later(0.0, "an outage"))
    assert [answer.html for answer in answers(store)] == ["second"]


def test_an_answer_that_was_under_way_when_the_clock_was_set_back_is_sent_once(
    store: Store,
) -> None:
    store.answers.owe(ANA, "private", "once", now=NOON)
    (under_way,) = answers(store)
    store.upkeep.mend(NOON - timedelta(hours=1), set_back=True)
    settle(store, under_way, Sent(1))
    assert store.answers.owed() == 0


def test_an_older_database_keeps_its_rows_and_gives_no_number_twice(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(store: Store) -> list[object]:
        return [list(store._connection.db[table].rows) for table in ("deliveries", "answers")]

    before_it = Migrations("munadi")
    before_it._migrations = [
        step for step in steps._migrations if step.name != "0041_numbers_given_once"
    ]
    with monkeypatch.context() as older:
        older.setattr("storage.store.migrate", lambda each: before_it.apply(each.db))
        with Store(database) as store:
            newsroom = Newsroom(store)
            newsroom.reader(ANA, "aleppo")
            for _ in range(3):
                newsroom.prints(a_hit())
            (under_way,) = newsroom.claims()
            for text in ("first", "second"):
                store.answers.owe(ANA, "private", text, now=NOON)
            before = rows(store)
    with Store(database) as store:
        assert rows(store) == before
        newsroom = Newsroom(store, printed=3)
        newsroom.settles(under_way, Sent(1))
        (next_one,) = newsroom.claims(NOON + SECOND)
        (answer,) = answers(store)
        assert (next_one.id, answer.html) == (2, "first")
        store.people.forget(ANA)
        newsroom.reader(OMAR, "aleppo")
        newsroom.prints(a_hit())
        store.answers.owe(OMAR, "private", "third", now=NOON)
        assert [delivery.id for delivery in newsroom.claims(NOON + SECOND)] == [4]
        assert [answer.id for answer in answers(store)] == [3]


def rises(newsroom: Newsroom, story: int, before: str, now: str) -> None:
    changes = (Change(before=before, now=now, toll=True),)
    newsroom.prints(a_hit(), verdict=a_verdict(Relation.UPDATE, story=story, changes=changes))


@pytest.mark.parametrize("claimed_anew", ["not", "before the toll rose", "after the toll rose"])
def test_a_toll_that_rose_after_it_was_sent_is_told_however_late_the_answer_comes(
    newsroom: Newsroom, claimed_anew: str
) -> None:
    newsroom.reader(ANA, "aleppo")
    story = newsroom.prints(a_hit()).story
    newsroom.settles(newsroom.claims()[0], Sent(501))
    rises(newsroom, story, "27", "30")
    (slow,) = newsroom.claims(NOON + SECOND)
    now = NOON + SECOND + LEASE
    if claimed_anew == "after the toll rose":
        rises(newsroom, story, "30", "35")
    anew = newsroom.claims(now, limit=claimed_anew != "not", holder="two")
    if claimed_anew != "after the toll rose":
        rises(newsroom, story, "30", "35")
    newsroom.settles(slow, Sent(502), now)
    for other in anew:
        fails = claimed_anew == "after the toll rose"
        newsroom.settles(other, Later(1.0, "an outage") if fails else Sent(503), now)
    (told,) = newsroom.claims(now + SECOND)
    assert (told.kind, told.card.changes[0].now) == ("reply", "35")


def test_a_card_that_grew_after_its_edit_was_sent_is_edited_however_late_the_answer_comes(
    newsroom: Newsroom,
) -> None:
    newsroom.reader(ANA, "aleppo")
    story = newsroom.prints(a_hit()).story
    newsroom.settles(newsroom.claims()[0], Sent(501))
    reprint = a_verdict(Relation.REPRINT, story=story)
    newsroom.prints(a_hit(), verdict=reprint)
    (slow,) = newsroom.claims(NOON + SECOND)
    now = NOON + SECOND + LEASE
    newsroom.claims(now, limit=0)
    newsroom.prints(a_hit(), verdict=reprint)
    newsroom.settles(slow, Sent(501), now)
    (edit,) = newsroom.claims(now + timedelta(minutes=1))
    assert (edit.kind, len(edit.card.also)) == ("edit", 2)


@pytest.mark.parametrize("outcome", [Later(0.0, "an outage"), Unknown(""), Moved(-1007)])
def test_a_sender_that_lost_its_lease_frees_nothing_that_another_holds(
    newsroom: Newsroom, outcome: Outcome
) -> None:
    newsroom.reader(ANA, "aleppo")
    newsroom.prints(a_hit())
    (slow,) = newsroom.claims()
    now = NOON + LEASE
    (anew,) = newsroom.claims(now, holder="two")
    newsroom.settles(slow, outcome, now)
    assert newsroom.claims(now + 2 * SECOND, holder="three") == []
    newsroom.settles(anew, Later(0.0, "an outage"), now + 2 * SECOND)
    assert len(newsroom.claims(now + 4 * SECOND, holder="three")) == 1


@pytest.mark.parametrize("outcome", [Later(0.0, "an outage"), Unknown(""), Moved(-1007)])
def test_nor_an_answer_that_another_holds(store: Store, outcome: Outcome) -> None:
    store.answers.owe(ANA, "private", "first", now=NOON)
    (slow,) = answers(store)
    (anew,) = answers(store, "two", LEASE)
    settle(store, slow, outcome)
    assert answers(store, "three", LEASE + SECOND) == []
    settle(store, anew, Later(0.0, "an outage"))
    assert len(answers(store, "three", LEASE + SECOND)) == 1
