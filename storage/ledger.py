"""The ledger: what was made of every article, in order of arrival, and what readers were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.connection import Connection
from storage.times import instant, published
from watch.records import Level, Published, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A hit as it was recorded: the topic, how much the article has to do with it, and why."""

    topic: str
    level: Level
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article and what became of it. Messages count for the card that it leads."""

    article: int
    story: int
    relation: Relation  # when it was first read
    outlet: str
    url: str
    title: str
    published: Published | None
    first_seen: datetime
    alerts: bool  # False: a first round or too old
    versions: int
    hits: tuple[Kept, ...]
    alerted: int  # alerts sent
    edited: int  # of those, messages edited since


def entries(connection: Connection, limit: int) -> Sequence[Entry]:
    """The newest `limit` articles, oldest first, all of one moment."""
    with connection.reading():
        rows = connection.execute(
            """SELECT articles.id, articles.story, articles.relation, articles.outlet,
            articles.url, articles.first_seen, articles.alerts, tellings.title, tellings.published,
            (SELECT count(*) FROM tellings AS versions WHERE versions.article = articles.id),
            (SELECT count(*) FROM deliveries WHERE article = articles.id
                AND kind = 'alert' AND sent_at IS NOT NULL),
            (SELECT count(*) FROM deliveries WHERE article = articles.id
                AND kind = 'edit' AND sent_at IS NOT NULL)
            FROM articles JOIN tellings ON tellings.id = articles.telling
            ORDER BY articles.id DESC LIMIT ?""",
            (limit,),
        ).fetchall()
        return [
            Entry(
                article=article,
                story=story,
                relation=Relation(relation),
                outlet=outlet,
                url=url,
                title=title,
                published=published(published_at),
                first_seen=instant(first_seen),
                alerts=bool(alerts),
                versions=versions,
                hits=_hits(connection, article),
                alerted=alerted,
                edited=edited,
            )
            for (
                article, story, relation, outlet, url, first_seen, alerts, title, published_at,
                versions, alerted, edited,
            ) in reversed(rows)
        ]  # fmt: skip


def _hits(connection: Connection, article: int) -> tuple[Kept, ...]:
    rows = connection.execute(
        "SELECT topic, level, reason FROM hits WHERE article = ? ORDER BY topic", (article,)
    )
    return tuple(
        Kept(topic=topic, level=Level(level), reason=reason) for topic, level, reason in rows
    )
