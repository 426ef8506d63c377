"""Pages that were read: their validators, and when those that readers were told of are read again.

An article that hit a topic is asked for again 10 minutes, an hour and six hours after it was read,
since a correction must reach whoever was told. The plan is a row; a visit that was missed while
nothing ran is made up for once, not once for each time it was due.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from storage.connection import Connection
from storage.links import WANTED, Wanted, wanted
from storage.times import instant, stamp, storable

AFTER = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
RETRY = timedelta(minutes=10)  # after a visit that was not answered
PATIENCE = timedelta(days=1)  # after the article was read: then it is left alone

TABLES = """
CREATE TABLE revisits (                        -- the pages of links that were read
    link INTEGER PRIMARY KEY REFERENCES links (id) ON DELETE CASCADE,
    site TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    since TEXT,                                -- what the visits are counted from, NULL: none
    due_at TEXT,                               -- the next one, NULL: no more
    gone_at TEXT                               -- since when the page is gone
);
CREATE INDEX revisits_due ON revisits (site, due_at) WHERE due_at IS NOT NULL;
"""


class Validators(NamedTuple):
    """What a server gave a page to be asked for conditionally."""

    etag: str | None = None
    last_modified: str | None = None


def plan(connection: Connection, url: str, first_seen: datetime, *, anew: bool) -> None:
    """Plan the visits of an article, inside the open transaction that records it.

    They are counted from its reading, as `Revisits.read` tells it. A plan that was made before is
    kept, unless another article stands at the address now (`anew`).
    """
    connection.execute(
        """INSERT INTO revisits (link, site, due_at) SELECT id, site, ? FROM links WHERE url = ?
        ON CONFLICT (link) DO UPDATE SET since = NULL, due_at = excluded.due_at
        WHERE ? OR revisits.since IS NULL""",
        (stamp(first_seen + AFTER[0]), storable(url), anew),
    )


class Revisits:
    """Table `revisits`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, now: datetime, sites: Collection[str], limit: int) -> list[Wanted]:
        """What to visit now: the most overdue page of each of these sites, `limit` at most.

        Nothing is changed: who visits a page says so with `read` or `missed`.
        """
        with self._connection.reading():
            rows = self._connection.execute(
                f"""SELECT {WANTED} FROM (SELECT link, min(due_at) AS first FROM revisits
                    WHERE due_at <= ? AND site IN (SELECT value FROM json_each(?))
                    GROUP BY site ORDER BY first LIMIT ?) AS due
                CROSS JOIN revisits ON revisits.link = due.link
                JOIN links ON links.id = due.link ORDER BY first""",  # noqa: S608
                (stamp(now), json.dumps(sorted(sites)), limit),
            ).fetchall()
        return [wanted(row, known=True, revisit=True) for row in rows]

    def read(self, url: str, now: datetime, validators: Validators | None) -> None:
        """A page was read, or is as it was (no new `validators`)."""
        with self._connection.transaction():
            if validators is not None:
                self._connection.execute(
                    """INSERT INTO revisits (link, site, etag, last_modified)
                    SELECT id, site, ?, ? FROM links WHERE url = ?
                    ON CONFLICT (link) DO UPDATE
                    SET etag = excluded.etag, last_modified = excluded.last_modified""",
                    (*validators, storable(url)),
                )
            since = self._since(url, now)
            self._connection.execute(
                f"UPDATE revisits SET gone_at = NULL, since = ?, due_at = ? {_OF_LINK}",  # noqa: S608
                (since and stamp(since), _next(since, now), storable(url)),
            )

    def missed(
        self, url: str, now: datetime, *, gone: bool = False, wait: timedelta = timedelta()
    ) -> None:
        """A visit gave nothing: the page is `gone`, which is noted and asked again when the next
        visit is due; or something failed and is tried again, after `wait` at the earliest.
        """
        with self._connection.transaction():
            since = self._since(url, now)
            due_at = _next(since, now)
            if since is not None and not gone:
                again = now + max(RETRY, wait)
                due_at = stamp(again) if again < since + PATIENCE else None
            self._connection.execute(
                f"""UPDATE revisits SET since = ?, due_at = ?,
                gone_at = CASE WHEN ? THEN coalesce(gone_at, ?) ELSE gone_at END {_OF_LINK}""",  # noqa: S608
                (since and stamp(since), due_at, gone, stamp(now), storable(url)),
            )

    def gone(self) -> list[tuple[str, datetime]]:
        """The pages that were gone at their last visit, and since when, latest first."""
        with self._connection.reading():
            rows = self._connection.execute(
                """SELECT url, gone_at FROM revisits JOIN links ON links.id = revisits.link
                WHERE gone_at IS NOT NULL ORDER BY gone_at DESC"""
            ).fetchall()
        return [(url, instant(gone_at)) for url, gone_at in rows]

    def put_back(self, by: timedelta) -> None:
        """The clock was put back: what waits for a time waits for that much earlier a time."""
        seconds = f"{-by.total_seconds():+.3f} seconds"
        moved = "strftime('%Y-%m-%dT%H:%M:%f000Z', {}, ?)".format
        with self._connection.transaction():
            self._connection.execute(
                f"""UPDATE revisits SET since = {moved("since")}, due_at = {moved("due_at")}
                WHERE due_at IS NOT NULL""",  # noqa: S608
                (seconds, seconds),
            )
            self._connection.execute(
                f"""UPDATE links SET retry_at = {moved("retry_at")}
                WHERE wanted = 1 AND retry_at IS NOT NULL""",  # noqa: S608
                (seconds,),
            )

    def _since(self, url: str, now: datetime) -> datetime | None:
        """What a page's visits are counted from, `now` for a plan that begins; None: no plan."""
        row = self._connection.execute(
            f"SELECT since, due_at FROM revisits {_OF_LINK}",  # noqa: S608
            (storable(url),),
        ).fetchone()
        since, due_at = row or (None, None)
        if since is None:
            return None if due_at is None else now
        return instant(since)


_OF_LINK = "WHERE link = (SELECT id FROM links WHERE url = ?)"


def _next(since: datetime | None, now: datetime) -> str | None:
    """When the next visit is due, as it is written."""
    if since is None:
        return None
    return next((stamp(since + after) for after in AFTER if since + after > now), None)
