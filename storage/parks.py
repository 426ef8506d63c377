"""Chats that Telegram refused for flooding. All run inside the open transaction.

One refusal parks its chat. While a second chat is parked too, everything waits as long as the
shortest of these refusals asks: then that chat may be tried, and its answer tells. Both are kept
in the database, so that a restart knows what Telegram asked for.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from storage.connection import Connection
from storage.times import instant, stamp

_LONGEST_SECONDS = 7 * 86_400.0


def sensible(seconds: float) -> timedelta:
    """A wait that makes no sense, cut to sense: never negative, at most a week."""
    kept = seconds if math.isfinite(seconds) else 0.0
    return timedelta(seconds=min(max(kept, 0.0), _LONGEST_SECONDS))


def park(connection: Connection, chat_id: int, seconds: float, now: datetime) -> datetime | None:
    """Note a refusal; return until when everything waits, None when only this chat must."""
    until = stamp(now + sensible(seconds))
    connection.execute("DELETE FROM parks WHERE until <= ?", (stamp(now),))
    connection.execute(
        """INSERT INTO parks (chat_id, until) VALUES (?, ?)
        ON CONFLICT (chat_id) DO UPDATE SET until = excluded.until""",
        (chat_id, until),
    )
    connection.execute(
        "UPDATE readers SET next_at = max(next_at, ?) WHERE chat_id = ?", (until, chat_id)
    )
    chats, shortest = connection.execute("SELECT count(*), min(until) FROM parks").fetchone()
    if chats < 2:
        return None
    park_all(connection, shortest)
    return instant(shortest)


def park_all(connection: Connection, until: str) -> None:
    """Claim nothing for anybody before then; the terminal is not Telegram's business."""
    connection.execute(
        """INSERT INTO state (name, value) VALUES ('outbox_parked_until', ?)
        ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)""",
        (until,),
    )


def parked_until(connection: Connection) -> str:
    """Until when nothing may be sent, as text that sorts; empty when it may."""
    row = connection.execute(
        "SELECT value FROM state WHERE name = 'outbox_parked_until'"
    ).fetchone()
    return "" if row is None else str(row[0])
