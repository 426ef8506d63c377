"""Searching what was read, newest first: by plain words, or by a topic such as a typed line makes.

The index nominates articles; of a topic's, those count that the topic's rule matches, so that a
line finds in the archive what it would have told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from storage.articles import folded
from storage.connection import Connection
from storage.times import instant, published
from watch.arabic import FATHATAN, tokens
from watch.gazetteer import Gazetteer
from watch.matching import match
from watch.phrases import Phrase, carried, stems
from watch.records import Hit, Level, Published, Relation
from watch.topics import Topic, Topics, anchors

LOOKED_AT = 20_000  # articles that are judged in one search
_BATCH = 100  # read at a time, so that no writer waits for a long reading
_NEWEST = 1 << 62  # above every article's number

_Row = tuple[int, int, str, str, str, str, str, str, str | None, str | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One article in a search result, newest first."""

    article: int
    story: int
    relation: Relation
    outlet: str
    title: str
    url: str
    published: Published | None
    first_seen: datetime
    outlets: int  # that print its story
    passage: str  # around the words, as printed
    topics: tuple[str, ...]  # that are everybody's; a reader's own lines are his affair
    level: Level | None = None  # of the topic that was sought


def search(connection: Connection, words: str, limit: int) -> list[Found]:
    """Articles that hold all of these words, see `Archive.search`."""
    phrases = _phrases(words)
    if not phrases:
        return []
    sought = {word for phrase in phrases for word in phrase.split()}
    query = " AND ".join(f"({' OR '.join(_forms(phrase))})" for phrase in phrases)
    rows = _read(connection, query, _NEWEST, limit)
    return [_found(row, passage(row[7], _first(row[7], sought))) for row in rows]


def matching(
    connection: Connection,
    topic: Topic,
    gazetteer: Gazetteer,
    limit: int,
    looked_at: int = LOOKED_AT,
) -> list[Found]:
    """The newest articles that a topic matches, of so many of the newest that may."""
    topics = Topics([topic], gazetteer)
    found: list[Found] = []
    for row in _nominated(connection, _nominating(anchors(topic, gazetteer)), looked_at):
        title, text = row[6], row[7]
        if hits := match(title, text, topics):
            found.append(_found(row, passage(text, _printed(hits[0])), hits[0].level))
            if len(found) == limit:
                break
    return found


def _nominated(connection: Connection, query: str, looked_at: int) -> Iterator[_Row]:
    before = _NEWEST
    for _ in range(looked_at // _BATCH):
        rows = _read(connection, query, before, _BATCH)
        yield from rows
        if len(rows) < _BATCH:
            return
        before = rows[-1][0]


def _read(connection: Connection, query: str, before: int, limit: int) -> list[_Row]:
    with connection.reading():
        return connection.execute(_SEARCH, (query, before, limit)).fetchall()


def _found(row: _Row, shown: str, level: Level | None = None) -> Found:
    article, story, relation, outlet, url, first_seen, title, _, at, topics, outlets = row
    return Found(
        article=article,
        story=story,
        relation=Relation(relation),
        outlet=outlet,
        title=title,
        url=url,
        published=published(at),
        first_seen=instant(first_seen),
        outlets=outlets,
        passage=shown,
        topics=tuple(topics.split("\n")) if topics else (),
        level=level,
    )


_SEARCH = """
    SELECT articles.id, articles.story, articles.relation, articles.outlet, articles.url,
        articles.first_seen, tellings.title, tellings.text, tellings.published,
        (SELECT group_concat(topic, char(10)) FROM hits
            WHERE article = articles.id AND topic NOT GLOB 'watch-*'),
        (SELECT count(DISTINCT outlet) FROM articles AS told WHERE told.story = articles.story)
    FROM words JOIN articles ON articles.id = words.rowid
    JOIN tellings ON tellings.id = articles.telling
    WHERE words MATCH ? AND words.rowid < ? ORDER BY words.rowid DESC LIMIT ?"""


def _nominating(phrases: Iterable[Phrase]) -> str:
    """Ask the index for the articles that hold all the words of any of these phrases."""
    asked = {" AND ".join(_words(phrase)): None for phrase in phrases}
    return " OR ".join(f"({words})" for words in asked)


def _words(phrase: Phrase) -> Iterator[str]:
    """Yield each word of a phrase in all its forms; the first may carry proclitics."""
    for position, spellings in enumerate(phrase.words):
        bare = sorted({spelling.removesuffix(FATHATAN) for spelling in spellings})
        forms = [form for each in bare for form in ([f'"{each}"'] if position else _forms(each))]
        yield f"({' OR '.join(dict.fromkeys(forms))})"


def _phrases(words: str) -> list[str]:
    """What is sought, folded: phrases between quotation marks, and single words."""
    quoted = re.compile(r'["“”«»„]([^"“”«»„]*)["“”«»„]')
    phrases = [folded(phrase) for phrase in quoted.findall(words)]
    phrases += folded(quoted.sub(" ", words)).split()
    return [phrase for phrase in phrases if phrase][:_PHRASES]


def _forms(phrase: str) -> list[str]:
    """A phrase as FTS5 takes it, with each proclitic that its first word may carry."""
    return [f'"{form}"' for form in carried(phrase)]


def passage(text: str, first: int) -> str:
    """The part of a text, as printed, around the character `first`."""
    start = max(0, first - _BEFORE)
    start = 0 if start == 0 else text.find(" ", start, first) + 1 or start
    end = min(len(text), start + _PASSAGE)
    end = end if end == len(text) else max(text.rfind(" ", start, end), first + 1)
    cut = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{cut}{' …' if end < len(text) else ''}"


def _first(text: str, sought: set[str]) -> int:
    """Where one of these words first stands, 0 if none does."""
    return next((token.start for token in tokens(text) if sought & set(stems(token.word))), 0)


def _printed(hit: Hit) -> int:
    """Where the text first says what was sought, 0 where only the title does."""
    return next((span.start for span in hit.spans if span.field == "text"), 0)


_PHRASES = 32  # more words than anyone types
_BEFORE = 60  # characters of a passage before the first word sought
_PASSAGE = 220
