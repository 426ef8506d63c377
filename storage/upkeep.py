"""Keeping the store in order: what a dead sender held, what a wrong clock wrote, what is old.

How long things are kept:

* deliveries that are done, 30 days: until then their cards can be replied to;
* readers who blocked us or were kicked, 90 days: then all that is kept of them goes;
* addresses, 400 days: longer than any source lists one;
* how a page was when it was read, 30 days: listings rarely change what is older. That a
  page is gone is kept as long as its address;
* sources that no seed names any more, 90 days.

Articles and their stories are the archive and stay.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.connection import Connection
from storage.people import TERMINAL
from storage.times import stamp

DELIVERIES_KEPT = timedelta(days=30)
PAUSED_KEPT = timedelta(days=90)
LINKS_KEPT = timedelta(days=400)
SOURCES_KEPT = timedelta(days=90)
REVISITS_KEPT = timedelta(days=30)
BATCH = 500  # rows removed in one transaction, so that nobody waits for long
_REST = timedelta(seconds=1.5)  # of a chat that may have been sent something just now
_GROUP_REST = timedelta(seconds=4)
_LEASE_BOUND = timedelta(minutes=10)  # no lease and no wait of one chat that fails is as long
_FLOOD_BOUND = timedelta(days=1, minutes=1)  # the longest wait of a 429 that is believed


class Upkeep:
    """Each call is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_back(self, now: datetime) -> int:
        """Owe again at once what dead senders held; how much. Only for who sends alone.

        Their chats rest a moment, since any of it may have arrived. That a sender died is no
        failure of its messages: their waits do not grow by it.
        """
        with self._connection.transaction():
            self._connection.execute(
                """UPDATE readers SET next_at = iif(kind = 'private', ?, ?) WHERE chat_id IN
                (SELECT chat_id FROM deliveries WHERE state = 'claimed')""",
                (stamp(now + _REST), stamp(now + _GROUP_REST)),
            )
            answers = self._connection.execute(
                """UPDATE answers SET holder = NULL, lease_until = NULL, due_at = ?,
                attempts = attempts - 1 WHERE holder IS NOT NULL""",
                (stamp(now + _REST),),
            )
            deliveries = self._connection.execute(_TAKE_BACK, {"lapsed": "", "far": ""})
            return answers.rowcount + deliveries.rowcount

    def mend(self, now: datetime, *, set_back: bool = False) -> int:
        """Undo waits and leases that only a clock ahead of this one can have written; how many.

        `set_back` says that the clock was just now: then no wait is believed, and Telegram is asked
        anew. The order of what is owed never depends on the clock.
        """
        far, flood = stamp(now + _LEASE_BOUND), stamp(now + _FLOOD_BOUND)
        flood = stamp(now) if set_back else flood
        far = stamp(now) if set_back else far
        with self._connection.transaction():
            done = [
                self._connection.execute(sql, {"now": stamp(now), "far": far, "flood": flood})
                for sql in _MEND
            ]
        return sum(cursor.rowcount for cursor in done)

    def prune(self, now: datetime) -> int:
        """Remove a small batch of what is older than it is kept; how many rows, 0: no more."""
        places = {
            "deliveries": stamp(now - DELIVERIES_KEPT),
            "paused": stamp(now - PAUSED_KEPT),
            "links": stamp(now - LINKS_KEPT),
            "sources": stamp(now - SOURCES_KEPT),
            "revisits": stamp(now - REVISITS_KEPT),
            "terminal": TERMINAL,
            "batch": BATCH,
        }
        with self._connection.reading():
            looks = (self._connection.execute(f"{sql} LIMIT 1", places) for sql in _OLD.values())
            if not any(look.fetchone() for look in looks):
                return 0
        removed = 0
        with self._connection.transaction():
            for (table, key), sql in _OLD.items():
                if removed < BATCH:
                    removed += self._connection.execute(
                        f"DELETE FROM {table} WHERE {key} IN ({sql} LIMIT :batch)",  # noqa: S608
                        places,
                    ).rowcount
        return removed


_TAKE_BACK = """
    UPDATE deliveries SET state = 'owed', holder = NULL, lease_until = NULL,
        attempts = attempts - 1 WHERE state = 'claimed' AND lease_until > :far"""

_MEND = (
    _TAKE_BACK,
    "DELETE FROM parks WHERE until > :flood",
    "DELETE FROM state WHERE name = 'outbox_parked_until' AND value > :flood",
    """UPDATE readers SET next_at = '' WHERE next_at > :far
        AND chat_id NOT IN (SELECT chat_id FROM parks)""",
    "UPDATE answers SET holder = NULL, lease_until = NULL WHERE lease_until > :far",
    "UPDATE answers SET due_at = '' WHERE due_at > :flood",
    """UPDATE deliveries SET due_at = :now
        WHERE state = 'owed' AND kind = 'edit' AND due_at > :far""",
    "UPDATE deliveries SET due_at = '' WHERE state = 'held' AND due_at > :flood",  # decided anew
)

# Rows are made in order of time, so the old ones stand first; a look at the first few is enough.
_OLD = {
    ("deliveries", "id"): """
        SELECT id FROM (SELECT id, owed_at, state FROM deliveries ORDER BY id LIMIT 4 * :batch)
        WHERE owed_at < :deliveries AND state NOT IN ('owed', 'claimed', 'held')""",
    ("readers", "chat_id"): """
        SELECT chat_id FROM readers
        WHERE paused IS NOT NULL AND paused_at < :paused AND chat_id <> :terminal""",
    ("links", "id"): """
        SELECT id FROM (SELECT id, first_seen, wanted FROM links ORDER BY id LIMIT 4 * :batch)
        WHERE first_seen < :links AND wanted = 0""",
    ("revisits", "link"): """
        SELECT link FROM (SELECT link, due_at, gone_at, first_seen FROM revisits
            JOIN links ON links.id = link ORDER BY link LIMIT 4 * :batch)
        WHERE first_seen < :revisits AND coalesce(due_at, gone_at) IS NULL""",
    ("sources", "id"): "SELECT id FROM sources WHERE retired_at < :sources",
}
