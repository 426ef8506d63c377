"""The index of stories: which articles print the same passages, and whose titles name the same."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache

from storage.articles import stored
from storage.connection import Connection
from storage.faults import worded
from storage.times import stamp
from watch.headings import ALIKE, FOUND_AT_MOST, LATEST, spell
from watch.ports import Stored, Verdict
from watch.sketch import asked, sketch

SHARING = 256  # tellings whose articles are looked at; a day of bulletins shares more
INDEXED = timedelta(days=7)  # longer than the judgement looks back

# Headings of flashes lay among the sketches; one hash in two thousand goes with them.
HEADINGS = """
CREATE TABLE headings (                        -- what titles of the last hours name
    heading INTEGER NOT NULL,                  -- see `watch.headings`; in the order of time
    telling INTEGER NOT NULL,
    PRIMARY KEY (heading, telling)
) WITHOUT ROWID;
DELETE FROM sketches WHERE hash >= 70368744177664 AND hash < 70437463654400;
"""


class Fingerprints:
    """Tables `sketches` and `headings`; written and pruned within an ingest's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def relatives(
        self,
        sketch: Collection[int],
        since: datetime,
        limit: int,
        headings: Collection[int],
    ) -> list[Stored]:
        """Articles that share hashes, then those that share headings, see `watch.ports`.

        What is shared is counted in the index alone; only the winners' texts are read. Each
        statement has one view, so no transaction is begun for it.
        """
        wanted = asked(sketch)
        alike = self._found(_alike(len(wanted)), (*wanted, stamp(since), limit)) if wanted else []
        named = self._found(_named(len(headings)), (*headings, stamp(since))) if headings else []
        known = {stored.article for stored in alike}
        return [*alike, *(stored for stored in named if stored.article not in known)]

    def keep(self, telling: int, verdict: Verdict) -> None:
        """Index a telling; idempotent."""
        for table, values in (("sketches", verdict.sketch), ("headings", verdict.headings)):
            self._connection.many(
                f"INSERT OR IGNORE INTO {table} VALUES (?, ?)",  # noqa: S608 (named above)
                [(value, telling) for value in values],
            )

    def prune(self, now: datetime) -> None:
        """Take the fingerprints of a few tellings that are past looking up out of the index.

        Each article recorded takes out more than it brings, so the index holds the last days and
        nothing waits for a task at night. What a text says is hashed again to find its rows;
        headings lie in the order of time.
        """
        self._connection.execute("DELETE FROM headings WHERE heading < ?", (spell(now),))
        since = stamp(now - INDEXED)
        done = None
        for telling, first_seen, title, text in self._connection.execute(_NEXT_TO_PRUNE).fetchall():
            if first_seen >= since:
                break
            self._connection.many(
                "DELETE FROM sketches WHERE hash = ? AND telling = ?",
                [(value, telling) for value in sketch(title, text)],
            )
            done = telling
        if done is not None:
            self._connection.execute(
                """INSERT INTO state (name, value) VALUES ('sketches_pruned', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
                (str(done),),
            )

    def _found(self, statement: str, values: tuple[object, ...]) -> list[Stored]:
        with worded(self._connection.path):
            return [stored(row) for row in self._connection.execute(statement, values).fetchall()]


@lru_cache(maxsize=128)  # as many statements as Python keeps compiled
def _alike(hashes: int) -> str:
    """Return the look-up by so many hashes; a list of values is read faster than JSON."""
    values = ", ".join(["(?)"] * hashes)
    return f"""WITH wanted (hash) AS (VALUES {values}), sharing AS (
        SELECT sketches.telling, count(*) AS shared
        FROM wanted CROSS JOIN sketches ON sketches.hash = wanted.hash
        GROUP BY sketches.telling ORDER BY shared DESC, sketches.telling LIMIT {SHARING}
    ), alike AS (
        SELECT articles.id AS article, articles.telling, sharing.shared
        FROM sharing CROSS JOIN tellings ON tellings.id = sharing.telling
        CROSS JOIN articles ON articles.id = tellings.article
        WHERE articles.telling = tellings.id AND articles.first_seen >= ?
        ORDER BY sharing.shared DESC, articles.id LIMIT ?
    )
    SELECT {_STORED}
    FROM alike CROSS JOIN articles ON articles.id = alike.article
    CROSS JOIN tellings ON tellings.id = alike.telling
    ORDER BY alike.shared DESC, articles.id"""  # noqa: S608 (placeholders alone)


@lru_cache(maxsize=128)
def _named(headings: int) -> str:
    """Return the look-up by so many headings; of a common name only the latest are counted."""
    latest = " UNION ALL ".join([_LATEST] * headings)
    return f"""WITH alike AS (
        SELECT telling, count(*) AS shared FROM ({latest}) GROUP BY telling
        HAVING shared >= {ALIKE} ORDER BY shared DESC, telling LIMIT {FOUND_AT_MOST}
    )
    SELECT {_STORED}
    FROM alike CROSS JOIN tellings ON tellings.id = alike.telling
    CROSS JOIN articles ON articles.id = tellings.article
    WHERE articles.telling = tellings.id AND articles.first_seen >= ?
    ORDER BY alike.shared DESC, articles.id"""  # noqa: S608 (placeholders alone)


_STORED = """articles.id, articles.story, articles.outlet, articles.url, tellings.title,
        tellings.text, tellings.published, articles.first_seen"""
_LATEST = f"""SELECT telling FROM (
    SELECT telling FROM headings WHERE heading = ? ORDER BY telling DESC LIMIT {LATEST})"""  # noqa: S608 (a number)
_NEXT_TO_PRUNE = """
    SELECT tellings.id, articles.first_seen, tellings.title, tellings.text
    FROM tellings JOIN articles ON articles.id = tellings.article
    WHERE tellings.id > coalesce(
        (SELECT CAST(value AS INTEGER) FROM state WHERE name = 'sketches_pruned'), 0)
    ORDER BY tellings.id LIMIT 2"""
