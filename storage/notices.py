"""What the admins are told of sources that fail: what is going on, and messages that are due.

The crawl writes notices and knows no admins; the bot words each for each admin and owes it as an
answer. So a restart of either neither loses one nor tells it twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.connection import Connection
from storage.health import Diagnosis, diagnose
from storage.people import ChatKind
from storage.times import instant, instant_or_none, stamp

KEPT = timedelta(days=7)
STALE = timedelta(days=1)  # what could not be told by then is repeated by a newer one

TABLES = """
CREATE TABLE incidents (                       -- what is wrong now, and whether it was told
    subject TEXT PRIMARY KEY,                  -- a source's address, or one of the crawl's own
    since TEXT NOT NULL,
    told_at TEXT,                              -- when it was told last, NULL: not yet
    well_since TEXT,                           -- since when it has been over, as it seems
    flaps INTEGER NOT NULL DEFAULT 0           -- how often it came back within a day
) WITHOUT ROWID;

CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    facts TEXT NOT NULL,                       -- JSON, worded when it is sent
    made_at TEXT NOT NULL,
    dealt_at TEXT                              -- when it was owed to the admins
);
CREATE INDEX notices_due ON notices (id) WHERE dealt_at IS NULL;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One thing that goes wrong, or did until just now."""

    subject: str
    since: datetime
    told_at: datetime | None = None
    well_since: datetime | None = None
    flaps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message that is due; `facts` as the crawl wrote them."""

    id: int
    facts: str
    made_at: datetime


class Notices:
    """Tables `incidents` and `notices`. Each call is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def incidents(self) -> dict[str, Incident]:
        """All incidents, by subject."""
        with self._connection.reading():
            rows = self._connection.execute(
                "SELECT subject, since, told_at, well_since, flaps FROM incidents"
            ).fetchall()
        return {
            subject: Incident(
                subject=subject,
                since=instant(since),
                told_at=instant_or_none(told_at),
                well_since=instant_or_none(well_since),
                flaps=flaps,
            )
            for subject, since, told_at, well_since, flaps in rows
        }

    def settle(
        self,
        conditions: Mapping[str, Diagnosis],
        changed: Iterable[Incident],
        over: Iterable[str],
        notices: Iterable[str],
        now: datetime,
    ) -> None:
        """Write down a review: conditions that changed, incidents that changed or are over, and
        what is to be told of them.
        """
        with self._connection.transaction():
            diagnose(self._connection, conditions)
            self._connection.many(
                """INSERT INTO incidents VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (subject) DO UPDATE SET since = excluded.since,
                told_at = excluded.told_at, well_since = excluded.well_since,
                flaps = excluded.flaps""",
                [
                    (
                        *(each.subject, stamp(each.since)),
                        *(at and stamp(at) for at in (each.told_at, each.well_since)),
                        each.flaps,
                    )
                    for each in changed
                ],
            )
            self._connection.many(
                "DELETE FROM incidents WHERE subject = ?", [(subject,) for subject in over]
            )
            self._connection.many(
                "INSERT INTO notices (facts, made_at) VALUES (?, ?)",
                [(facts, stamp(now)) for facts in notices],
            )
            self._connection.execute("DELETE FROM notices WHERE made_at < ?", (stamp(now - KEPT),))

    def due(self, now: datetime) -> Sequence[Notice]:
        """Notices that no admin was owed yet, oldest first; none that is a day old."""
        with self._connection.reading():
            rows = self._connection.execute(
                """SELECT id, facts, made_at FROM notices
                WHERE dealt_at IS NULL AND made_at > ? ORDER BY id""",
                (stamp(now - STALE),),
            ).fetchall()
        return [Notice(id=row[0], facts=row[1], made_at=instant(row[2])) for row in rows]

    def deal(
        self, notice: int, messages: Sequence[tuple[int, ChatKind, str]], now: datetime
    ) -> None:
        """Owe a notice as (chat, kind, HTML) to every admin, once and in one step."""
        with self._connection.transaction():
            dealt = self._connection.execute(
                "UPDATE notices SET dealt_at = ? WHERE id = ? AND dealt_at IS NULL",
                (stamp(now), notice),
            )
            if dealt.rowcount:
                self._connection.many(
                    """INSERT INTO answers (chat_id, chat_kind, html, owed_at)
                    VALUES (?, ?, ?, ?)""",
                    [(*message, stamp(now)) for message in messages],
                )
