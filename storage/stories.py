"""Stories: implements `watch.ports.Memory`, the look-up and the one transaction of an ingest."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from storage.articles import Articles
from storage.connection import Connection
from storage.fingerprints import Fingerprints
from storage.owing import owe_alerts, owe_edits, owe_replies
from storage.revisits import plan
from storage.times import stamp, storable
from watch.ports import Recorded, Stored, Verdict
from watch.records import Article, Hit, Relation


class Stories:
    """Tables `stories` and `hits`, and through others all that an ingest writes."""

    def __init__(self, connection: Connection, articles: Articles) -> None:
        self._connection = connection
        self._articles = articles
        self._fingerprints = Fingerprints(connection)

    def transaction(self) -> AbstractContextManager[None]:
        """Hold the one write lock, see `watch.ports`; `StoreBusy` after 5 s without it."""
        return self._connection.transaction()

    def known(self, identity: str, url: str) -> Stored | None:
        """The article with this identity or this canonical address, see `watch.ports`."""
        with self._connection.reading():
            return self._articles.known(identity, url)

    def relatives(
        self,
        sketch: Collection[int],
        since: datetime,
        limit: int,
        headings: Collection[int] = (),
    ) -> Sequence[Stored]:
        """Articles that share hashes, most alike first, see `watch.ports`."""
        return self._fingerprints.relatives(sketch, since, limit, headings)

    def opening(self, story: int) -> Stored:
        """The article that told a story first, see `watch.ports`."""
        with self._connection.reading():
            return self._articles.opening(story)

    def record(self, article: Article, verdict: Verdict) -> Recorded:
        """Write article, story, hits, sketch and deliveries, and that its link was read.

        Must be called inside `transaction`; the same verdict twice changes nothing. Every version
        of an article stays in `tellings`; only the latest is found by its sketch.
        """
        if not self._connection.db.conn.in_transaction:
            raise RuntimeError("record() was called outside transaction()")
        self._settle_link(article)
        before = self._articles.known(article.identity, article.url)
        if before is not None and _same(before, article):
            return Recorded(article=before.article, story=before.story, alerts=0, edits=0)
        if verdict.relation is Relation.UPDATE and verdict.known is not None:
            number, story = verdict.known, self._story_of(verdict.known)
            self._articles.renew(number, article, verdict)
        else:
            story = self._open(article, verdict) if verdict.story is None else verdict.story
            number = self._articles.add(article, verdict, story)
        self._index(number, verdict)
        self._hit(number, verdict.hits)
        if verdict.hits and article.alerts:
            anew = number != verdict.known
            plan(self._connection, article.url, article.first_seen, anew=anew)
        self._fingerprints.prune(article.first_seen)
        return Recorded(
            article=number,
            story=story,
            alerts=owe_alerts(self._connection, article, number, story),
            edits=owe_edits(self._connection, article, verdict, number, story),
            replies=owe_replies(self._connection, article, verdict, number, story),
        )

    def _settle_link(self, article: Article) -> None:
        """The link was read; an address that no source listed is remembered too."""
        self._connection.execute(
            """INSERT INTO links (url, site, first_seen, alerts, wanted, was_read)
            VALUES (?, ?, ?, ?, 0, 1)
            ON CONFLICT (url) DO UPDATE
            SET wanted = 0, was_read = 1, retry_at = NULL, reason = NULL""",
            (storable(article.url), article.site, stamp(article.first_seen), article.alerts),
        )

    def _story_of(self, article: int) -> int:
        row = self._connection.execute(
            "SELECT story FROM articles WHERE id = ?", (article,)
        ).fetchone()
        if row is None:
            raise LookupError(f"article {article} is not in the memory")
        return int(row[0])

    def _open(self, article: Article, verdict: Verdict) -> int:
        return self._connection.insert(
            "INSERT INTO stories (follows, first_seen) VALUES (?, ?)",
            (verdict.follows, stamp(article.first_seen)),
        )

    def _index(self, article: int, verdict: Verdict) -> None:
        (telling,) = self._connection.execute(
            "SELECT telling FROM articles WHERE id = ?", (article,)
        ).fetchone()
        self._fingerprints.keep(telling, verdict)

    def _hit(self, article: int, hits: Sequence[Hit]) -> None:
        self._connection.execute("DELETE FROM hits WHERE article = ?", (article,))
        self._connection.many(
            """INSERT INTO hits (article, topic, level, score, matched, spans, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            [
                (
                    article,
                    hit.topic,
                    hit.level.value,
                    hit.score,
                    json.dumps([storable(word) for word in hit.matched], ensure_ascii=False),
                    json.dumps([(span.field, span.start, span.end) for span in hit.spans]),
                    storable(hit.reason),
                )
                for hit in hits
            ],
        )


def _same(before: Stored, article: Article) -> bool:
    telling = before.telling
    return (telling.title, telling.text) == (storable(article.title), storable(article.text))
