"""Summaries: what was held for a reader, told in one message when it is due.

What a summary tells becomes `told`, in the transaction that owes its text in `answers`; so it is
told once and never lost. A fact that changes afterwards makes its story owed anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.cards import Card, Cards
from storage.connection import Connection
from storage.hours import Why, quiet_until
from storage.people import ChatKind, Language
from storage.preferences import preference
from storage.times import stamp, storable
from watch.records import Level

LISTED = 40  # stories named in one summary; of more, the others are counted
AT_ONCE = 20  # chats looked at in one go

STEPS = (
    # of a summary: sent after alerts, silently, and never given up for its age
    "ALTER TABLE answers ADD COLUMN summary INTEGER NOT NULL DEFAULT 0",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One story in a summary."""

    card: Card
    follows: int | None  # the story it follows, if that one is told here too
    changed: bool  # it was told before, and its facts changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is told to one chat, in order of arrival."""

    chat_id: int
    chat_kind: ChatKind
    language: Language
    zone: ZoneInfo
    why: Why  # most of it was held
    stories: tuple[Told, ...]
    more: int  # stories that are not listed


@dataclass(frozen=True, slots=True)
class _Held:
    ids: tuple[int, int]  # the alert and the reply of a story, or one of them twice
    told: Told
    why: Why


class Summaries:
    """Reads what is held in `deliveries`, and owes its summaries in `answers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tell(self, now: datetime, pages: Callable[[Summary], Sequence[str]]) -> int:
        """Owe the summaries that are due, `pages` being their texts; how many chats have one.

        A chat that is in its quiet hours waits until they end. Each chat is one transaction; the
        write lock is taken only when something is due. At most `AT_ONCE` chats in one call.
        """
        with self._connection.reading():
            chats = self._connection.execute(
                """SELECT DISTINCT chat_id FROM deliveries INDEXED BY deliveries_held
                WHERE state = 'held' AND due_at <= ? ORDER BY due_at LIMIT ?""",
                (stamp(now), AT_ONCE),
            ).fetchall()
        told = 0
        for (chat_id,) in chats:
            with self._connection.transaction():
                told += self._tell(chat_id, now, pages)
        return told

    def held(self, chat_id: int) -> int:
        """Deliveries that wait for a summary of this chat."""
        with self._connection.reading():
            (count,) = self._connection.execute(
                "SELECT count(*) FROM deliveries WHERE chat_id = ? AND state = 'held'", (chat_id,)
            ).fetchone()
        return int(count)

    def _tell(self, chat_id: int, now: datetime, pages: Callable[[Summary], Sequence[str]]) -> bool:
        wishes = preference(self._connection, chat_id)
        quiet = wishes.quiet
        if quiet is not None and (until := quiet_until(now, quiet, wishes.zone)) > now:
            self._connection.execute(
                "UPDATE deliveries SET due_at = ? WHERE chat_id = ? AND state = 'held'",
                (stamp(until), chat_id),
            )
            return False
        held = self._held(chat_id)
        self._settle(chat_id, held, stamp(now))
        if not held:
            return False
        kind, language = self._connection.execute(
            "SELECT kind, language FROM readers WHERE chat_id = ?", (chat_id,)
        ).fetchone()
        listed = _listed(held)
        summary = Summary(
            chat_id=chat_id,
            chat_kind=kind,
            language=language,
            zone=wishes.zone,
            why=Counter(each.why for each in held).most_common(1)[0][0],
            stories=_threaded([each.told for each in listed]),
            more=len(held) - len(listed),
        )
        self._connection.many(
            """INSERT INTO answers (chat_id, chat_kind, html, owed_at, summary)
            VALUES (?, ?, ?, ?, 1)""",
            [(chat_id, kind, storable(page), stamp(now)) for page in pages(summary)],
        )
        return True

    def _settle(self, chat_id: int, held: Sequence[_Held], at: str) -> None:
        """Note what is told; the rest nobody waits for any more."""
        self._connection.many(
            "UPDATE deliveries SET state = 'told', due_at = ? WHERE id = ?",
            [(at, number) for each in held for number in each.ids],
        )
        self._connection.execute(
            """UPDATE deliveries SET state = 'withdrawn', reason = 'not followed'
            WHERE chat_id = ? AND state = 'held'""",
            (chat_id,),
        )

    def _held(self, chat_id: int) -> list[_Held]:
        """What is held and still followed, a story once."""
        rows = self._connection.execute(
            """SELECT min(held.id), max(held.id), held.story, max(held.article),
            max(held.kind = 'reply'), min(held.reason), stories.follows
            FROM deliveries AS held JOIN stories ON stories.id = held.story
            WHERE held.chat_id = ? AND held.state = 'held'
            GROUP BY held.story ORDER BY min(held.owed_at), min(held.id)""",
            (chat_id,),
        ).fetchall()
        cards = Cards(self._connection)
        kept = []
        for first, last, story, article, reply, why, follows in rows:
            card = cards.card(chat_id, story, article, strict=not reply)
            if card is not None:
                told = Told(card=card, follows=follows, changed=bool(reply))
                kept.append(_Held((first, last), told, why))
        return kept


def _listed(held: Sequence[_Held]) -> list[_Held]:
    """The stories to name: about before mentions, widely printed before others; in order."""
    if len(held) <= LISTED:
        return list(held)

    def weight(number: int) -> tuple[bool, int, int]:
        card = held[number].told.card
        about = any(topic.level is Level.ABOUT for topic in card.topics)
        return about, len(card.printings), number

    chosen = sorted(sorted(range(len(held)), key=weight, reverse=True)[:LISTED])
    return [held[number] for number in chosen]


def _threaded(stories: Sequence[Told]) -> tuple[Told, ...]:
    """The same stories, each told as following another only where that one is here too."""
    here = {told.card.story for told in stories}
    return tuple(told if told.follows in here else replace(told, follows=None) for told in stories)
