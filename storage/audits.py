"""When each source was last asked for all it lists although it said that nothing had changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.connection import Connection
from storage.times import instant, instant_or_none, stamp

TABLES = """
CREATE TABLE audits (
    source INTEGER PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    audited_at TEXT NOT NULL,
    distrusted_until TEXT                      -- its 304 had hidden news, NULL: it never did
);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What is known of a source's word that nothing has changed."""

    audited_at: datetime
    distrusted_until: datetime | None = None


class Audits:
    """Table `audits`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self) -> dict[str, Audit]:
        """The last audit of each source, by its address."""
        with self._connection.reading():
            rows = self._connection.execute(
                """SELECT url, audited_at, distrusted_until
                FROM audits JOIN sources ON sources.id = audits.source"""
            ).fetchall()
        return {
            url: Audit(audited_at=instant(at), distrusted_until=instant_or_none(until))
            for url, at, until in rows
        }

    def write(self, source: str, audit: Audit) -> None:
        """Keep the last audit of a source; one that is no source any more is passed over."""
        until = audit.distrusted_until
        with self._connection.transaction():
            self._connection.execute(
                """INSERT INTO audits SELECT id, ?, ? FROM sources WHERE url = ?
                ON CONFLICT (source) DO UPDATE SET audited_at = excluded.audited_at,
                distrusted_until = excluded.distrusted_until""",
                (stamp(audit.audited_at), until and stamp(until), source),
            )
