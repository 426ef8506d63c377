"""Reading what was kept: search, the latest, and what `munadi status` reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from storage.connection import Connection
from storage.exports import articles, backup
from storage.histories import Headline, History, headlines, history
from storage.ledger import Entry, entries
from storage.overdue import Overdue, overdue
from storage.replay import Replayed, count, newest, replayed
from storage.search import LOOKED_AT, Found, matching, search
from storage.sources import Source, active_sources
from storage.times import instant_or_none, stamp
from watch.gazetteer import Gazetteer
from watch.topics import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What runs, what is stale, what is owed."""

    sources: tuple[Source, ...]  # worst first
    articles: int
    stories: int
    told_again: int  # stories of the last day that more than one outlet printed
    readers: int
    subscriptions: int
    owed: int
    owed_since: datetime | None
    held: int  # kept for a summary
    sent: int
    refused: int
    last_sent: datetime | None
    wanted: int  # links found and not read yet
    unreadable: int


class Archive:
    """Read-only questions; none takes the write lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def search(self, words: str, limit: int = 20) -> Sequence[Found]:
        """Articles that hold all of these words (folded as `watch.arabic` folds), newest first.

        A word is found too where و ف ب ك or ل is written on to it. Words between quotation marks
        must stand side by side. Nothing else that is typed has a meaning of its own; where no word
        is typed, nothing is found.
        """
        return search(self._connection, words, limit)

    def matching(
        self, topic: Topic, gazetteer: Gazetteer, limit: int = 20, looked_at: int = LOOKED_AT
    ) -> Sequence[Found]:
        """Articles that a topic names or is about, newest first, judged as they would be now.

        `looked_at` bounds how many are judged: some thousand take a second.
        """
        return matching(self._connection, topic, gazetteer, limit, looked_at)

    def replay(self, topic: str, since: datetime) -> Iterator[Replayed]:
        """Every article first seen since a time, oldest first, with its level for a topic."""
        return replayed(self._connection, topic, since)

    def newest(self) -> Iterator[Replayed]:
        """Every article, newest first; its level is not looked up."""
        return newest(self._connection)

    def count(self, since: datetime) -> int:
        """How many articles were first seen since a time."""
        return count(self._connection, since)

    def ledger(self, limit: int = 1000) -> Sequence[Entry]:
        """What was made of the newest articles, and what readers were told, oldest first."""
        return entries(self._connection, limit)

    def story(self, number: int) -> History | None:
        """One story with all versions of its articles; None when it is not known."""
        return history(self._connection, number)

    def stories(self, limit: int = 20) -> Sequence[Headline]:
        """The stories that began last, newest first."""
        return headlines(self._connection, limit)

    def articles(self, since: datetime | None = None) -> Iterator[dict[str, Any]]:
        """Every article first seen since then, ready to be written as JSON."""
        return articles(self._connection, since)

    def backup(self, target: Path) -> int:
        """Write a consistent copy of the database; its size in bytes."""
        return backup(self._connection, target)

    def overdue(self, now: datetime) -> Overdue:
        """What is owed too long."""
        return overdue(self._connection, now)

    def sources(self) -> Sequence[Source]:
        """Every source that a seed names, worst first."""
        with self._connection.reading():
            return active_sources(self._connection)

    def status(self, now: datetime) -> Status:
        """What runs, what is stale, what is owed, all of one moment."""
        with self._connection.reading():
            row = self._connection.execute(_STATUS).fetchone()
            (told_again,) = self._connection.execute(
                _TOLD_AGAIN, (stamp(now - timedelta(days=1)),)
            ).fetchone()
            sources = tuple(active_sources(self._connection))
        articles, stories, readers, subscriptions, wanted, unreadable, *deliveries = row
        owed, owed_since, held, sent, refused, last_sent = deliveries
        return Status(
            sources=sources,
            articles=articles,
            stories=stories,
            told_again=told_again,
            readers=readers,
            subscriptions=subscriptions,
            owed=owed,
            owed_since=instant_or_none(owed_since),
            held=held,
            sent=sent,
            refused=refused,
            last_sent=instant_or_none(last_sent),
            wanted=wanted,
            unreadable=unreadable,
        )


_TOLD_AGAIN = """
    SELECT count(*) FROM (SELECT story FROM articles WHERE story IN
        (SELECT id FROM stories WHERE first_seen >= ?)
        GROUP BY story HAVING count(DISTINCT outlet) > 1)"""

_STATUS = """
    SELECT
        (SELECT count(*) FROM articles),
        (SELECT count(*) FROM stories),
        (SELECT count(*) FROM readers WHERE paused IS NULL),
        (SELECT count(*) FROM subscriptions),
        (SELECT count(*) FROM links WHERE wanted = 1),
        (SELECT count(*) FROM links WHERE reason IS NOT NULL AND wanted = 0),
        (SELECT count(*) FROM deliveries WHERE state = 'owed')
            + (SELECT count(*) FROM deliveries WHERE state = 'claimed'),
        (SELECT min(owed_at) FROM deliveries WHERE state IN ('owed', 'claimed')),
        (SELECT count(*) FROM deliveries WHERE state = 'held'),
        (SELECT count(*) FROM deliveries WHERE sent_at IS NOT NULL),
        (SELECT count(*) FROM deliveries WHERE state = 'refused'),
        (SELECT max(sent_at) FROM deliveries WHERE sent_at IS NOT NULL)"""
