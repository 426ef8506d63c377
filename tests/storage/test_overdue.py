"""What is owed too long, and what may wait."""

from __future__ import annotations

from datetime import timedelta

from newsroom import LEASE, NOON, SECOND, Newsroom, a_hit

from storage.outbox import FLOOD, Later, Sent

LATER = NOON + timedelta(minutes=10)


def test_nothing_owed_is_nothing_overdue(newsroom: Newsroom) -> None:
    found = newsroom.store.archive.overdue(NOON)
    assert (found.count, found.since, found.last_sent, found.parked_until) == (0, None, None, None)


def test_what_is_owed_claimed_or_failing_counts_and_what_was_sent_does_not(
    newsroom: Newsroom,
) -> None:
    for chat in (1, 2, 3):
        newsroom.reader(chat, "aleppo")
    newsroom.prints(a_hit())
    sent, failing, _held = newsroom.claims()
    newsroom.settles(sent, Sent(1))
    newsroom.settles(failing, Later(300.0, "an outage"))
    found = newsroom.store.archive.overdue(LATER)
    assert (found.count, found.since, found.last_sent) == (2, NOON, NOON)


def test_an_answer_counts_until_it_is_sent(newsroom: Newsroom) -> None:
    newsroom.store.answers.owe(9, "private", "نعم", now=NOON)
    assert newsroom.store.archive.overdue(LATER).since == NOON


def test_a_chat_that_telegram_told_to_wait_is_not_overdue(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    newsroom.settles(newsroom.claims()[0], Later(3600.0, FLOOD))
    assert newsroom.store.archive.overdue(LATER).count == 0
    assert newsroom.store.archive.overdue(NOON + timedelta(hours=2)).count == 1


def test_everything_parked_is_said(newsroom: Newsroom) -> None:
    for chat in (1, 2, 3):
        newsroom.reader(chat, "aleppo")
    newsroom.prints(a_hit())
    for delivery in newsroom.claims()[:2]:
        newsroom.settles(delivery, Later(3600.0, FLOOD))
    found = newsroom.store.archive.overdue(LATER)
    assert (found.count, found.parked_until) == (1, NOON + 3600 * SECOND)
    assert newsroom.claims(NOON + 2 * LEASE) == []
