"""What Telegram hands over, turned into asks, and the answers that are owed for them."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from telegram import Chat, ChatMember, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.commands import handlers as commands
from bot.commands.asking import Ask, Handler, answer
from bot.commands.handlers import BUTTONS, COMMANDS, SLOW
from bot.commands.keyboards import pressed
from bot.gate import Gate
from bot.messages.markup import MARKS
from bot.parcels import written
from bot.texts.wishes import setting_texts
from storage.desk import Desk
from storage.errors import StoreError
from storage.people import ChatKind, Language
from storage.store import Store

if TYPE_CHECKING:
    from watch.topics import Topics

log = logging.getLogger("munadi.bot")

WANTED = ("message", "channel_post", "callback_query", "my_chat_member")
WORDS_CHARACTERS = 4096  # as long as a message may be; a line is never cut unseen
STORE_RETRY_SECONDS = 1.0
ADMINS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})

_COMMAND = re.compile(rf"/(\w{{1,32}})(?:@(\w+))?[{MARKS}:،,]*(.*)", re.DOTALL)
_KINDS: dict[str, ChatKind] = {
    Chat.PRIVATE: "private",
    Chat.GROUP: "group",
    Chat.SUPERGROUP: "group",
    Chat.CHANNEL: "channel",
}

T = TypeVar("T")
Context = ContextTypes.DEFAULT_TYPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an update asks for, and where the answer is to be seen."""

    number: tuple[int, int]  # the bot and the update: what tells one update from every other
    chat: Chat
    user: User | None
    words: str = ""
    edits: int | None = None  # the message that the answer takes the place of
    reply_to: int | None = None
    thread: int | None = None  # the topic of a forum
    old: bool = False  # Telegram does not tell any more where the message with the button stands


@dataclass(frozen=True, slots=True)
class Reception:
    """Receives updates. Handling one twice leaves what handling it once leaves.

    An update is handled once its answer is owed, in one step; it is then passed over if Telegram
    hands it over again. `hurry` tells that an answer is owed.
    """

    desk: Desk
    library: Desk  # for commands that read many articles: they keep nobody waiting
    topics: Topics
    gate: Gate
    clock: Callable[[], datetime]
    hurry: Callable[[], None]

    def attach(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Register what is listened to."""
        new = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
        application.add_handlers(
            [
                MessageHandler(filters.StatusUpdate.MIGRATE & new, self.on_migration),
                MessageHandler(filters.TEXT & new, self.on_text),
                CallbackQueryHandler(self.on_button),
                ChatMemberHandler(self.on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
            ]
        )
        application.add_error_handler(_on_bug)

    async def on_text(self, update: Update, context: Context) -> None:
        """A command, in any kind of chat; other text only in private."""
        message = update.effective_message
        if message is None or (found := self._command(message, context)) is None:
            return
        handler, words = found
        handler = await self._allowed(handler, message.chat, message.from_user, message, context)
        answered = message.reply_to_message
        request = Request(
            number=_number(update, context),
            chat=message.chat,
            user=message.from_user,
            words=words,
            reply_to=answered.message_id if answered else None,
            thread=_thread(message),
        )
        await self._reply(handler, request)

    def _command(self, message: Message, context: Context) -> tuple[Handler, str] | None:
        text = _written(message.text or "")
        private = message.chat.type == Chat.PRIVATE
        if (match := _COMMAND.match(text)) is None:
            return (commands.not_understood, text[:WORDS_CHARACTERS]) if private else None
        name, mention, words = match.groups()
        if mention and mention.lower() != (context.bot.username or "").lower():
            return None  # for another bot of this group
        handler = COMMANDS.get(name.lower())
        if handler is None and private:
            handler, words = commands.not_understood, f"/{name}"
        return (handler, " ".join(words.split())[:WORDS_CHARACTERS]) if handler else None

    async def on_button(self, update: Update, context: Context) -> None:
        """A button: its message shows the outcome; a refusal is shown to who pressed alone."""
        if (query := update.callback_query) is None or (message := query.message) is None:
            return
        verb, words = pressed(query.data or "", self.topics)
        handler = BUTTONS.get(verb, commands.stale) if words else commands.stale
        handler = await self._allowed(handler, message.chat, query.from_user, None, context)
        refused = handler is commands.only_admins
        told = setting_texts(_language(query.from_user)).only_admins if refused else None
        try:
            async with self.gate.quick():
                await context.bot.answer_callback_query(query.id, told, show_alert=refused)
        except TelegramError as error:  # too old, or Telegram is slow: the press counts anyhow
            log.info("a button was not acknowledged: %s", error)
        if refused:
            return
        request = Request(
            number=_number(update, context),
            chat=message.chat,
            user=query.from_user,
            words=words,
            edits=message.message_id,
            thread=_thread(message) if isinstance(message, Message) else None,
            old=not message.is_accessible,
        )
        await self._reply(handler, request)

    async def on_membership(self, update: Update, context: Context) -> None:
        """Added or removed, unblocked or blocked: who left is paused, who is back resumes."""
        if (change := update.my_chat_member) is None:
            return
        now, chat_id, kind = self.clock(), change.chat.id, _kind(change.chat)
        if change.new_chat_member.status != ChatMember.MEMBER:
            reason = "blocked" if kind == "private" else "kicked"
            await self._ask(lambda store: store.people.pause(chat_id, reason, now))
            return
        if kind == "group" and change.old_chat_member.status != ChatMember.MEMBER:
            number = _number(update, context)
            request = Request(number=number, chat=change.chat, user=change.from_user)
            await self._reply(commands.start, request)
            return
        language = _language(change.from_user)

        def back(store: Store) -> None:
            if kind == "channel" or store.people.find(chat_id):
                store.people.welcome(chat_id, kind, language, now)

        await self._ask(back)

    async def on_migration(self, update: Update, context: Context) -> None:  # noqa: ARG002
        """A group became a supergroup: told in the old chat and in the new one."""
        if (message := update.effective_message) is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await self._ask(lambda store: store.people.move(old, new))

    async def _reply(self, handler: Handler, request: Request) -> None:
        """Owe the answer, and note in the same step that the update is handled."""
        chat, kind, now = request.chat, _kind(request.chat), self.clock()

        def work(store: Store) -> None:
            if store.answers.handled(*request.number):
                return
            thread = store.preferences.of(chat.id).thread if request.old else request.thread
            ask = Ask(
                chat_id=chat.id,
                kind=kind,
                language=_language(request.user),
                words=request.words,
                now=now,
                topics=self.topics,
                store=store,
                reply_to=request.reply_to,
                thread=thread,
            )
            reply = answer(handler, ask)
            store.answers.owe(
                chat.id,
                kind,
                reply.html,
                now=now,
                buttons=written(reply.buttons),
                edits=request.edits,
                thread=thread,
                update=request.number,
            )

        await self._ask(work, self.library if handler in SLOW else self.desk)
        self.hurry()

    async def _allowed(
        self,
        handler: Handler,
        chat: Chat,
        user: User | None,
        message: Message | None,
        context: Context,
    ) -> Handler:
        """The handler, or in a group a refusal where a plain member asks for what admins decide.

        Where Telegram does not say who is one, as for an unknown reason, nobody is locked out.
        """
        if _kind(chat) != "group" or user is None or not commands.changes(handler):
            return handler
        if message is not None and message.sender_chat == chat:  # an admin who stays anonymous
            return handler
        try:
            async with self.gate.quick():
                member = await context.bot.get_chat_member(chat.id, user.id)
        except Exception as error:  # whatever Telegram answers, the group is not locked out
            log.info("who is an admin is not known: %s", type(error).__name__)
            return handler
        return handler if member.status in ADMINS else commands.only_admins

    async def _ask(self, work: Callable[[Store], T], desk: Desk | None = None) -> T:
        """Ask the store until it is not busy; the update is not acknowledged before."""
        while True:
            try:
                return await (desk or self.desk).ask(work)
            except StoreError as error:
                log.warning("a command waits for the database: %s", error)
                await asyncio.sleep(STORE_RETRY_SECONDS)


async def _on_bug(update: object, context: Context) -> None:  # noqa: ARG001
    """A handler failed; the update is passed over, or it would come back for ever."""
    log.error("a command failed", exc_info=context.error)


def _number(update: Update, context: Context) -> tuple[int, int]:
    return context.bot.id, update.update_id


def _thread(message: Message) -> int | None:
    """The topic of a forum; threads of replies in other groups have numbers too, and are none."""
    return message.message_thread_id if message.is_topic_message else None


def _written(text: str) -> str:
    """What was written; Arabic keyboards put marks of direction before a command."""
    return text.strip().lstrip(MARKS).strip()


def _kind(chat: Chat) -> ChatKind:
    return _KINDS.get(chat.type, "private")


def _language(user: User | None) -> Language:
    """Arabic, unless the app of who writes speaks English."""
    return "en" if user and (user.language_code or "").lower().startswith("en") else "ar"
