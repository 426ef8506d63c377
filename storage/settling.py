"""The rules by which a delivery goes from state to state. All run inside the open transaction.

The states of a delivery, and the rules that move it:

* `owed`: to be sent. Claimed alerts come before replies and these before edits that are due, each
  chat once a claim.
* `claimed`: a sender holds it until its lease ends. A lease that ended without an answer means that
  the sender died: the row is owed again, as often as that happens, so nothing is lost. The chat
  rests while one of its rows is claimed, so a lease must outlast the longest wait for an answer.
  A sender that reports a failure after another one has claimed the row leaves it to that one.
* `sent`: Telegram has it. What had more to say meanwhile is owed again, an edit half a minute
  later: `again` counts how often a row was owed anew, and a sender tells which count it sent.
* `unknown`: no send of a whole day was answered. A send whose answer never came may have arrived:
  this is the one window in which a reader may get something twice. It is sent once more soon; if
  that answer is lost too, after half a minute, then after longer waits: lost answers are rarer than
  lost messages, and an alert must not be lost.
* `refused`: Telegram will never take it; the reason is kept.
* `held`: kept for a summary, and `told`: a summary tells it (`storage.holding` and `.summaries`).
* `withdrawn`: nobody waits for it: the reader left, or follows none of the story's topics any more.

`Later` never ends a delivery, however often; it is tried until it is sent, refused or withdrawn.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from storage.connection import Connection
from storage.outcomes import FLOOD, Gone, Later, Moved, Outcome, Refused, Sent, Unknown
from storage.parks import park, park_all, sensible
from storage.people import end, move, pause
from storage.times import stamp

PATIENCE = timedelta(days=1)  # with a message none of whose sends is ever answered
DOUBT_SECONDS, LONGEST_DOUBT_SECONDS = 30.0, 300.0  # before a third send, and the longest wait
EDIT_REST = timedelta(seconds=30)  # between two edits of one card


class Claim(NamedTuple):
    """What a sender held when it sent."""

    delivery: int
    version: int
    lease_until: datetime


def settle(
    connection: Connection,
    told: Claim,
    outcome: Outcome,
    now: datetime,
    next_at: datetime,
) -> datetime | None:
    """Move a delivery to the state that Telegram's answer gives it, and let its chat rest.

    Returns until when everything is parked, where this refusal caused that.
    """
    delivery = told.delivery
    row = connection.execute(
        "SELECT chat_id, story, kind, state, again, lease_until FROM deliveries WHERE id = ?",
        (delivery,),
    ).fetchone()
    if row is None:
        return None
    chat_id, story, kind, state, newest, lease_until = row
    if state == "claimed" and lease_until != stamp(told.lease_until):
        match outcome:  # another sender has the row: what becomes of it is for that one to say
            case Later():
                return _wait(connection, chat_id, outcome, now)
            case Moved(new_chat_id):
                move(connection, chat_id, new_chat_id)
                return None
            case Unknown():
                return None
    rest(connection, chat_id, stamp(next_at))
    if isinstance(outcome, Sent):
        if state != "sent":
            more = told.version < newest and state in ("owed", "claimed", "held")
            _sent(connection, delivery, outcome, now, kept=kind != "edit", more=more)
    elif state in ("owed", "claimed"):
        _not_sent(connection, delivery, outcome, now, chat_id=chat_id, story=story, kind=kind)
        if isinstance(outcome, Later):
            return _wait(connection, chat_id, outcome, now)
    return None


def _not_sent(
    connection: Connection,
    delivery: int,
    outcome: Later | Unknown | Gone | Moved | Refused,
    now: datetime,
    *,
    chat_id: int,
    story: int,
    kind: str,
) -> None:
    match outcome:
        case Later():
            _owe_again(connection, delivery, outcome.reason)
        case Unknown():
            if not _repeat(connection, delivery, chat_id, outcome.reason, now):
                _end(connection, delivery, "unknown", outcome.reason)
                if kind == "alert":
                    drop_growth(connection, chat_id, story)
        case Moved():
            _owe_again(connection, delivery, "moved")
            move(connection, chat_id, outcome.new_chat_id)
        case Refused():
            _end(connection, delivery, "refused", outcome.reason)
            if kind == "alert":
                drop_growth(connection, chat_id, story)
        case Gone():
            _end(connection, delivery, "refused", outcome.reason)
            if outcome.ended:
                end(connection, chat_id)
            else:
                pause(connection, chat_id, outcome.reason, now)


def rest(connection: Connection, chat_id: int, until: str) -> None:
    """Claim nothing for this chat before then, nor while it is parked."""
    connection.execute(
        """UPDATE readers SET next_at = max(?,
            coalesce((SELECT until FROM parks WHERE parks.chat_id = readers.chat_id), ''))
        WHERE chat_id = ?""",
        (until, chat_id),
    )


def drop_growth(connection: Connection, chat_id: int, story: int) -> None:
    """Owe no edit of a card that is about to be written anew or never came to be, and no reply."""
    connection.execute(
        """DELETE FROM deliveries
        WHERE story = ? AND chat_id = ? AND kind IN ('edit', 'reply') AND state = 'owed'""",
        (story, chat_id),
    )


def _sent(
    connection: Connection, delivery: int, outcome: Sent, now: datetime, *, kept: bool, more: bool
) -> None:
    """Record that Telegram has it; the message's number is `kept` where it is a new message.

    Owed still where there is `more` to say than was sent.
    """
    connection.execute(
        """UPDATE deliveries SET state = ?, message_id = iif(?, ?, message_id), sent_at = ?,
        due_at = ?, reason = NULL, holder = NULL, lease_until = NULL WHERE id = ?""",
        (
            "owed" if more else "sent",
            *(kept, outcome.message_id, stamp(now), stamp(now + EDIT_REST), delivery),
        ),
    )


def _owe_again(connection: Connection, delivery: int, reason: str) -> None:
    connection.execute(
        """UPDATE deliveries SET state = 'owed', holder = NULL, lease_until = NULL,
        reason = ? WHERE id = ?""",
        (reason, delivery),
    )


def _repeat(
    connection: Connection, delivery: int, chat_id: int, reason: str, now: datetime
) -> bool:
    """Owe it once more: soon the first time, then after growing waits; False after a day."""
    doubts, owed_at = connection.execute(
        "SELECT doubts, owed_at FROM deliveries WHERE id = ?", (delivery,)
    ).fetchone()
    if owed_at <= stamp(now - PATIENCE):
        return False
    connection.execute(
        """UPDATE deliveries SET state = 'owed', holder = NULL, lease_until = NULL,
        reason = ?, doubts = doubts + 1 WHERE id = ?""",
        (reason, delivery),
    )
    if doubts:
        connection.execute(
            "UPDATE readers SET next_at = max(next_at, ?) WHERE chat_id = ?",
            (stamp(now + doubtful(doubts)), chat_id),
        )
    return True


def doubtful(doubts: int) -> timedelta:
    """How long a message waits whose answer was lost so many times before this one."""
    if not doubts:
        return timedelta()
    return timedelta(seconds=min(DOUBT_SECONDS * 2.0 ** (doubts - 1), LONGEST_DOUBT_SECONDS))


def _end(connection: Connection, delivery: int, state: str, reason: str) -> None:
    connection.execute(
        """UPDATE deliveries SET state = ?, holder = NULL, lease_until = NULL,
        reason = ? WHERE id = ?""",
        (state, reason, delivery),
    )


def _wait(connection: Connection, chat_id: int, later: Later, now: datetime) -> datetime | None:
    """Park the chat, or everything; a wait that makes no sense is cut to sense."""
    if later.reason == FLOOD and later.chat_only:
        return park(connection, chat_id, later.seconds, now)
    until = stamp(now + sensible(later.seconds))
    if later.chat_only:
        connection.execute(
            "UPDATE readers SET next_at = max(next_at, ?) WHERE chat_id = ?", (until, chat_id)
        )
    else:
        park_all(connection, until)
    return None
