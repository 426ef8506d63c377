"""What is held back at the claim, by the reader's wishes or because it is late.

An alert, or the reply that tells a changed fact, is `held` instead of sent

* in the reader's quiet hours, until they end;
* between digests, for the next one;
* beyond the hourly limit: the first such alert is sent and becomes the live card, which lists what
  is held for the hour from then on;
* when it was owed for more than six hours, as after an outage: it is told in a catch-up at once.

A topic that the reader called urgent breaks through the first three. What is held is told in one
summary when it is due, by `storage.summaries`. Edits, which never ring, are not held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.connection import Connection
from storage.hours import Held, held
from storage.people import TERMINAL
from storage.preferences import Preference, preference
from storage.times import stamp

LATE = timedelta(hours=6)
HOUR = timedelta(hours=1)
BATCH = 200  # held of one chat in one look
NAMED = 8  # stories that a live card lists, the newest first

STEPS = (
    # what a summary told is `told`; a changed fact of it is owed anew
    "CREATE INDEX deliveries_held ON deliveries (due_at, chat_id) WHERE state = 'held'",
    "CREATE INDEX deliveries_chat_sent ON deliveries (chat_id, sent_at) WHERE kind = 'alert'",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """What a live card says: until when it gathers, and what it gathered."""

    until: datetime
    zone: ZoneInfo
    titles: tuple[str, ...]  # the newest first
    more: int


def hold(
    connection: Connection, ready: Sequence[int], now: datetime, *, limit: int
) -> tuple[list[int], int]:
    """Hold what the chats of these deliveries do not want now, at most `limit` deliveries or so.

    Returns the deliveries that are wanted, and how many were held. A chat of which something was
    held, or that was not looked at because the limit was reached, is looked at again at the next
    claim. Runs inside the open transaction. The terminal reads everything at once.
    """
    since = stamp(now - LATE)
    wanted, count = [], 0
    for number in ready:
        if count >= limit:
            break
        chat_id, kind, owed_at = connection.execute(
            "SELECT chat_id, kind, owed_at FROM deliveries WHERE id = ?", (number,)
        ).fetchone()
        held = 0
        if chat_id != TERMINAL and kind != "edit":
            if owed_at < since:  # the chat's oldest
                held = _hold_late(connection, chat_id, now)
            held += _hold_unwanted(connection, chat_id, now)
        count += held
        if not held:
            wanted.append(number)
    return wanted, count


def _hold_late(connection: Connection, chat_id: int, now: datetime) -> int:
    return connection.execute(
        """UPDATE deliveries SET state = 'held', due_at = :at, reason = 'late' WHERE id IN
        (SELECT id FROM deliveries
            WHERE chat_id = :chat_id AND state = 'owed' AND kind IN ('alert', 'reply')
            AND owed_at < :since LIMIT :batch)""",
        {
            "chat_id": chat_id,
            "at": stamp(now),
            "since": stamp(now - LATE),
            "batch": BATCH,
        },
    ).rowcount


def _hold_unwanted(connection: Connection, chat_id: int, now: datetime) -> int:
    """Hold what this chat does not wish now; how much."""
    wishes = preference(connection, chat_id)
    waits = held(now, wishes.zone, wishes.quiet, wishes.digest)
    if waits is None:
        return _hold_excess(connection, chat_id, wishes, now)
    return _hold_all(connection, chat_id, waits)


def _hold_all(connection: Connection, chat_id: int, waits: Held, spare: int | None = None) -> int:
    """Hold all but what is urgent and one that is spared."""
    return connection.execute(
        _HOLD_ALL,
        {
            "chat_id": chat_id,
            "until": stamp(waits.until),
            "why": waits.why,
            "spare": spare,
            "batch": BATCH,
        },
    ).rowcount


def _hold_excess(connection: Connection, chat_id: int, wishes: Preference, now: datetime) -> int:
    """Hold what is over the limit; the alert that would have been the first over it is spared."""
    if wishes.hourly_limit is None:
        return 0
    live, live_until = connection.execute(
        "SELECT live, live_until FROM preferences WHERE chat_id = ?", (chat_id,)
    ).fetchone()
    if live_until <= stamp(now):
        (sent,) = connection.execute(
            """SELECT count(*) FROM deliveries INDEXED BY deliveries_chat_sent
            WHERE chat_id = ? AND kind = 'alert' AND sent_at > ? AND id IS NOT ?""",
            (chat_id, stamp(now - HOUR), live),
        ).fetchone()
        if sent < wishes.hourly_limit:
            return 0
        live, live_until = _open_live(connection, chat_id, now), stamp(now + HOUR)
        if live is None:
            return 0
    until = datetime.fromisoformat(live_until)
    excess = _hold_all(connection, chat_id, Held(until, "limit"), spare=live)
    if excess:
        connection.execute(_EDIT_LIVE, {"live": live, "at": stamp(now)})
    return excess


def _open_live(connection: Connection, chat_id: int, now: datetime) -> int | None:
    """Let the oldest alert that is owed and not urgent gather the others for an hour."""
    row = connection.execute(_OLDEST, {"chat_id": chat_id}).fetchone()
    live: int | None = row[0]
    if live is not None:
        connection.execute(
            "UPDATE preferences SET live = ?, live_until = ? WHERE chat_id = ?",
            (live, stamp(now + HOUR), chat_id),
        )
    return live


def gathering(connection: Connection, chat_id: int, story: int, at: str) -> Gathering | None:
    """What the live card of a chat lists; None where the story's card is not the live one."""
    row = connection.execute(
        """SELECT preferences.live_until, preferences.zone FROM preferences
        JOIN deliveries ON deliveries.id = preferences.live
        WHERE preferences.chat_id = ? AND preferences.live_until > ? AND deliveries.story = ?""",
        (chat_id, at, story),
    ).fetchone()
    if row is None:
        return None
    titles = connection.execute(
        """SELECT tellings.title FROM deliveries AS held
        JOIN articles ON articles.id = held.article
        JOIN tellings ON tellings.id = articles.telling
        WHERE held.chat_id = ? AND held.state = 'held' AND held.reason = 'limit'
        GROUP BY held.story ORDER BY max(held.id) DESC""",
        (chat_id,),
    ).fetchall()
    return Gathering(
        until=datetime.fromisoformat(row[0]),
        zone=ZoneInfo(row[1]),
        titles=tuple(title for (title,) in titles[:NAMED]),
        more=max(len(titles) - NAMED, 0),
    )


_URGENT = """EXISTS (SELECT 1 FROM articles CROSS JOIN hits ON hits.article = articles.id
    CROSS JOIN subscriptions AS wished ON wished.topic = hits.topic
    WHERE articles.story = deliveries.story AND wished.chat_id = deliveries.chat_id
    AND wished.urgent AND (hits.level = 'about' OR wished.level = 'mention'))"""

_HOLD_ALL = """
    UPDATE deliveries SET state = 'held', due_at = :until, reason = :why WHERE id IN
    (SELECT id FROM deliveries
        WHERE chat_id = :chat_id AND state = 'owed' AND kind IN ('alert', 'reply')
        AND id IS NOT :spare AND NOT {urgent} LIMIT :batch)""".replace("{urgent}", _URGENT)

_OLDEST = """
    SELECT min(id) FROM deliveries
    WHERE chat_id = :chat_id AND state = 'owed' AND kind = 'alert'
    AND NOT {urgent}""".replace("{urgent}", _URGENT)

_EDIT_LIVE = """
    INSERT INTO deliveries (chat_id, story, kind, article, owed_at, due_at)
    SELECT chat_id, story, 'edit', article, :at, :at FROM deliveries
    WHERE id = :live AND state IN ('claimed', 'sent')
    ON CONFLICT (story, chat_id, kind) DO UPDATE
    SET state = CASE state WHEN 'claimed' THEN 'claimed' ELSE 'owed' END,
        again = again + 1, owed_at = excluded.owed_at,
        due_at = max(due_at, excluded.due_at), attempts = 0, doubts = 0"""
