"""What is owed to readers, and what became of it. The outbox is the truth: an alert is never only in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.people import ChatKind, Language
from watch.records import Level, Published, Relation, Span

DeliveryKind = Literal["alert", "edit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTopic:
    """A topic of the reader's that the story hit."""

    topic: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """One outlet's article of a story."""

    outlet: str
    url: str
    title: str
    first_seen: datetime
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What an alert shows: the story's leading article, the reader's topics, who else printed it."""

    story: int
    title: str
    text: str
    outlet: str
    url: str
    agency: str | None
    published: Published | None
    updated: Published | None
    first_seen: datetime
    topics: tuple[CardTopic, ...]
    spans: tuple[Span, ...]  # of those topics, in the leading article
    also: tuple[Printing, ...]  # other outlets, in order of arrival, one line each outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row claimed for sending. `message_id` is set for edits; `reply_to` for a follow-up whose old card the chat holds."""

    id: int
    kind: DeliveryKind
    chat_id: int
    chat_kind: ChatKind
    language: Language
    card: Card
    message_id: int | None
    reply_to: int | None
    attempts: int  # sends tried before this one


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: flood control, an outage. `chat_only` parks this chat, else everything waits."""

    seconds: float
    reason: str
    chat_only: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer came: Telegram may have it. Sent once more, then counted as a possible repeat."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """This reader cannot be reached: blocked, kicked, deactivated, chat not found."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message."""

    reason: str


Outcome = Sent | Later | Unknown | Gone | Moved | Refused


class Outbox:
    """Table `deliveries`: owed -> claimed (by lease) -> sent | refused; each step is one transaction."""

    def claim(
        self, now: datetime, *, holder: str, lease_seconds: float, limit: int, terminal: bool
    ) -> Sequence[Delivery]:
        """Take what may be sent now, each chat at most once a call.

        Held back: a chat whose `next_at` lies ahead, paused readers, edits whose alert is not sent
        yet, everything while the outbox is parked. First alerts before edits, oldest first.
        `terminal` claims for the built-in reader only, else for everybody but him. A lease that ran
        out is claimed anew.
        """
        raise NotImplementedError

    def settle(self, delivery: int, outcome: Outcome, *, now: datetime, next_at: datetime) -> None:
        """Record what Telegram answered; the chat is not claimed again before `next_at`."""
        raise NotImplementedError

    def release(self, holder: str) -> int:
        """Give back what this holder claimed and did not settle (at an orderly stop)."""
        raise NotImplementedError

    def owed(self) -> int:
        """Deliveries not yet made, edits included."""
        raise NotImplementedError
