"""What is owed too long: the question whether anything still goes out, asked of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.connection import Connection
from storage.parks import parked_until
from storage.times import instant, instant_or_none, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """What might be sent now, as far as readers and Telegram's flood control allow it."""

    count: int
    since: datetime | None  # when the oldest of it was owed, or became due
    last_sent: datetime | None
    parked_until: datetime | None  # nothing at all may be sent before


def overdue(connection: Connection, now: datetime) -> Overdue:
    """Look at deliveries and answers in one view.

    Not counted: chats that Telegram told to wait, what is held for a summary, edits not due.
    Counted: also what a sender holds just now, and what failed and is to be tried again.
    """
    at = stamp(now)
    with connection.reading():
        count, since = connection.execute(_OVERDUE, {"at": at}).fetchone()
        (last_sent,) = connection.execute(
            "SELECT max(sent_at) FROM deliveries WHERE sent_at IS NOT NULL"
        ).fetchone()
        parked = parked_until(connection)
    return Overdue(
        count=count,
        since=instant_or_none(since),
        last_sent=instant_or_none(last_sent),
        parked_until=instant(parked) if parked > at else None,
    )


_OVERDUE = """
    WITH pressing (chat_id, since) AS (
        SELECT chat_id, max(owed_at, due_at) FROM deliveries
            WHERE state IN ('owed', 'claimed') AND due_at <= :at
        UNION ALL SELECT chat_id, due_at FROM deliveries WHERE state = 'held' AND due_at <= :at
        UNION ALL SELECT chat_id, owed_at FROM answers)
    SELECT count(*), min(since) FROM pressing
    WHERE chat_id NOT IN (SELECT chat_id FROM parks WHERE until > :at)"""
