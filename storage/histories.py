"""Stories as they were told: who printed them when, in which versions, what was replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.articles import changes
from storage.connection import Connection
from storage.times import instant, instant_or_none
from watch.records import Change, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article."""

    seen_at: datetime
    title: str
    text: str
    changes: tuple[Change, ...]  # the facts it put in the place of others


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One article of a story, with all its versions in order."""

    article: int
    relation: Relation
    score: float
    outlet: str
    agency: str | None
    url: str
    first_seen: datetime
    gone_at: datetime | None  # since when its page is gone
    voice: int  # the first article of the text it prints
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A story: its articles in order of arrival, and the stories it stands between."""

    story: int
    follows: int | None
    followed_by: tuple[int, ...]
    topics: tuple[str, ...]
    alerted: int  # readers who hold its card
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A story in one line, by its first article."""

    story: int
    follows: int | None
    first_seen: datetime
    title: str
    outlet: str
    articles: int
    outlets: int
    voices: int
    updates: int  # versions and articles that replaced facts


def history(connection: Connection, story: int) -> History | None:
    """One story, all of one moment; None when it is not in the archive."""
    with connection.reading():
        row = connection.execute("SELECT follows FROM stories WHERE id = ?", (story,)).fetchone()
        if row is None:
            return None
        followed = connection.execute(
            "SELECT id FROM stories WHERE follows = ? ORDER BY id", (story,)
        ).fetchall()
        topics = connection.execute(
            """SELECT DISTINCT topic FROM hits JOIN articles ON articles.id = hits.article
            WHERE articles.story = ? ORDER BY topic""",
            (story,),
        ).fetchall()
        (alerted,) = connection.execute(
            """SELECT count(*) FROM deliveries
            WHERE story = ? AND kind = 'alert' AND message_id IS NOT NULL""",
            (story,),
        ).fetchone()
        return History(
            story=story,
            follows=row[0],
            followed_by=tuple(number for (number,) in followed),
            topics=tuple(topic for (topic,) in topics),
            alerted=alerted,
            parts=tuple(_parts(connection, story)),
        )


def _parts(connection: Connection, story: int) -> list[Part]:
    rows = connection.execute(
        """SELECT id, relation, score, outlet, agency, url, first_seen, coalesce(voice, id),
            (SELECT gone_at FROM links JOIN revisits ON revisits.link = links.id
                WHERE links.url = articles.url)
        FROM articles WHERE story = ? ORDER BY id""",
        (story,),
    ).fetchall()
    return [
        Part(
            article=article,
            relation=Relation(relation),
            score=score,
            outlet=outlet,
            agency=agency,
            url=url,
            first_seen=instant(first_seen),
            gone_at=instant_or_none(gone_at),
            voice=voice,
            versions=_versions(connection, article),
        )
        for article, relation, score, outlet, agency, url, first_seen, voice, gone_at in rows
    ]


def _versions(connection: Connection, article: int) -> tuple[Version, ...]:
    rows = connection.execute(
        "SELECT seen_at, title, text, changes FROM tellings WHERE article = ? ORDER BY id",
        (article,),
    )
    return tuple(
        Version(seen_at=instant(seen_at), title=title, text=text, changes=changes(written))
        for seen_at, title, text, written in rows
    )


def headlines(connection: Connection, limit: int) -> Sequence[Headline]:
    """The stories that began last, newest first."""
    with connection.reading():
        rows = connection.execute(_HEADLINES, (limit,)).fetchall()
    return [
        Headline(
            story=story,
            follows=follows,
            first_seen=instant(first_seen),
            title=title,
            outlet=outlet,
            articles=articles,
            outlets=outlets,
            voices=voices,
            updates=updates,
        )
        for story, follows, first_seen, title, outlet, articles, outlets, voices, updates in rows
    ]


_HEADLINES = """
    WITH newest AS (SELECT id, follows, first_seen FROM stories ORDER BY id DESC LIMIT ?)
    SELECT newest.id, newest.follows, newest.first_seen, tellings.title, first.outlet,
        (SELECT count(*) FROM articles WHERE story = newest.id),
        (SELECT count(DISTINCT outlet) FROM articles WHERE story = newest.id),
        (SELECT count(DISTINCT coalesce(voice, id)) FROM articles WHERE story = newest.id),
        (SELECT count(*) FROM articles JOIN tellings AS told ON told.article = articles.id
            WHERE articles.story = newest.id AND told.changes IS NOT NULL)
    FROM newest JOIN articles AS first
        ON first.id = (SELECT min(id) FROM articles WHERE story = newest.id)
    JOIN tellings ON tellings.id = first.telling ORDER BY newest.id DESC"""
