"""The readers: chat id, language, subscriptions, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from watch.records import Level

TERMINAL = 0  # the chat id of the built-in reader, which Telegram never gives to anyone

ChatKind = Literal["private", "group", "channel", "terminal"]
Language = Literal["ar", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom alerts are owed to."""

    chat_id: int
    kind: ChatKind
    language: Language
    paused: str | None  # why nothing is sent (blocked, kicked, …), None when active


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A reader follows a topic, from `level` upwards."""

    topic: str
    level: Level


class People:
    """Tables `readers` and `subscriptions`. Each call is one transaction."""

    def welcome(self, chat_id: int, kind: ChatKind, language: Language, now: datetime) -> Reader:
        """The reader, made if new and resumed if paused; an existing reader keeps his language."""
        raise NotImplementedError

    def find(self, chat_id: int) -> Reader | None:
        raise NotImplementedError

    def speak(self, chat_id: int, language: Language) -> None:
        raise NotImplementedError

    def follow(self, chat_id: int, topic: str, level: Level, now: datetime) -> bool:
        """True when this changed something. The reader must exist."""
        raise NotImplementedError

    def unfollow(self, chat_id: int, topic: str) -> bool:
        """True when this changed something."""
        raise NotImplementedError

    def followed(self, chat_id: int) -> Sequence[Subscription]:
        raise NotImplementedError

    def pause(self, chat_id: int, reason: str, now: datetime) -> None:
        """Owe this reader nothing until he returns; subscriptions are kept."""
        raise NotImplementedError

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """A group became a supergroup: reader, subscriptions and what is owed follow it."""
        raise NotImplementedError

    def forget(self, chat_id: int) -> None:
        """Remove all that is kept of this reader, deliveries included."""
        raise NotImplementedError
