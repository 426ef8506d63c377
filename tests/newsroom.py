"""A small newsroom over a real store: who follows, what is printed and claimed, in a line each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from storage.outbox import Delivery, Outcome
from storage.people import ChatKind
from storage.store import Store
from watch.ports import Recorded, Verdict
from watch.records import Article, Hit, Level, Relation, Span

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=30)


@dataclass
class Newsroom:
    """What the tests say in one line each: who follows, what is printed, what is claimed."""

    store: Store
    printed: int = 0

    def reader(
        self,
        chat_id: int,
        *topics: str,
        level: Level = Level.ABOUT,
        kind: ChatKind = "private",
    ) -> None:
        self.store.people.welcome(chat_id, kind, "ar", NOON)
        for topic in topics:
            self.store.people.follow(chat_id, topic, level, NOON)

    def prints(self, *hits: Hit, verdict: Verdict | None = None, **changed: object) -> Recorded:
        """Record an article of an outlet of its own; `changed` fields replace the invented ones."""
        self.printed += 1
        article = replace(an_article(self.printed), **changed)  # type: ignore[arg-type]
        decided = replace(verdict or a_verdict(), hits=hits)
        with self.store.transaction():
            return self.store.stories.record(article, decided)

    def claims(
        self, now: datetime = NOON, limit: int = 100, holder: str = "one", terminal: bool = False
    ) -> list[Delivery]:
        return list(
            self.store.outbox.claim(
                now,
                holder=holder,
                lease_seconds=LEASE.total_seconds(),
                limit=limit,
                terminal=terminal,
            )
        )

    def settles(self, delivery: Delivery, outcome: Outcome, now: datetime = NOON) -> None:
        self.store.outbox.settle(delivery, outcome, now=now, next_at=now + SECOND)

    def count(self, table: str) -> int:
        return int(self.store._connection.db[table].count)


def an_article(number: int) -> Article:
    return Article(
        site=f"site{number}",
        outlet=f"صحيفة {number}",
        url=f"https://news{number}.example/{number}",
        identity=f"site{number}:{number}",
        title=f"عودة الأهالي إلى بيوتهم {number}",
        text=f"عاد أهالي الحي إلى بيوتهم صباح اليوم.\n\nقال أحدهم إن الطريق آمن، رقم {number}.",
        published=NOON,
        updated=None,
        agency=None,
        language="ar",
        first_seen=NOON,
        alerts=True,
    )


def a_verdict(relation: Relation = Relation.NEW, **changed: object) -> Verdict:
    plain = Verdict(
        relation=relation, score=1.0, known=None, story=None, follows=None, hits=(), sketch=()
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def a_hit(topic: str = "aleppo", level: Level = Level.ABOUT, start: int = 0) -> Hit:
    return Hit(
        topic=topic,
        level=level,
        score=0.9,
        matched=("عودة",),
        spans=(Span("title", start, start + 4),),
        reason="in the title",
    )
