"""The readers: chat id, language, subscriptions, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.connection import Connection
from storage.times import stamp
from watch.records import Level

TERMINAL = 0  # the chat id of the built-in reader, which Telegram never gives to anyone

ChatKind = Literal["private", "group", "channel", "terminal"]
Language = Literal["ar", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom alerts are owed to."""

    chat_id: int
    kind: ChatKind
    language: Language
    paused: str | None  # why nothing is sent (blocked, kicked, …), None when active


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A reader follows a topic, from `level` upwards."""

    topic: str
    level: Level


class People:
    """Tables `readers` and `subscriptions`. Each call is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def welcome(self, chat_id: int, kind: ChatKind, language: Language, now: datetime) -> Reader:
        """The reader, made if new and resumed if paused; an existing reader keeps his language."""
        with self._connection.transaction():
            self._connection.execute(
                """INSERT INTO readers (chat_id, kind, language, since) VALUES (?, ?, ?, ?)
                ON CONFLICT (chat_id) DO UPDATE
                SET kind = excluded.kind, paused = NULL, paused_at = NULL""",
                (chat_id, kind, language, stamp(now)),
            )
            row = self._connection.execute(
                "SELECT kind, language, paused FROM readers WHERE chat_id = ?", (chat_id,)
            ).fetchone()
        return _reader(chat_id, row)

    def find(self, chat_id: int) -> Reader | None:
        """The reader as he is kept, or None."""
        with self._connection.reading():
            row = self._connection.execute(
                "SELECT kind, language, paused FROM readers WHERE chat_id = ?", (chat_id,)
            ).fetchone()
        return None if row is None else _reader(chat_id, row)

    def speak(self, chat_id: int, language: Language) -> None:
        """Use this language from now on."""
        with self._connection.transaction():
            self._connection.execute(
                "UPDATE readers SET language = ? WHERE chat_id = ?", (language, chat_id)
            )

    def follow(self, chat_id: int, topic: str, level: Level, now: datetime) -> bool:
        """True when this changed something. The reader must exist."""
        with self._connection.transaction():
            followed = self._connection.execute(
                """INSERT INTO subscriptions (topic, chat_id, level, since) VALUES (?, ?, ?, ?)
                ON CONFLICT (topic, chat_id) DO UPDATE
                SET level = excluded.level WHERE level <> excluded.level""",
                (topic, chat_id, level.value, stamp(now)),
            )
            return followed.rowcount > 0

    def unfollow(self, chat_id: int, topic: str) -> bool:
        """True when this changed something."""
        with self._connection.transaction():
            gone = self._connection.execute(
                "DELETE FROM subscriptions WHERE topic = ? AND chat_id = ?", (topic, chat_id)
            )
            return gone.rowcount > 0

    def followed(self, chat_id: int) -> Sequence[Subscription]:
        """What this reader follows, by the topics' ids."""
        with self._connection.reading():
            rows = self._connection.execute(
                "SELECT topic, level FROM subscriptions WHERE chat_id = ? ORDER BY topic",
                (chat_id,),
            ).fetchall()
        return [Subscription(topic=topic, level=Level(level)) for topic, level in rows]

    def pause(self, chat_id: int, reason: str, now: datetime) -> None:
        """Owe this reader nothing until he returns; subscriptions are kept.

        What was owed is withdrawn: a reader who comes back after a month is not flooded.
        """
        with self._connection.transaction():
            pause(self._connection, chat_id, reason, now)

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """A group became a supergroup: reader, subscriptions and what is owed follow it."""
        with self._connection.transaction():
            move(self._connection, chat_id, new_chat_id)

    def forget(self, chat_id: int) -> None:
        """Remove all that is kept of this reader, deliveries included.

        The rows are overwritten in the file and the write-ahead log is emptied.
        """
        with self._connection.transaction():
            end(self._connection, chat_id)
        self._connection.scrub()


def _reader(chat_id: int, row: tuple[ChatKind, Language, str | None]) -> Reader:
    kind, language, paused = row
    return Reader(chat_id=chat_id, kind=kind, language=language, paused=paused)


def pause(connection: Connection, chat_id: int, reason: str, now: datetime) -> None:
    """Pause a reader inside the open transaction; the first reason and time are kept."""
    connection.execute(
        """UPDATE readers SET paused = ?, paused_at = ?
        WHERE chat_id = ? AND paused IS NULL""",
        (reason, stamp(now), chat_id),
    )
    connection.execute(
        """UPDATE deliveries SET state = 'withdrawn', reason = ?
        WHERE chat_id = ? AND state IN ('owed', 'held', 'claimed')""",
        (reason, chat_id),
    )


def end(connection: Connection, chat_id: int) -> None:
    """Remove a reader whose account is gone, inside the open transaction."""
    connection.execute("DELETE FROM readers WHERE chat_id = ?", (chat_id,))
    connection.execute("DELETE FROM answers WHERE chat_id = ?", (chat_id,))


def move(connection: Connection, chat_id: int, new_chat_id: int) -> None:
    """Rename a chat inside the open transaction; where the new one is known, join them."""
    if chat_id == new_chat_id:
        return
    connection.execute("UPDATE answers SET chat_id = ? WHERE chat_id = ?", (new_chat_id, chat_id))
    taken = "SELECT 1 FROM readers WHERE chat_id = ?"
    if connection.execute(taken, (new_chat_id,)).fetchone() is None:
        rename = (
            "UPDATE readers SET chat_id = ? WHERE chat_id = ?"  # foreign keys take the rest along
        )
        connection.execute(rename, (new_chat_id, chat_id))
        return
    for rename in (
        "UPDATE OR IGNORE subscriptions SET chat_id = ? WHERE chat_id = ?",
        "UPDATE OR IGNORE preferences SET chat_id = ? WHERE chat_id = ?",
        "UPDATE OR IGNORE deliveries SET chat_id = ? WHERE chat_id = ?",
        "UPDATE OR IGNORE watches SET chat_id = ? WHERE chat_id = ?",
    ):
        connection.execute(rename, (new_chat_id, chat_id))
    connection.execute("DELETE FROM readers WHERE chat_id = ?", (chat_id,))
