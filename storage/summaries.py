"""Summaries: what was held for a reader, told in one message when it is due.

What a summary tells becomes `told`, in the transaction that owes its text in `answers`; so it is
told once and never lost. A fact that changes afterwards makes its story owed anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.cards import Card, Cards
from storage.connection import Connection
from storage.holding import LATE
from storage.hours import Why, quiet_until
from storage.people import ChatKind, Language
from storage.preferences import preference
from storage.times import stamp, storable
from watch.records import Level

LISTED = 40  # stories named in one summary; of more, the others are counted
STORIES_AT_ONCE = 500  # and no further chat once so many stories were told
AT_ONCE = 10  # chats looked at in one go

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    ids: tuple[int, int]  # the alert and the reply of a story, or one of them twice
    story: int
    article: int
    changed: bool
    why: Why
    follows: int | None
    level: str
    outlets: int


class Summaries:
    """Reads what is held in `deliveries`, and owes its summaries in `answers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tell(self, now: datetime, pages: Callable[[Summary], Sequence[str]]) -> int:
        """Owe the summaries that are due, `pages` being their texts; how many chats have one.

        A chat that is in its quiet hours waits until they end. One transaction, which is begun only
        when something is due; at most `AT_ONCE` chats in one call.
        """
        with self._connection.reading():
            chats = self._connection.execute(
                """SELECT DISTINCT chat_id FROM deliveries INDEXED BY deliveries_held
                WHERE state = 'held' AND due_at <= ? ORDER BY due_at LIMIT ?""",
                (stamp(now), AT_ONCE),
            ).fetchall()
        cards, told, read = Cards(self._connection), 0, 0  # what many chats are told is read once
        if not chats:
            return 0
        with self._connection.transaction():
            for (chat_id,) in chats:
                stories = self._tell(chat_id, now, cards, pages)
                told += stories > 0
                read += stories
                if read >= STORIES_AT_ONCE:
                    break
        return told

    def held(self, chat_id: int) -> int:
        """Deliveries that wait for a summary of this chat."""
        with self._connection.reading():
            (count,) = self._connection.execute(
                "SELECT count(*) FROM deliveries WHERE chat_id = ? AND state = 'held'", (chat_id,)
            ).fetchone()
        return int(count)

    def _tell(
        self, chat_id: int, now: datetime, cards: Cards, pages: Callable[[Summary], Sequence[str]]
    ) -> int:
        """Owe one chat its summary, if it may have it now; how many stories that ends."""
        wishes = preference(self._connection, chat_id)
        quiet = wishes.quiet
        if quiet is not None and (until := quiet_until(now, quiet, wishes.zone)) > now:
            self._connection.execute(
                "UPDATE deliveries SET due_at = ? WHERE chat_id = ? AND state = 'held'",
                (stamp(until), chat_id),
            )
            return 0
        if self._more_is_late(chat_id, now):
            return 0
        held = self._held(chat_id)
        stories = self._stories(chat_id, _listed(held), cards)
        self._settle(chat_id, held, stamp(now))
        if not stories:
            return 0
        kind, language = self._connection.execute(
            "SELECT kind, language FROM readers WHERE chat_id = ?", (chat_id,)
        ).fetchone()
        summary = Summary(
            chat_id=chat_id,
            chat_kind=kind,
            language=language,
            zone=wishes.zone,
            why=Counter(each.why for each in held).most_common(1)[0][0],
            stories=stories,
            more=len(held) - len(stories),
        )
        self._connection.many(
            """INSERT INTO answers (chat_id, chat_kind, html, owed_at, thread, summary)
            VALUES (?, ?, ?, ?, ?, 1)""",
            [(chat_id, kind, storable(page), stamp(now), wishes.thread) for page in pages(summary)],
        )
        return len(held)

    def _more_is_late(self, chat_id: int, now: datetime) -> bool:
        """Whether a claim has yet to hold more of what an outage made late: it is told in one."""
        row = self._connection.execute(
            """SELECT 1 FROM deliveries WHERE chat_id = ? AND state = 'owed'
            AND kind IN ('alert', 'reply') AND owed_at < ? LIMIT 1""",
            (chat_id, stamp(now - LATE)),
        ).fetchone()
        return row is not None

    def _stories(self, chat_id: int, listed: Sequence[_Held], cards: Cards) -> tuple[Told, ...]:
        """What is told of them; a story follows another only where that one is told too."""
        here = {each.story for each in listed}
        told = []
        for each in listed:
            card = cards.card(chat_id, each.story, each.article, strict=not each.changed)
            if card is not None:
                follows = each.follows if each.follows in here else None
                told.append(Told(card=card, follows=follows, changed=each.changed))
        return tuple(told)

    def _settle(self, chat_id: int, held: Sequence[_Held], at: str) -> None:
        """Note what is told; the rest nobody waits for any more."""
        self._connection.many(
            "UPDATE deliveries SET state = 'told', due_at = ? WHERE id = ?",
            [(at, number) for each in held for number in set(each.ids)],
        )
        self._connection.execute(
            """UPDATE deliveries SET state = 'withdrawn', reason = 'not followed'
            WHERE chat_id = ? AND state = 'held'""",
            (chat_id,),
        )

    def _held(self, chat_id: int) -> list[_Held]:
        """What is held and still followed, a story once, in order."""
        rows = self._connection.execute(_HELD, (chat_id,))
        return [
            _Held(
                ids=(first, last),
                story=story,
                article=article,
                changed=bool(changed),
                why=why,
                follows=follows,
                level=level,
                outlets=outlets,
            )
            for first, last, story, article, changed, why, follows, level, outlets in rows
            if level is not None
        ]


def _listed(held: Sequence[_Held]) -> list[_Held]:
    """The stories to name: about before mentions, widely printed before others; in order."""
    if len(held) <= LISTED:
        return list(held)

    def weight(number: int) -> tuple[bool, int, int]:
        return held[number].level == Level.ABOUT, held[number].outlets, number

    chosen = sorted(sorted(range(len(held)), key=weight, reverse=True)[:LISTED])
    return [held[number] for number in chosen]


# The level is that of the reader's topic it is most about, NULL when none is followed any more; a
# changed fact is told at any level, as `storage.cards` has it.
_HELD = """
    SELECT min(held.id), max(held.id), held.story, max(held.article),
        max(held.kind = 'reply') AS changed, min(held.reason), stories.follows,
        (SELECT min(hits.level) FROM articles CROSS JOIN hits ON hits.article = articles.id
            CROSS JOIN subscriptions ON subscriptions.topic = hits.topic
            WHERE articles.story = held.story AND subscriptions.chat_id = held.chat_id
            AND (hits.level = 'about' OR subscriptions.level = 'mention' OR held.kind = 'reply')),
        (SELECT count(DISTINCT outlet) FROM articles WHERE articles.story = held.story)
    FROM deliveries AS held JOIN stories ON stories.id = held.story
    WHERE held.chat_id = ? AND held.state = 'held'
    GROUP BY held.story ORDER BY min(held.owed_at), min(held.id)"""
