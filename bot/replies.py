"""Answers to readers: sent ahead of alerts, and again for as long as it makes sense."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.commands import Reply
from bot.gate import Gate
from bot.markup import units, visible
from bot.pacing import backoff_seconds
from bot.sender import Outgoing, Sender
from storage.desk import Desk
from storage.outbox import Gone, Later, Moved, Outcome, Refused, Unknown
from storage.people import ChatKind

log = logging.getLogger("munadi.bot")

TRIES = 4  # while the trouble is this chat's own; an outage is waited out
PATIENCE_SECONDS = 10.0  # a flooded chat that must wait longer gets no answer to its command


@dataclass(frozen=True, slots=True)
class Replies:
    """Sends replies through the same gate as alerts."""

    desk: Desk
    sender: Sender
    gate: Gate
    clock: Callable[[], datetime]

    async def send(
        self, chat_id: int, kind: ChatKind, reply: Reply, edits: int | None = None
    ) -> None:
        """Send, or put in place of the message `edits`; drop and log what cannot be sent."""
        message = Outgoing(chat_id=chat_id, html=reply.html, edits=edits, buttons=_keyboard(reply))
        unknown = False
        for _ in range(TRIES):
            outcome = await self._reached(message, kind)
            if unknown and isinstance(outcome, Unknown):
                return  # sent once more already
            unknown = isinstance(outcome, Unknown)
            following = await self._after(message, outcome)
            if following is None:
                return
            message = following
        log.warning("a reply is dropped after %d tries", TRIES)

    async def _reached(self, message: Outgoing, kind: ChatKind) -> Outcome:
        """Send, waiting out every outage."""
        size = units(visible(message.html))
        outages = 0
        while True:
            async with self.gate.turn(message.chat_id, kind, units=size, reply=True):
                outcome = await self.sender.send(message)
            if not isinstance(outcome, Later) or outcome.chat_only:
                return outcome
            outages += 1
            await asyncio.sleep(backoff_seconds(outages, longest=30.0))

    async def _after(self, message: Outgoing, outcome: Outcome) -> Outgoing | None:
        """What is to be sent next; None when that is all."""
        chat_id, now = message.chat_id, self.clock()
        match outcome:
            case Unknown():
                return message
            case Later(seconds) if seconds <= PATIENCE_SECONDS:
                await asyncio.sleep(seconds)
                return message
            case Moved(new):
                await self.desk.ask(lambda store: store.people.move(chat_id, new))
                return replace(message, chat_id=new)
            case Gone(reason):
                await self.desk.ask(lambda store: store.people.pause(chat_id, reason, now))
            case Refused() if message.edits is not None:  # the message with the button is gone
                return replace(message, edits=None)
            case Refused(reason) | Later(_, reason):
                log.warning("a reply is dropped: %s", reason)
        return None


def _keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
            for row in reply.buttons
        ]
    )
