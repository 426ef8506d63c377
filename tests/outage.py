"""Twelve hours without Telegram, in a fraction of them: what is owed when it answers again.

The store, the holding rules and the texts of summaries are the real ones; the clock and Telegram
are made here. Stories break evenly through the outage; afterwards everything is claimed and settled
in the rhythm that the limits allow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsroom import Newsroom, a_hit, an_article

from bot.messages.digest import pages
from storage.outbox import Later, Sent
from storage.store import Store

BEGAN = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
HOURS = 12
NAMES: Mapping[str, str] = {"aleppo": "حلب"}
LEASE_SECONDS, AT_ONCE, SENDS_A_SECOND = 30.0, 32, 29.0


@dataclass(slots=True)
class Report:
    """What every reader got, in order: stories told alone, and the pages of his catch-up."""

    owed: int
    alone: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    pages: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    told: int = 0  # deliveries that a summary told
    left: int = 0  # still owed or held at the end
    minutes: float = 0.0  # from the first answer of Telegram to the last message

    def sent(self) -> int:
        return sum(map(len, self.alone.values()))


def outage(folder: Path, stories: int, readers: int) -> Report:
    """Live through it."""
    with Store(folder / "outage.db") as store:
        newsroom = Newsroom(store)
        for chat in range(1, readers + 1):
            newsroom.reader(chat, "aleppo")
        for number in range(stories):
            seen = BEGAN + timedelta(hours=HOURS) * (number + 0.5) / stories
            newsroom.prints(
                a_hit(), first_seen=seen, published=seen, title=f"{an_article(number + 1).title} ."
            )
            _in_vain(newsroom, seen)
        report = Report(owed=stories * readers)
        over = BEGAN + timedelta(hours=HOURS)
        for now in _rhythm(store, over, report):
            report.minutes = (now - over).total_seconds() / 60
        report.left = store.outbox.owed() + sum(
            store.summaries.held(chat) for chat in range(1, readers + 1)
        )
        (report.told,) = store._connection.execute(
            "SELECT count(*) FROM deliveries WHERE state = 'told'"
        ).fetchone()
        return report


def _in_vain(newsroom: Newsroom, now: datetime) -> None:
    """What the bot does while Telegram is away: a claim, no answer, owed again."""
    for delivery in newsroom.claims(now, limit=2):
        newsroom.settles(delivery, Later(0.0, "an outage"), now)


def _rhythm(store: Store, now: datetime, report: Report) -> Iterator[datetime]:
    """Claim, send and settle as fast as the limits allow, until nothing is ready for a minute."""
    idle_seconds = 0.0
    while idle_seconds < 60:
        took = _answers(store, now, report) + _alerts(store, now, report)
        if took:
            idle_seconds = 0.0
            now += timedelta(seconds=took / SENDS_A_SECOND)
            yield now
        else:
            now += timedelta(seconds=0.25)
            idle_seconds += 0.25


def _alerts(store: Store, now: datetime, report: Report) -> int:
    claimed = store.outbox.claim(
        now, holder="one", lease_seconds=LEASE_SECONDS, limit=AT_ONCE, terminal=False
    )
    for delivery in claimed:
        report.alone[delivery.chat_id].append(delivery.card.story)
        next_at = now + timedelta(seconds=1)
        store.outbox.settle(delivery, Sent(delivery.id), now=now, next_at=next_at)
    return len(claimed)


def _answers(store: Store, now: datetime, report: Report) -> int:
    store.summaries.tell(now, lambda held: pages(held, NAMES, now))
    claimed = store.answers.claim(
        now, holder="one", lease_seconds=LEASE_SECONDS, limit=AT_ONCE, summaries=True
    )
    for answer in claimed:
        report.pages[answer.chat_id].append(answer.html)
        next_at = now + timedelta(seconds=1)
        store.answers.settle(answer, Sent(1), now=now, next_at=next_at)
    return len(claimed)
