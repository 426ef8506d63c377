"""Cards: what an alert or an edit shows, written from the latest state when it is claimed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from storage.articles import changes
from storage.connection import Connection
from storage.times import instant, published
from watch.records import Change, Level, Published, Relation, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTopic:
    """A topic of the reader's that the story hit."""

    topic: str
    level: Level
    name: str | None = None  # of a line that the reader saved


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """One outlet's article of a story."""

    outlet: str
    url: str
    title: str
    first_seen: datetime
    relation: Relation
    agency: str | None = None
    voice: int = 0  # the first article of the text it prints: one voice, however many print it


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What an alert shows: the story's leading article, the reader's topics, who else printed it.

    The leading article is the one that caused this reader's alert, in its latest version, or the
    same outlet's later update of the story.
    """

    story: int
    title: str
    text: str
    outlet: str
    url: str
    agency: str | None
    published: Published | None
    updated: Published | None
    first_seen: datetime
    topics: tuple[CardTopic, ...]
    spans: tuple[Span, ...]  # of those topics, in the leading article
    also: tuple[Printing, ...]  # other outlets, in order of arrival, one line each outlet
    printings: tuple[Printing, ...] = ()  # all outlets, this one too, in order of arrival
    changes: tuple[Change, ...] = ()  # the facts replaced last in the story
    changed_by: Printing | None = None  # who told these


class Cards:
    """Writes the cards of one claim; the parts that many chats share are read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._article = cache(self._read_article)
        self._printings = cache(self._read_printings)
        self._spans = cache(self._read_spans)
        self._changes = cache(self._read_changes)

    def card(self, chat_id: int, story: int, article: int, *, strict: bool) -> Card | None:
        """The card for one chat, or None when it follows none of the story's topics any more.

        `strict` asks for topics at the level the reader follows them; without it any level will do,
        so that a card already sent is mended even when its story was corrected to a mere mention.
        """
        topics = self._topics(chat_id, story, strict)
        if not topics:
            return None
        title, text, outlet, url, agency, published_at, updated, first_seen = self._article(article)
        teller, changed = self._changes(story)
        followed = {topic.topic for topic in topics}
        spans = {span for topic, span in self._spans(article) if topic in followed}
        return Card(
            story=story,
            title=title,
            text=text,
            outlet=outlet,
            url=url,
            agency=agency,
            published=published(published_at),
            updated=published(updated),
            first_seen=instant(first_seen),
            topics=topics,
            spans=tuple(sorted(spans, key=lambda span: (span.field, span.start, span.end))),
            also=tuple(line for line in self._printings(story) if line.outlet != outlet),
            printings=self._printings(story),
            changes=changed,
            changed_by=teller,
        )

    def _topics(self, chat_id: int, story: int, strict: bool) -> tuple[CardTopic, ...]:
        rows = self._connection.execute(
            # min: 'about' comes before 'mention'
            """SELECT hits.topic, min(hits.level), watches.name FROM articles
            CROSS JOIN hits ON hits.article = articles.id
            CROSS JOIN subscriptions ON subscriptions.topic = hits.topic
            LEFT JOIN watches ON hits.topic LIKE 'watch-%'
                AND watches.id = CAST(substr(hits.topic, 7) AS INTEGER)
            WHERE articles.story = ? AND subscriptions.chat_id = ?
            AND (hits.level = 'about' OR subscriptions.level = 'mention' OR NOT ?)
            GROUP BY hits.topic ORDER BY hits.topic""",
            (story, chat_id, strict),
        )
        return tuple(
            CardTopic(topic=topic, level=Level(level), name=name) for topic, level, name in rows
        )

    def _read_article(
        self, article: int
    ) -> tuple[str, str, str, str, str | None, str | None, str | None, str]:
        row: tuple[str, str, str, str, str | None, str | None, str | None, str]
        row = self._connection.execute(
            """SELECT tellings.title, tellings.text, articles.outlet, articles.url, articles.agency,
            tellings.published, tellings.updated, articles.first_seen
            FROM articles JOIN tellings ON tellings.id = articles.telling WHERE articles.id = ?""",
            (article,),
        ).fetchone()
        return row

    def _read_printings(self, story: int) -> tuple[Printing, ...]:
        rows = self._connection.execute(
            """SELECT articles.outlet, articles.url, tellings.title, articles.first_seen,
            articles.relation, articles.agency, coalesce(articles.voice, articles.id)
            FROM (SELECT min(id) AS id FROM articles WHERE story = ? GROUP BY outlet) AS first
            JOIN articles ON articles.id = first.id
            JOIN tellings ON tellings.id = articles.telling ORDER BY articles.id""",
            (story,),
        )
        return tuple(_printing(row) for row in rows)

    def _read_changes(self, story: int) -> tuple[Printing | None, tuple[Change, ...]]:
        row = self._connection.execute(
            """SELECT tellings.changes, articles.outlet, articles.url, tellings.title,
            tellings.seen_at, articles.relation, articles.agency,
            coalesce(articles.voice, articles.id)
            FROM articles JOIN tellings ON tellings.article = articles.id
            WHERE articles.story = ? AND tellings.changes IS NOT NULL
            ORDER BY tellings.id DESC LIMIT 1""",
            (story,),
        ).fetchone()
        return (None, ()) if row is None else (_printing(row[1:]), changes(row[0]))

    def _read_spans(self, article: int) -> tuple[tuple[str, Span], ...]:
        rows = self._connection.execute(
            "SELECT topic, spans FROM hits WHERE article = ?", (article,)
        ).fetchall()
        return tuple(
            (topic, Span(field, start, end))
            for topic, spans in rows
            for field, start, end in json.loads(spans)
        )


def _printing(row: tuple[str, str, str, str, str, str | None, int]) -> Printing:
    outlet, url, title, first_seen, relation, agency, voice = row
    return Printing(
        outlet=outlet,
        url=url,
        title=title,
        first_seen=instant(first_seen),
        relation=Relation(relation),
        agency=agency,
        voice=voice,
    )
