"""The lines that readers saved to be told of: each one a topic of its own, in force at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.connection import Connection
from storage.times import instant, stamp, storable
from watch.query import saved
from watch.records import Level
from watch.topics import Topics

PREFIX = "watch-"  # of the topics made of saved lines; what follows is the watch's number

# The log has one row for each watch, renumbered when it is made and when it goes, so that whoever
# saw revision n reads only what came later. A forgotten reader leaves his watches' numbers in it.
TABLES = """
CREATE TABLE watches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL REFERENCES readers (chat_id) ON DELETE CASCADE ON UPDATE CASCADE,
    line TEXT NOT NULL,                        -- as typed; never changed, a new line is a new row
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (chat_id, line)
);

CREATE TABLE watch_log (
    revision INTEGER PRIMARY KEY AUTOINCREMENT,
    watch INTEGER NOT NULL UNIQUE
);
CREATE TRIGGER watches_made AFTER INSERT ON watches BEGIN
    DELETE FROM watch_log WHERE watch = new.id;
    INSERT INTO watch_log (watch) VALUES (new.id);
END;
CREATE TRIGGER watches_gone AFTER DELETE ON watches BEGIN
    DELETE FROM watch_log WHERE watch = old.id;
    INSERT INTO watch_log (watch) VALUES (old.id);
    DELETE FROM subscriptions WHERE topic = 'watch-' || old.id;
    DELETE FROM hits WHERE topic = 'watch-' || old.id;
END;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A line that a reader saved."""

    id: int
    chat_id: int
    line: str
    name: str  # what the reader calls it
    created_at: datetime

    @property
    def topic(self) -> str:
        """The id of its topic, as hits and subscriptions name it."""
        return f"{PREFIX}{self.id}"


class Watches:
    """Tables `watches` and `watch_log`. Each call is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self, chat_id: int, line: str, name: str, now: datetime, level: Level = Level.ABOUT
    ) -> Watch:
        """Save a line for a reader, who must exist, and follow its topic.

        A line that he saved before keeps its number and its name. The line is to be understood
        before (`watch.query.understand`).
        """
        with self._connection.transaction():
            self._connection.execute(
                """INSERT INTO watches (chat_id, line, name, created_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (chat_id, line) DO NOTHING""",
                (chat_id, storable(line), storable(name), stamp(now)),
            )
            kept = next(watch for watch in self._of(chat_id) if watch.line == storable(line))
            self._connection.execute(
                """INSERT INTO subscriptions (topic, chat_id, level, since) VALUES (?, ?, ?, ?)
                ON CONFLICT (topic, chat_id) DO UPDATE SET level = excluded.level""",
                (kept.topic, chat_id, level.value, stamp(now)),
            )
        return kept

    def drop(self, chat_id: int, number: int) -> bool:
        """Give up a line, with its subscription and hits; True when this changed something."""
        with self._connection.transaction():
            gone = self._connection.execute(
                "DELETE FROM watches WHERE chat_id = ? AND id = ?", (chat_id, number)
            )
            return gone.rowcount > 0

    def of(self, chat_id: int) -> Sequence[Watch]:
        """What this reader saved, oldest first."""
        with self._connection.reading():
            return self._of(chat_id)

    def _of(self, chat_id: int) -> list[Watch]:
        rows = self._connection.execute(
            """SELECT id, chat_id, line, name, created_at FROM watches
            WHERE chat_id = ? ORDER BY id""",
            (chat_id,),
        )
        return [
            Watch(id=number, chat_id=chat, line=line, name=name, created_at=instant(created_at))
            for number, chat, line, name, created_at in rows
        ]

    def revision(self) -> int:
        """A number that grows with every line that is saved or given up; microseconds."""
        with self._connection.reading():
            (revision,) = self._connection.execute(
                "SELECT coalesce(max(revision), 0) FROM watch_log"
            ).fetchone()
        return int(revision)

    def bring_up(self, topics: Topics, revision: int) -> int:
        """Add to topics the lines saved since a revision, drop those given up; return the newest.

        Lines that no longer make a topic, because a place or concept has left the seeds, are not
        watched. Of a reader who is away nothing is dropped: he may return.
        """
        with self._connection.reading():
            rows = self._connection.execute(
                """SELECT revision, watch, line, name FROM watch_log
                LEFT JOIN watches ON watches.id = watch_log.watch
                WHERE revision > ? ORDER BY revision""",
                (revision,),
            ).fetchall()
        for at, number, line, name in rows:
            topic_id = f"{PREFIX}{number}"
            topics.drop(topic_id)
            topic = None if line is None else saved(topic_id, line, name, topics.gazetteer)
            if topic is not None:
                topics.add(topic)
            revision = at
        return revision
