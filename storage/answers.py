"""Answers to readers are owed until Telegram has them, and an update is handled once.

A row of `answers` is one message that is still owed; it is deleted once it was sent, so nothing of
what a reader asked is kept. It is given up by three written rules only: Telegram refuses its text
for good, it is older than `PATIENCE`, or its chat has `WAITING` newer ones waiting. The summaries
that `storage.summaries` owes here are claimed apart, and the last two rules spare them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.connection import Connection
from storage.outcomes import FLOOD, Gone, Later, Moved, Outcome, Refused, Sent, Unknown
from storage.parks import park, parked_until, sensible
from storage.people import ChatKind, end, move, pause
from storage.settling import doubtful
from storage.times import stamp, storable

PATIENCE = timedelta(days=1)  # as long as Telegram keeps an update for us
WAITING = 20  # answers one chat may have waiting; who asks faster gets the latest
HANDLED = timedelta(days=2)  # how long an update's number is remembered: longer than Telegram does

TABLES = """
CREATE TABLE updates (                         -- handled, perhaps not acknowledged to Telegram yet
    bot INTEGER NOT NULL,
    number INTEGER NOT NULL,
    handled_at TEXT NOT NULL,
    PRIMARY KEY (bot, number)
) WITHOUT ROWID;

CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL,                  -- who only asks for help is no reader yet
    chat_kind TEXT NOT NULL,
    html TEXT NOT NULL,
    buttons TEXT,                              -- as the bot writes them
    edits INTEGER,                             -- the message to put it in place of
    owed_at TEXT NOT NULL,
    due_at TEXT NOT NULL DEFAULT '',           -- not claimed before
    holder TEXT,
    lease_until TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0          -- sends whose answer was lost
);
CREATE INDEX answers_chat ON answers (chat_id, id);

CREATE TABLE parks (                           -- chats that Telegram refused for flooding
    chat_id INTEGER PRIMARY KEY,
    until TEXT NOT NULL
);
"""

THREADS = "ALTER TABLE answers ADD COLUMN thread INTEGER"  # the topic of a forum, NULL: General


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer claimed for sending."""

    id: int
    chat_id: int
    chat_kind: ChatKind
    html: str
    buttons: str | None
    edits: int | None
    thread: int | None
    attempts: int  # sends tried before this one


class Answers:
    """Tables `answers` and `updates`. Each call is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def handled(self, bot: int, update: int) -> bool:
        """Whether this update of this bot was handled before."""
        with self._connection.reading():
            row = self._connection.execute(
                "SELECT 1 FROM updates WHERE bot = ? AND number = ?", (bot, update)
            ).fetchone()
        return row is not None

    def owe(
        self,
        chat_id: int,
        kind: ChatKind,
        html: str,
        *,
        now: datetime,
        buttons: str | None = None,
        edits: int | None = None,
        thread: int | None = None,
        update: tuple[int, int] | None = None,
    ) -> bool:
        """Owe a message to one chat; note the update (bot, number) it answers in the same step.

        False, and nothing is owed, when that update was answered before.
        """
        with self._connection.transaction():
            if update is not None and not self._first(update, now):
                return False
            self._connection.execute(
                """INSERT INTO answers (chat_id, chat_kind, html, buttons, edits, thread, owed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (chat_id, kind, storable(html), buttons, edits, thread, stamp(now)),
            )
            self._connection.execute(
                """DELETE FROM answers
                WHERE chat_id = ?1 AND NOT summary AND lease_until IS NULL AND id <=
                (SELECT id FROM answers WHERE chat_id = ?1 AND NOT summary
                    ORDER BY id DESC LIMIT 1 OFFSET ?2)""",
                (chat_id, WAITING),
            )
        return True

    def _first(self, update: tuple[int, int], now: datetime) -> bool:
        self._connection.execute(
            "DELETE FROM updates WHERE handled_at < ?", (stamp(now - HANDLED),)
        )
        noted = self._connection.execute(
            """INSERT INTO updates (bot, number, handled_at) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING""",
            (*update, stamp(now)),
        )
        return noted.rowcount > 0

    def claim(
        self,
        now: datetime,
        *,
        holder: str,
        lease_seconds: float,
        limit: int,
        summaries: bool = False,
    ) -> Sequence[Answer]:
        """Take the oldest answer, or summary, of each chat that may be written to, oldest first.

        The write lock is taken only when there is something to claim.
        """
        at = stamp(now)
        with self._connection.reading():
            if not self._ready(at, limit, summaries):
                return []
        with self._connection.transaction():
            ready = self._ready(at, limit, summaries)
            self._connection.many(
                """UPDATE answers SET holder = ?, lease_until = ?, attempts = attempts + 1
                WHERE id = ?""",
                [
                    (holder, stamp(now + timedelta(seconds=lease_seconds)), answer.id)
                    for answer in ready
                ],
            )
        return ready

    def _ready(self, at: str, limit: int, summaries: bool) -> list[Answer]:
        if limit <= 0 or parked_until(self._connection) > at:
            return []
        rows = self._connection.execute(
            """SELECT id, chat_id, chat_kind, html, buttons, edits, thread, attempts FROM answers
            WHERE id IN (SELECT min(id) FROM answers WHERE summary = :summaries GROUP BY chat_id)
            AND due_at <= :at AND (lease_until IS NULL OR lease_until <= :at)
            AND NOT EXISTS (SELECT 1 FROM parks
                WHERE parks.chat_id = answers.chat_id AND until > :at)
            AND NOT (:summaries AND EXISTS (SELECT 1 FROM readers  -- after what is under way
                WHERE readers.chat_id = answers.chat_id AND next_at > :at))
            ORDER BY id LIMIT :limit""",
            {"at": at, "limit": limit, "summaries": summaries},
        )
        return [
            Answer(
                id=number,
                chat_id=chat_id,
                chat_kind=kind,
                html=html,
                buttons=buttons,
                edits=edits,
                thread=thread,
                attempts=attempts,
            )
            for number, chat_id, kind, html, buttons, edits, thread, attempts in rows
        ]

    def settle(
        self, told: Answer, outcome: Outcome, *, now: datetime, next_at: datetime
    ) -> datetime | None:
        """Record what Telegram answered; alerts for the chat wait until `next_at`.

        A failure told after another sender has claimed the row leaves it to that one. Returns
        until when everything is parked, where this refusal caused that.
        """
        answer = told.id
        with self._connection.transaction():
            if (row := self._answered(answer, next_at)) is None:
                return None
            chat_id, owed_at, edits, doubts, summary, attempts = row
            if attempts > told.attempts + 1 and isinstance(outcome, Later | Moved | Unknown):
                return None
            patient = summary or owed_at > stamp(now - PATIENCE)
            match outcome:
                case Later(seconds, reason, chat_only) if patient:
                    self._owe_again(answer, stamp(now + sensible(seconds)))
                    if reason == FLOOD and chat_only:
                        return park(self._connection, chat_id, outcome.seconds, now)
                case Moved(new_chat_id):
                    move(self._connection, chat_id, new_chat_id)
                    self._owe_again(answer, "")
                case Unknown() if patient:
                    due_at = max(next_at, now + doubtful(doubts))
                    self._owe_again(answer, stamp(due_at), doubts=1)
                case Refused() if edits is not None:  # the message with the button is gone
                    self._owe_again(answer, "")
                    self._connection.execute(
                        "UPDATE answers SET edits = NULL WHERE id = ?", (answer,)
                    )
                case Gone(reason, ended):
                    self._gone(chat_id, reason, now, ended=ended)
                case Sent() | Later() | Unknown() | Refused():
                    self._connection.execute("DELETE FROM answers WHERE id = ?", (answer,))
        return None

    def _answered(
        self, answer: int, next_at: datetime
    ) -> tuple[int, str, int | None, int, bool, int] | None:
        """What is known of an answer; alerts for its chat wait."""
        row: tuple[int, str, int | None, int, bool, int] | None = self._connection.execute(
            """SELECT chat_id, owed_at, edits, doubts, summary, attempts FROM answers
            WHERE id = ?""",
            (answer,),
        ).fetchone()
        if row is not None:
            self._connection.execute(
                "UPDATE readers SET next_at = max(next_at, ?) WHERE chat_id = ?",
                (stamp(next_at), row[0]),
            )
        return row

    def _gone(self, chat_id: int, reason: str, now: datetime, *, ended: bool) -> None:
        self._connection.execute("DELETE FROM answers WHERE chat_id = ?", (chat_id,))
        if ended:
            end(self._connection, chat_id)
        else:
            pause(self._connection, chat_id, reason, now)

    def _owe_again(self, answer: int, due_at: str, doubts: int = 0) -> None:
        self._connection.execute(
            """UPDATE answers SET holder = NULL, lease_until = NULL, due_at = ?,
            doubts = doubts + ? WHERE id = ?""",
            (due_at, doubts, answer),
        )

    def release(self, holder: str) -> int:
        """Give back what this holder claimed and did not settle (at an orderly stop); how many."""
        with self._connection.transaction():
            return self._connection.execute(
                """UPDATE answers SET holder = NULL, lease_until = NULL, attempts = attempts - 1
                WHERE holder = ?""",
                (holder,),
            ).rowcount

    def owed(self) -> int:
        """Answers not yet sent."""
        with self._connection.reading():
            (count,) = self._connection.execute("SELECT count(*) FROM answers").fetchone()
        return int(count)
