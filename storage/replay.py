"""Reading the whole archive again, as a topic or a typed line is tried on it."""

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
    return _walk(connection, _OLDEST_FIRST, 0, {"topic": topic, "since": stamp(since)})


def newest(connection: Connection) -> Iterator[Replayed]:
    """Yield every article, newest first, in batches each of one moment; none has a level."""
    return _walk(connection, _NEWEST_FIRST, 1 << 62, {})


def _walk(
    connection: Connection, sql: str, last: int, parameters: dict[str, str]
) -> Iterator[Replayed]:
    while True:
        with connection.reading():
            batch = {**parameters, "last": last, "batch": _BATCH}
            rows = connection.execute(sql, batch).fetchall()
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


_COLUMNS = """articles.id, articles.story, articles.outlet, articles.url, articles.first_seen,
    tellings.title, tellings.text"""

_OLDEST_FIRST = f"""
    SELECT {_COLUMNS}, hits.level
    FROM articles JOIN tellings ON tellings.id = articles.telling
    LEFT JOIN hits ON hits.article = articles.id AND hits.topic = :topic
    WHERE articles.id > :last AND articles.first_seen >= :since
    ORDER BY articles.id LIMIT :batch"""  # noqa: S608

_NEWEST_FIRST = f"""
    SELECT {_COLUMNS}, NULL
    FROM articles JOIN tellings ON tellings.id = articles.telling
    WHERE articles.id < :last ORDER BY articles.id DESC LIMIT :batch"""  # noqa: S608
