"""Articles, their full text for search, and the addresses once seen."""

from __future__ import annotations

import json
from collections.abc import Sequence

from storage.connection import Connection
from storage.times import instant, publication, published, stamp, storable
from watch.ports import Stored, Verdict
from watch.records import Article, Change, Telling
from watch.sketch import words

# The spelling the index was made with. When the folding of words changes, so does this, and the
# index is made anew: FTS5 can only take out of it what was put in.
_PROBE = "أُسْـرة ﻼ إدلب ى ؤ ئ ٢٠١٦ ۲ ک ی É cease-fire درعاً ٧ـ٨"


class Articles:
    """Tables `articles`, `tellings` (every version read), and `words`, the index of the latest.

    An address may come to hold another article; the newest one that was read there is known by it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, identity: str, url: str) -> Stored | None:
        """The article with this identity, else with this canonical address; see `watch.ports`."""
        row = self._connection.execute(
            f"{_STORED} WHERE articles.identity = ? ORDER BY articles.id DESC LIMIT 1",
            (storable(identity),),
        ).fetchone()
        if row is None:
            row = self._connection.execute(
                f"{_STORED} WHERE articles.url = ? ORDER BY articles.id DESC LIMIT 1",
                (storable(url),),
            ).fetchone()
        return None if row is None else stored(row)

    def opening(self, story: int) -> Stored:
        """The first article of a story; see `watch.ports`."""
        row = self._connection.execute(
            f"{_STORED} WHERE articles.story = ? ORDER BY articles.id LIMIT 1", (story,)
        ).fetchone()
        if row is None:
            raise LookupError(f"story {story} has no article")
        return stored(row)

    def add(self, article: Article, verdict: Verdict, story: int) -> int:
        """Write an article read for the first time, in the open transaction; return its number."""
        number = self._connection.insert(
            """INSERT INTO articles (story, site, outlet, url, identity, agency, language,
            first_seen, alerts, relation, score, telling, voice)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                (SELECT coalesce(max(id), 0) + 1 FROM tellings),
                coalesce((SELECT voice FROM articles WHERE id = ?),
                    (SELECT coalesce(max(id), 0) + 1 FROM articles)))""",
            (
                story,
                article.site,
                storable(article.outlet),
                storable(article.url),
                storable(article.identity),
                article.agency,
                article.language,
                stamp(article.first_seen),
                article.alerts,
                verdict.relation.value,
                verdict.score,
                verdict.copies,
            ),
        )
        self._tell(number, article, verdict)
        self._index(number, article.title, article.text)
        return number

    def renew(self, number: int, article: Article, verdict: Verdict) -> None:
        """Write a new version of an article, inside the open transaction.

        The older versions are kept; when it was first seen and how it joined its story stay.
        """
        before = self._connection.execute(
            """SELECT tellings.title, tellings.text FROM articles
            JOIN tellings ON tellings.id = articles.telling WHERE articles.id = ?""",
            (number,),
        ).fetchone()
        self._unindex(number, *before)
        telling = self._tell(number, article, verdict)
        self._connection.execute(
            """UPDATE articles SET url = ?, identity = ?, outlet = ?, agency = ?, language = ?,
            telling = ? WHERE id = ?""",
            (
                storable(article.url),
                storable(article.identity),
                storable(article.outlet),
                article.agency,
                article.language,
                telling,
                number,
            ),
        )
        self._index(number, article.title, article.text)

    def _tell(self, number: int, article: Article, verdict: Verdict) -> int:
        return self._connection.insert(
            """INSERT INTO tellings (article, seen_at, published, updated, title, text, changes)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (
                number,
                stamp(article.first_seen),
                publication(article.published),
                publication(article.updated),
                storable(article.title),
                storable(article.text),
                written(verdict.changes),
            ),
        )

    def _index(self, number: int, title: str, text: str) -> None:
        self._connection.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
            (number, folded(title), folded(text)),
        )

    def _unindex(self, number: int, title: str, text: str) -> None:
        self._connection.execute(
            "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
            (number, folded(title), folded(text)),
        )

    def refold(self) -> None:
        """Make the index anew if its spelling is not today's; a glance when it is."""
        spelling = folded(_PROBE)
        if self._spelling() == spelling:
            return
        with self._connection.transaction():
            if self._spelling() == spelling:
                return
            self._connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            rows = self._connection.execute(
                """SELECT articles.id, tellings.title, tellings.text FROM articles
                JOIN tellings ON tellings.id = articles.telling ORDER BY articles.id"""
            )
            for number, title, text in rows:
                self._index(number, title, text)
            self._connection.execute(
                """INSERT INTO state (name, value) VALUES ('spelling', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
                (spelling,),
            )

    def _spelling(self) -> str | None:
        with self._connection.reading():
            row = self._connection.execute(
                "SELECT value FROM state WHERE name = 'spelling'"
            ).fetchone()
        return None if row is None else str(row[0])


_STORED = """
    SELECT articles.id, articles.story, articles.outlet, articles.url, tellings.title,
        tellings.text, tellings.published, articles.first_seen
    FROM articles JOIN tellings ON tellings.id = articles.telling"""


def stored(row: tuple[int, int, str, str, str, str, str | None, str]) -> Stored:
    """Make the record of a row of `_STORED`."""
    article, story, outlet, url, title, text, published_at, first_seen = row
    telling = Telling(
        outlet=outlet,
        url=url,
        title=title,
        text=text,
        published=published(published_at),
        first_seen=instant(first_seen),
    )
    return Stored(article=article, story=story, telling=telling)


def written(changes: Sequence[Change]) -> str | None:
    """Write down what an update replaced; None for nothing."""
    rows = [(storable(each.before), storable(each.now), each.toll) for each in changes]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def changes(written: str | None) -> tuple[Change, ...]:
    """Read what `written` wrote."""
    rows = json.loads(written) if written else []
    return tuple(Change(before=before, now=now, toll=toll) for before, now, toll in rows)


def folded(text: str) -> str:
    """Spell a text as the index keeps it: the words of `watch.arabic`, a space between them."""
    return " ".join(words(text))
