"""Reading the whole archive again, oldest first, as a topic is tried on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage.connection import Connection
from storage.times import instant, stamp
from watch.records import Level

_BATCH = 200  # articles read at a time, so that no writer waits for a long reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One article as it was last read, and what a topic was told of it at the time."""

    article: int
    story: int
    outlet: str
    url: str
    first_seen: datetime
    title: str
    text: str
    level: Level | None  # as recorded for the topic that was asked for


def replayed(connection: Connection, topic: str, since: datetime) -> Iterator[Replayed]:
    """Yield the articles first seen since a time, in batches each of one moment."""
    last = 0
    while True:
        with connection.reading():
            rows = connection.execute(_NEXT, (topic, last, stamp(since), _BATCH)).fetchall()
        for article, story, outlet, url, first_seen, title, text, level in rows:
            yield Replayed(
                article=article,
                story=story,
                outlet=outlet,
                url=url,
                first_seen=instant(first_seen),
                title=title,
                text=text,
                level=Level(level) if level else None,
            )
        if len(rows) < _BATCH:
            return
        last = rows[-1][0]


def count(connection: Connection, since: datetime) -> int:
    """Return how many articles `replayed` yields."""
    with connection.reading():
        (number,) = connection.execute(
            "SELECT count(*) FROM articles WHERE first_seen >= ?", (stamp(since),)
        ).fetchone()
    return int(number)


_NEXT = """
    SELECT articles.id, articles.story, articles.outlet, articles.url, articles.first_seen,
        tellings.title, tellings.text, hits.level
    FROM articles JOIN tellings ON tellings.id = articles.telling
    LEFT JOIN hits ON hits.article = articles.id AND hits.topic = ?
    WHERE articles.id > ? AND articles.first_seen >= ? ORDER BY articles.id LIMIT ?"""
