"""All readers as one document, to move them to another bot or another database.

A reader goes with his language, his settings, his subscriptions and his saved lines; columns that
later versions add go along. What was sent and what is owed stays behind: it belongs to the chats of
the old bot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, get_args

from storage.connection import Connection
from storage.errors import StoreError
from storage.hours import HOURLY
from storage.people import TERMINAL, Language
from storage.preferences import preference
from storage.times import instant, stamp, storable
from storage.watches import PREFIX

LARGEST = 2**63 - 1  # SQLite keeps no larger number
PER_READER = ("subscriptions", "preferences", "watches")  # the tables that hold what he asked for

# Columns that mean something in one database only, or while a bot is at work.
_OWN: Mapping[str, frozenset[str]] = {
    "readers": frozenset({"next_at", "owed_alert", "owed_reply", "edit_due"}),
    "subscriptions": frozenset({"chat_id"}),
    "preferences": frozenset({"chat_id", "live", "live_until", "draft"}),
    "watches": frozenset({"chat_id", "id"}),
}

# Every time that is kept of a reader; what is empty was never set.
_TIMES = """
    SELECT since FROM readers WHERE chat_id = :chat_id
    UNION ALL SELECT paused_at FROM readers WHERE chat_id = :chat_id AND paused_at IS NOT NULL
    UNION ALL SELECT since FROM subscriptions WHERE chat_id = :chat_id
    UNION ALL SELECT muted_until FROM subscriptions WHERE chat_id = :chat_id AND muted_until <> ''
    UNION ALL SELECT muted_until FROM preferences WHERE chat_id = :chat_id AND muted_until <> ''
    UNION ALL SELECT created_at FROM watches WHERE chat_id = :chat_id"""
_WRONG_VALUE = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)

Row = dict[str, Any]


class Moving:
    """Reads and writes whole readers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def readers(self) -> list[Row]:
        """Every reader but the terminal, by chat id, all of one moment."""
        with self._connection.reading():
            people = self._rows("readers", "chat_id <> ?", TERMINAL)
            return [self._whole(person) for person in people]

    def _whole(self, person: Row) -> Row:
        chat_id = person["chat_id"]
        follows = self._rows("subscriptions", "chat_id = ?", chat_id)
        numbers = self._connection.execute(
            "SELECT id, line FROM watches WHERE chat_id = ?", (chat_id,)
        ).fetchall()
        lines = {f"{PREFIX}{number}": line for number, line in numbers}
        return person | {
            # the topic of a saved line has another number elsewhere: it goes by the line itself
            "subscriptions": [
                row
                | ({"topic": None, "line": lines[row["topic"]]} if row["topic"] in lines else {})
                for row in follows
            ],
            "preferences": self._rows("preferences", "chat_id = ?", chat_id),
            "watches": self._rows("watches", "chat_id = ?", chat_id),
        }

    def admit(self, people: Sequence[Row]) -> int:
        """Make these readers as `readers` tells them, all or none; how many were not known before.

        A reader who is known gets the settings of the document; what he follows besides stays.
        Raises `StoreError` that names the reader and the key that is wrong.
        """
        with self._connection.transaction():
            return sum(self._admit(person, number) for number, person in enumerate(people, 1))

    def _admit(self, person: Row, number: int) -> bool:
        chat_id = person.get("chat_id")
        if (
            not isinstance(chat_id, int)
            or isinstance(chat_id, bool)
            or chat_id == TERMINAL
            or abs(chat_id) > LARGEST
        ):
            raise StoreError(f"reader {number}: chat_id is {chat_id!r}: write the chat's number")
        known = self._connection.execute(
            "SELECT 1 FROM readers WHERE chat_id = ?", (chat_id,)
        ).fetchone()
        where = f"reader {number} (chat {chat_id})"
        own = {key: value for key, value in person.items() if key not in PER_READER}
        self._put("readers", own, ("chat_id",), where)
        for row in _list(person, "preferences", where):
            self._put("preferences", row | {"chat_id": chat_id}, ("chat_id",), where)
        for row in _list(person, "watches", where):
            self._put("watches", row | {"chat_id": chat_id}, ("chat_id", "line"), where)
        for row in _list(person, "subscriptions", where):
            topic = row.get("topic") or self._topic_of(chat_id, row.get("line"), where)
            wish = {key: value for key, value in row.items() if key != "line"}
            wish |= {"topic": topic, "chat_id": chat_id}
            self._put("subscriptions", wish, ("topic", "chat_id"), where)
        self._read_back(chat_id, where)
        return known is None

    def _read_back(self, chat_id: int, where: str) -> None:
        """Read what was put as the bot will: one value it cannot read would stop every claim."""
        (language,) = self._connection.execute(
            "SELECT language FROM readers WHERE chat_id = ?", (chat_id,)
        ).fetchone()
        try:
            if language not in get_args(Language):
                raise ValueError(f"no language {language!r}")
            wishes = preference(self._connection, chat_id)
            if wishes.digest not in (None, HOURLY):
                time.fromisoformat(wishes.digest)
            limit = wishes.hourly_limit
            if limit is not None and not (isinstance(limit, int) and limit > 0):
                raise ValueError(f"no limit {limit!r}")
            if not isinstance(wishes.thread, int | None):
                raise ValueError(f"no topic {wishes.thread!r}")
            for (written,) in self._connection.execute(_TIMES, {"chat_id": chat_id}):
                _check_time(written)
        except (ValueError, LookupError, OSError) as error:  # a zone may be any of the three
            told = error.args[0] if isinstance(error, LookupError) else error
            raise StoreError(f"{where}: {told}: mend the value") from None

    def _topic_of(self, chat_id: int, line: object, where: str) -> str:
        row = self._connection.execute(
            "SELECT id FROM watches WHERE chat_id = ? AND line = ?", (chat_id, line)
        ).fetchone()
        if row is None:
            raise StoreError(f"{where}: a subscription names no topic and no line of his watches")
        return f"{PREFIX}{row[0]}"

    def _rows(self, table: str, where: str, value: int) -> list[Row]:
        columns = self._columns(table)
        rows = self._connection.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY 1, 2",  # noqa: S608
            (value,),
        )
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def _columns(self, table: str) -> list[str]:
        names = [row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")]
        return [name for name in names if name not in _OWN[table]]

    def _put(self, table: str, row: Row, key: tuple[str, ...], where: str) -> None:
        """Insert or update one row; only columns that exist, values that the table takes."""
        allowed = {*self._columns(table), *key}
        if unknown := sorted(set(row) - allowed):
            raise StoreError(
                f"{where}: {table} has no key {unknown[0]!r}: take it out, or upgrade munadi"
            )
        names = sorted(row)
        values = [
            storable(row[name]) if isinstance(row[name], str) else row[name] for name in names
        ]
        updates = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key)
        action = f"UPDATE SET {updates}" if updates else "NOTHING"
        try:
            self._connection.execute(
                f"""INSERT INTO {table} ({", ".join(names)})
                VALUES ({", ".join("?" * len(names))})
                ON CONFLICT ({", ".join(key)}) DO {action}""",  # noqa: S608 (names of columns, checked above)
                values,
            )
        except (*_WRONG_VALUE, OverflowError) as error:
            raise StoreError(f"{where}: {table}: {error}: mend the value") from None


def _list(person: Row, key: str, where: str) -> list[Row]:
    rows = person.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise StoreError(f"{where}: {key} is no list of objects: write [] for none")
    return rows


def _check_time(written: str) -> None:
    """Raise ValueError unless `stamp` could have written this: times are compared as text."""
    try:
        kept = stamp(instant(written)) == written
    except ValueError:
        kept = False
    if not kept:
        raise ValueError(f"no time as export writes it: {written!r}")
