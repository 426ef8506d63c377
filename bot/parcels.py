"""What the delivery loop carries: alerts and their kin, and answers to readers, in one shape."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.commands.keyboards import Rows
from bot.messages.alerts import render
from bot.messages.growth import reply
from bot.sender import Outgoing
from storage.answers import Answer
from storage.outbox import Delivery, Outcome
from storage.people import ChatKind, Language
from storage.store import Store

log = logging.getLogger("munadi.bot")

Names = Mapping[Language, Mapping[str, str]]


class Parcel(Protocol):
    """One message that is owed, claimed for sending."""

    @property
    def name(self) -> str:
        """What the log calls it; nothing of its text."""
        ...

    @property
    def chat_id(self) -> int: ...

    @property
    def chat_kind(self) -> ChatKind: ...

    @property
    def attempts(self) -> int:
        """Sends tried before this one."""
        ...

    @property
    def is_answer(self) -> bool:
        """Whether a reader waits for it just now: these go first."""
        ...

    def message(self, now: datetime) -> Outgoing | None:
        """What Telegram is to show; None when it cannot be shown."""
        ...

    def settle(
        self, store: Store, outcome: Outcome, *, now: datetime, next_at: datetime
    ) -> datetime | None:
        """Write the outcome down; until when everything waits, where it caused that."""
        ...


@dataclass(frozen=True, slots=True)
class AlertParcel:
    """An alert, a reply with changed facts, or an edit."""

    delivery: Delivery
    names: Names

    @property
    def name(self) -> str:
        return f"delivery {self.delivery.id}"

    @property
    def chat_id(self) -> int:
        return self.delivery.chat_id

    @property
    def chat_kind(self) -> ChatKind:
        return self.delivery.chat_kind

    @property
    def attempts(self) -> int:
        return self.delivery.attempts

    @property
    def is_answer(self) -> bool:
        return False

    def message(self, now: datetime) -> Outgoing | None:
        """The card, written from the latest state."""
        delivery = self.delivery
        try:
            html = self._html(now)
        except Exception:
            log.exception("%s cannot be shown", self.name)
            return None
        return Outgoing(
            chat_id=delivery.chat_id,
            html=html,
            edits=delivery.message_id if delivery.kind == "edit" else None,
            reply_to=delivery.reply_to,
            silent=delivery.silent,
            thread=delivery.thread,
        )

    def _html(self, now: datetime) -> str:
        delivery = self.delivery
        if delivery.kind == "reply":
            return reply(delivery.card, delivery.language, now, delivery.zone)
        return render(
            delivery.card,
            language=delivery.language,
            names=self.names[delivery.language],
            now=now,
            zone=delivery.zone,
            follow_up=delivery.follow_up,
            gathering=delivery.gathering,
        )

    def settle(
        self, store: Store, outcome: Outcome, *, now: datetime, next_at: datetime
    ) -> datetime | None:
        return store.outbox.settle(self.delivery, outcome, now=now, next_at=next_at)


@dataclass(frozen=True, slots=True)
class AnswerParcel:
    """The answer to what a reader asked, or a summary; neither rings."""

    answer: Answer
    asked: bool = True  # a reader waits for it

    @property
    def name(self) -> str:
        return f"answer {self.answer.id}"

    @property
    def chat_id(self) -> int:
        return self.answer.chat_id

    @property
    def chat_kind(self) -> ChatKind:
        return self.answer.chat_kind

    @property
    def attempts(self) -> int:
        return self.answer.attempts

    @property
    def is_answer(self) -> bool:
        return self.asked

    def message(self, now: datetime) -> Outgoing:  # noqa: ARG002 (it was worded when it was asked)
        """The answer with its buttons."""
        answer = self.answer
        return Outgoing(
            chat_id=answer.chat_id,
            html=answer.html,
            edits=answer.edits,
            buttons=_keyboard(answer.buttons),
            silent=True,
            thread=answer.thread,
        )

    def settle(
        self, store: Store, outcome: Outcome, *, now: datetime, next_at: datetime
    ) -> datetime | None:
        return store.answers.settle(self.answer, outcome, now=now, next_at=next_at)


def written(rows: Rows) -> str | None:
    """Buttons as they are kept until they are sent."""
    if not rows:
        return None
    return json.dumps([[[button.label, button.data] for button in row] for row in rows])


def _keyboard(rows: str | None) -> InlineKeyboardMarkup | None:
    if rows is None:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=data) for label, data in row]
            for row in json.loads(rows)
        ]
    )
