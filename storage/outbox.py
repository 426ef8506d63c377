"""What is owed to readers. The outbox is the truth: an alert is never only in memory.

The rules by which a delivery goes from state to state stand in `storage.settling`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from storage.cards import Card, Cards, CardTopic, Printing
from storage.connection import Connection
from storage.holding import Gathering, gathering, hold
from storage.outcomes import FLOOD, Gone, Later, Moved, Outcome, Refused, Sent, Unknown
from storage.parks import parked_until
from storage.people import TERMINAL, ChatKind, Language
from storage.preferences import muted, preference
from storage.settling import Claim, drop_growth, rest, settle
from storage.times import instant, instant_or_none, stamp

__all__ = [
    "FLOOD", "Card", "CardTopic", "Delivery", "DeliveryKind", "Gathering", "Gone", "Later",
    "Moved", "Outbox", "Outcome", "Printing", "Refused", "Sent", "Unknown",
]  # fmt: skip

DeliveryKind = Literal["alert", "reply", "edit"]
HOLDS = 1_000  # deliveries that one claim may hold back, so that nobody waits for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row claimed for sending.

    `message_id` is set for edits; `reply_to` for replies, which say what fact was replaced, and for
    the alert of a follow-up whose old card the chat holds: of it, and of its later edits,
    `follow_up` is true. `silent` is what does not ring.
    """

    id: int
    kind: DeliveryKind
    chat_id: int
    chat_kind: ChatKind
    language: Language
    card: Card
    message_id: int | None
    reply_to: int | None
    attempts: int  # sends tried before this one
    version: int  # of what is told: it grew each time there was more to say
    lease_until: datetime
    zone: ZoneInfo  # whose hours the reader reads
    follow_up: bool = False
    silent: bool = False
    thread: int | None = None  # the topic of a forum
    gathering: Gathering | None = None  # what this card lists beside its own story


class Outbox:
    """Table `deliveries`: owed, claimed (by lease), sent or refused; each step one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(
        self, now: datetime, *, holder: str, lease_seconds: float, limit: int, terminal: bool
    ) -> Sequence[Delivery]:
        """Take what may be sent now, each chat at most once a call.

        Held back: a chat whose `next_at` lies ahead, paused readers, edits and replies whose alert
        is not sent yet, edits that are not due, everything while the outbox is parked, and what
        `storage.holding` keeps for a summary. Alerts before replies before edits, oldest first.
        `terminal` claims for the built-in reader only, else for everybody but him. A lease that ran
        out is claimed anew. The write lock is taken only when there is something to claim.
        """
        at = stamp(now)
        with self._connection.reading():
            if not self._lapsed(at) and not self._ready(at, limit, terminal):
                return []
        with self._connection.transaction():
            self._lapse(at)
            claimed = self._wanted(now, limit, terminal)
            lease_until = stamp(now + timedelta(seconds=lease_seconds))
            cards = Cards(self._connection)
            taken = [self._take(number, holder, at, lease_until, cards) for number in claimed]
        return [delivery for delivery in taken if delivery is not None]

    def _lapsed(self, at: str) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM deliveries WHERE state = 'claimed' AND lease_until <= ? LIMIT 1", (at,)
        ).fetchone()
        return row is not None

    def _lapse(self, at: str) -> None:
        """Owe again what a holder claimed and neither settled nor gave back in time."""
        self._connection.execute(
            """UPDATE deliveries SET state = 'owed', holder = NULL, lease_until = NULL
            WHERE state = 'claimed' AND lease_until <= ?""",
            (at,),
        )

    def _wanted(self, now: datetime, limit: int, terminal: bool) -> list[int]:
        """What is ready once the chats that want nothing now have been passed over."""
        wanted: list[int] = []
        held = 0
        while held < HOLDS:
            ready = self._ready(stamp(now), limit, terminal)
            wanted, more = hold(self._connection, ready, now, limit=HOLDS - held)
            if not more:
                break
            held += more
        return wanted

    def _ready(self, at: str, limit: int, terminal: bool) -> list[int]:
        """The oldest row of each chat that may be written to: alerts, replies, due edits."""
        if not terminal and parked_until(self._connection) > at:
            return []
        places = {"at": at, "terminal": terminal, "reader": TERMINAL}
        ready: list[int] = []
        for sql in (_READY_ALERTS, _READY_REPLIES, _READY_EDITS):
            rows = self._connection.execute(sql, places | {"limit": limit - len(ready)})
            ready += [number for (number,) in rows]
        return ready

    def _take(
        self, number: int, holder: str, at: str, lease_until: str, cards: Cards
    ) -> Delivery | None:
        """Claim one row and write its card; None when nobody waits for it any more."""
        row = self._connection.execute(_DELIVERY, (number,)).fetchone()
        kind, chat_id, story, article, attempts, version, *more = row
        chat_kind, language, message_id, reply_to = more
        card = cards.card(chat_id, story, article, strict=kind == "alert")
        if card is None or (kind != "alert" and message_id is None):
            self._withdraw(number)
            return None
        self._connection.execute(
            """UPDATE deliveries SET state = 'claimed', holder = ?, lease_until = ?,
            attempts = attempts + 1 WHERE id = ?""",
            (holder, lease_until, number),
        )
        rest(self._connection, chat_id, lease_until)
        if kind == "alert":
            drop_growth(self._connection, chat_id, story)  # the card shows the latest state
        wishes = preference(self._connection, chat_id)
        return Delivery(
            id=number,
            kind=kind,
            chat_id=chat_id,
            chat_kind=chat_kind,
            language=language,
            card=card,
            message_id=message_id if kind == "edit" else None,
            reply_to={"alert": reply_to, "reply": message_id, "edit": None}[kind],
            attempts=attempts,
            version=version,
            lease_until=instant(lease_until),
            zone=wishes.zone,
            thread=wishes.thread,
            follow_up=reply_to is not None,
            silent=muted(self._connection, chat_id, [each.topic for each in card.topics], at),
            gathering=gathering(self._connection, chat_id, story, at) if kind != "reply" else None,
        )

    def _withdraw(self, number: int) -> None:
        self._connection.execute(
            "UPDATE deliveries SET state = 'withdrawn', reason = 'not followed' WHERE id = ?",
            (number,),
        )

    def settle(
        self, delivery: Delivery, outcome: Outcome, *, now: datetime, next_at: datetime
    ) -> datetime | None:
        """Record what Telegram answered; the chat is not claimed again before `next_at`.

        A row that is gone (its reader was forgotten) or settled already is left alone, except that
        a late `Sent` is always believed: of what was told then. Returns until when everything is
        parked, where this refusal caused that.
        """
        told = Claim(delivery.id, delivery.version, delivery.lease_until)
        with self._connection.transaction():
            return settle(self._connection, told, outcome, now, next_at)

    def release(self, holder: str) -> int:
        """Give back what this holder claimed and did not settle (at an orderly stop); how many."""
        with self._connection.transaction():
            self._connection.execute(
                """UPDATE readers SET next_at = '' WHERE chat_id IN
                (SELECT chat_id FROM deliveries WHERE state = 'claimed' AND holder = ?)""",
                (holder,),
            )
            return self._connection.execute(
                """UPDATE deliveries SET state = 'owed', holder = NULL, lease_until = NULL,
                attempts = attempts - 1 WHERE state = 'claimed' AND holder = ?""",
                (holder,),
            ).rowcount

    def last_sent(self, now: datetime) -> datetime | None:
        """When something was sent last, `now` if a sender died with messages in its hands."""
        with self._connection.reading():
            (held, last) = self._connection.execute(
                """SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'claimed')
                OR EXISTS (SELECT 1 FROM answers WHERE holder IS NOT NULL),
                (SELECT max(sent_at) FROM deliveries WHERE sent_at IS NOT NULL)"""
            ).fetchone()
        return now if held else instant_or_none(last)

    def owed(self) -> int:
        """Deliveries not yet made, edits included."""
        with self._connection.reading():
            row = self._connection.execute(
                """SELECT (SELECT count(*) FROM deliveries WHERE state = 'owed')
                + (SELECT count(*) FROM deliveries WHERE state = 'claimed')"""
            ).fetchone()
        return int(row[0])


# Walks the chats that are owed something by the age of their oldest row; those passed over are the
# few that were written to just now or are parked.
_READY_ALERTS = """
    SELECT owed_alert FROM readers INDEXED BY readers_owed_alert
    WHERE owed_alert IS NOT NULL AND next_at <= :at AND (chat_id = :reader) = :terminal
    ORDER BY owed_alert LIMIT :limit"""
_READY_REPLIES = """
    SELECT owed_reply FROM readers INDEXED BY readers_owed_reply
    WHERE owed_reply IS NOT NULL AND owed_alert IS NULL
    AND next_at <= :at AND (chat_id = :reader) = :terminal
    ORDER BY owed_reply LIMIT :limit"""
_READY_EDITS = """
    SELECT (SELECT id FROM deliveries WHERE deliveries.chat_id = readers.chat_id
        AND state = 'owed' AND kind = 'edit' ORDER BY due_at, id LIMIT 1)
    FROM readers INDEXED BY readers_edit_due
    WHERE edit_due <= :at AND owed_alert IS NULL AND owed_reply IS NULL
    AND next_at <= :at AND (chat_id = :reader) = :terminal
    ORDER BY edit_due LIMIT :limit"""

_DELIVERY = """
    SELECT owed.kind, owed.chat_id, owed.story,
        iif(owed.kind = 'reply', owed.article, coalesce(card.article, owed.article)),
        owed.attempts, owed.again, readers.kind, readers.language, card.message_id, old.message_id
    FROM deliveries AS owed
    JOIN readers ON readers.chat_id = owed.chat_id
    JOIN stories ON stories.id = owed.story
    LEFT JOIN deliveries AS card ON card.story = owed.story AND card.chat_id = owed.chat_id
        AND card.kind = 'alert'
    LEFT JOIN deliveries AS old ON old.story = stories.follows AND old.chat_id = owed.chat_id
        AND old.kind = 'alert'
    WHERE owed.id = ?"""
