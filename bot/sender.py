"""One message to one chat, and what Telegram's answer means for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Protocol

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.line import NoAnswer, Refusal, Unreached
from bot.messages.markup import plain
from bot.pacing import retry_seconds
from bot.standing import why
from storage.outbox import FLOOD, Gone, Later, Moved, Outcome, Refused, Sent, Unknown

SEND_SECONDS = 20.0  # all of one send; below the lease, so that nobody else tries meanwhile
OUTAGE_SECONDS = 1.0  # the least wait after a failure that was not this message's fault

# Telegram's words in a 400 that mean the chat, not the message.
_CHAT_IS_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_restricted",
    "topic_closed",
    "bot was kicked",
    "upgraded to a supergroup",
)
_ENDED = ("user is deactivated", "user_deactivated")  # the account was deleted
_TOPIC_IS_GONE = ("thread not found", "topic_deleted", "topic_closed")  # of a forum
_TEXT_IS_WRONG = ("can't parse entities", "message is too long", "message_too_long")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to send, or to put in place of one sent before."""

    chat_id: int
    html: str
    edits: int | None = None  # the message to replace
    reply_to: int | None = None
    buttons: InlineKeyboardMarkup | None = None
    silent: bool = False
    thread: int | None = None  # the topic of a forum


class Sender(Protocol):
    """Delivers one message and says what became of it; never raises for what the network does."""

    async def send(self, message: Outgoing) -> Outcome: ...

    async def trouble(self) -> str | None:
        """Why nothing can be sent now, None when something can."""
        ...


class TelegramSender:
    """Sends through a Bot API server. No pacing here: see `bot.gate`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, message: Outgoing) -> Outcome:
        """Send or edit; what is refused for its tags or its forum's topic is sent without them."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self._insist(message)
        except TimeoutError:
            return Unknown(f"no answer in {SEND_SECONDS:g} s")
        except TelegramError as error:
            return outcome_of(error, message)
        except (KeyError, TypeError, ValueError) as error:  # a yes with no message in it
            return Unknown(f"an answer that cannot be read ({type(error).__name__})")

    async def trouble(self) -> str | None:
        """Ask Telegram who we are; costs nobody a message."""
        try:
            await self._bot.get_me()
        except TelegramError as error:
            flooded = isinstance(error, Refusal) and error.code == 429
            return None if flooded else why(error)
        return None

    async def _insist(self, message: Outgoing) -> Sent:
        parse_mode: ParseMode | None = ParseMode.HTML
        while True:
            try:
                return await self._once(message, parse_mode)
            except Refusal as refusal:
                if message.thread is not None and _says(refusal, _TOPIC_IS_GONE):
                    message = replace(message, thread=None)
                elif parse_mode and refusal.code == 400 and _says(refusal, _TEXT_IS_WRONG):
                    parse_mode = None
                else:
                    raise

    async def _once(self, message: Outgoing, parse_mode: ParseMode | None) -> Sent:
        text = message.html if parse_mode else plain(message.html)
        preview = LinkPreviewOptions(is_disabled=True)
        if message.edits is not None:
            await self._bot.edit_message_text(
                text,
                chat_id=message.chat_id,
                message_id=message.edits,
                parse_mode=parse_mode,
                link_preview_options=preview,
                reply_markup=message.buttons,
            )
            return Sent(message.edits)
        sent: Message = await self._bot.send_message(
            message.chat_id,
            text,
            parse_mode=parse_mode,
            link_preview_options=preview,
            reply_parameters=_reply(message.reply_to),
            reply_markup=message.buttons,
            disable_notification=message.silent or None,
            message_thread_id=message.thread,
        )
        return Sent(sent.message_id)


def _reply(to: int | None) -> ReplyParameters | None:
    return None if to is None else ReplyParameters(to, allow_sending_without_reply=True)


def outcome_of(error: TelegramError, message: Outgoing) -> Outcome:
    """What a failed send means; the tests hold one case for each answer Telegram gives."""
    if isinstance(error, NoAnswer):
        return Unknown(str(error))
    if not isinstance(error, Refusal):
        kind = str(error) if isinstance(error, Unreached) else type(error).__name__
        return Later(OUTAGE_SECONDS, kind, chat_only=False)
    return _of_refusal(error, message)


def _of_refusal(refusal: Refusal, message: Outgoing) -> Outcome:
    if refusal.moved_to is not None:
        return Moved(refusal.moved_to)
    if refusal.code == 429:
        return Later(retry_seconds(refusal.retry_after), FLOOD)
    if refusal.code in (401, 404):
        return Later(OUTAGE_SECONDS, "the token is refused", chat_only=False)
    if refusal.code >= 500 or refusal.code in (408, 409, 425):
        return Later(OUTAGE_SECONDS, str(refusal))
    return _of_answer(refusal, message)


def _of_answer(refusal: Refusal, message: Outgoing) -> Outcome:
    if message.edits is not None and _says(refusal, ("message is not modified",)):
        return Sent(message.edits)
    if _says(refusal, _ENDED):
        return Gone(refusal.description, ended=True)
    if refusal.code == 403 or _says(refusal, _CHAT_IS_GONE):
        return Gone(refusal.description)
    return Refused(refusal.description)


def _says(refusal: Refusal, words: tuple[str, ...]) -> bool:
    return any(word in refusal.description.lower() for word in words)
