"""What readers ask about what was told: the latest, why they got it, how much it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.connection import Connection
from storage.times import instant, stamp
from watch.records import Level

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One story in a list."""

    title: str
    outlet: str
    url: str
    first_seen: datetime
    outlets: int  # that print the story


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a reader got a story: one of his topics, and what made the hit."""

    topic: str
    name: str | None  # of a line that he saved
    level: Level
    score: float
    matched: tuple[str, ...]
    reason: str  # for the operator, in English: which rule, why not the higher level
    in_title: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What one chat got in the last seven days."""

    alerts: int
    in_summaries: int
    replies: int
    by_topic: tuple[tuple[str, str | None, int], ...]  # topic, the name of a saved line, stories
    read: int  # articles that munadi read


class Questions:
    """Read-only questions of one reader; none takes the write lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self, topics: Collection[str], limit: int, *, mentions: bool) -> Sequence[Line]:
        """The newest stories of any of these topics, each by its first article, newest first."""
        with self._connection.reading():
            rows = self._connection.execute(
                _LATEST, (json.dumps(list(topics)), mentions, limit)
            ).fetchall()
        return [
            Line(
                title=title,
                outlet=outlet,
                url=url,
                first_seen=instant(first_seen),
                outlets=outlets,
            )
            for title, outlet, url, first_seen, outlets in rows
        ]

    def why(self, chat_id: int, message_id: int | None) -> tuple[str, Sequence[Why]] | None:
        """The title of an alert, and why this chat got it; without a message, of the last alert.

        None when the message told no story, or too long ago.
        """
        with self._connection.reading():
            row = self._connection.execute(
                """SELECT deliveries.story, tellings.title FROM deliveries
                JOIN articles ON articles.id = deliveries.article
                JOIN tellings ON tellings.id = articles.telling
                WHERE deliveries.chat_id = ?1 AND message_id IS NOT NULL
                AND (?2 IS NULL AND deliveries.kind = 'alert' OR message_id = ?2)
                ORDER BY deliveries.sent_at DESC LIMIT 1""",
                (chat_id, message_id),
            ).fetchone()
            if row is None:
                return None
            story, title = row
            rows = self._connection.execute(_WHY, (story, chat_id)).fetchall()
        return title, [
            Why(
                topic=topic,
                name=name,
                level=Level(level),
                score=score,
                matched=tuple(json.loads(matched)),
                reason=reason,
                in_title=any(field == "title" for field, _, _ in json.loads(spans)),
            )
            for topic, name, level, score, matched, reason, spans in rows
        ]

    def week(self, chat_id: int, now: datetime) -> Week:
        """What this chat got in the last seven days, all of one moment."""
        since = stamp(now - WEEK)
        with self._connection.reading():
            alerts, told, replies, read = self._connection.execute(
                """SELECT
                (SELECT count(*) FROM deliveries
                    WHERE chat_id = ?1 AND kind = 'alert' AND sent_at > ?2),
                (SELECT count(*) FROM deliveries
                    WHERE chat_id = ?1 AND kind = 'alert' AND state = 'told' AND due_at > ?2),
                (SELECT count(*) FROM deliveries
                    WHERE chat_id = ?1 AND kind = 'reply' AND sent_at > ?2),
                (SELECT count(*) FROM articles WHERE first_seen > ?2)""",
                (chat_id, since),
            ).fetchone()
            topics = self._connection.execute(_BY_TOPIC, (chat_id, since)).fetchall()
        return Week(
            alerts=alerts, in_summaries=told, replies=replies, by_topic=tuple(topics), read=read
        )


_SAVED = """LEFT JOIN watches ON hits.topic LIKE 'watch-%'
    AND watches.id = CAST(substr(hits.topic, 7) AS INTEGER)"""

_LATEST = """
    WITH told AS (
        SELECT articles.story, max(articles.id) AS last FROM json_each(?1) AS wanted
        CROSS JOIN hits ON hits.topic = wanted.value
        CROSS JOIN articles ON articles.id = hits.article
        WHERE hits.level = 'about' OR ?2
        GROUP BY articles.story ORDER BY last DESC LIMIT ?3
    )
    SELECT tellings.title, first.outlet, first.url, first.first_seen,
        (SELECT count(DISTINCT outlet) FROM articles WHERE articles.story = told.story)
    FROM told JOIN articles AS first
        ON first.id = (SELECT min(id) FROM articles WHERE articles.story = told.story)
    JOIN tellings ON tellings.id = first.telling ORDER BY first.first_seen DESC, first.id DESC"""

_WHY = """
    SELECT hits.topic, watches.name, hits.level, max(hits.score), hits.matched, hits.reason,
        hits.spans
    FROM articles CROSS JOIN hits ON hits.article = articles.id
    CROSS JOIN subscriptions ON subscriptions.topic = hits.topic
    {saved}
    WHERE articles.story = ? AND subscriptions.chat_id = ?
    GROUP BY hits.topic ORDER BY hits.level, hits.topic""".replace("{saved}", _SAVED)

_BY_TOPIC = """
    SELECT hits.topic, watches.name, count(DISTINCT deliveries.story) AS stories
    FROM deliveries JOIN articles ON articles.story = deliveries.story
    JOIN hits ON hits.article = articles.id
    JOIN subscriptions ON subscriptions.topic = hits.topic
        AND subscriptions.chat_id = deliveries.chat_id
    {saved}
    WHERE deliveries.chat_id = ?1 AND deliveries.kind = 'alert'
    AND (deliveries.sent_at > ?2 OR deliveries.state = 'told' AND deliveries.due_at > ?2)
    AND (hits.level = 'about' OR subscriptions.level = 'mention')
    GROUP BY hits.topic ORDER BY stories DESC, hits.topic""".replace("{saved}", _SAVED)
