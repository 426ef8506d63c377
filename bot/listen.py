"""Long polling: updates are acknowledged only once they were handled.

python-telegram-bot's own updater acknowledges an update when it asks for the next one, before the
handlers ran; what it had fetched is lost in a crash. Here the next request goes out when the last
batch is done, so a crash hands it over again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from typing import Any

from telegram import Bot, BotCommand, ChatMember, Update
from telegram.error import TelegramError
from telegram.ext import Application

from bot.commands.menu import MENU
from bot.line import Line, Refusal
from bot.pacing import backoff_seconds
from bot.standing import Standing, why
from bot.updates import WANTED

log = logging.getLogger("munadi.bot")

POLL_SECONDS = 25
PRESENT = frozenset(
    {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED}
)
HASTY_SECONDS = 0.3  # a server that does not wait for updates is not asked more often
STOP_SECONDS = 1.0  # for commands being answered when the stop comes
GOODBYE_SECONDS = 0.5
PEACE_SECONDS = 90.0  # without another listener, who would be heard of within one long poll


class UpdatesLine(Line):
    """The line for getUpdates: an update that cannot be read becomes an empty one.

    python-telegram-bot refuses a whole batch for one bad update, which would come back for ever.
    """

    async def do_request(
        self, url: str, method: str, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """Fetch, and keep what can be read."""
        code, payload = await super().do_request(url, method, *args, **kwargs)
        answer = json.loads(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"]]
        return code, json.dumps(answer).encode()


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        for side in ("old_chat_member", "new_chat_member"):
            member = update.get("my_chat_member", {}).get(side)
            if member is not None:
                update["my_chat_member"][side] = _present_or_not(member)
        Update.de_json(update, None)
    except Exception:
        log.warning("update %s cannot be read and is passed over", update.get("update_id"))
        return {"update_id": update["update_id"]}
    return update


def _present_or_not(member: dict[str, Any]) -> dict[str, Any]:
    """All we ask of a membership; an administrator's many rights need not be complete."""
    here = member["status"] in PRESENT and member.get("is_member") is not False
    return {"user": member["user"], "status": ChatMember.MEMBER if here else ChatMember.LEFT}


@dataclass(slots=True)
class Listener:
    """Fetches updates for an application and lets it handle them."""

    application: Application[Any, Any, Any, Any, Any, Any]
    standing: Standing
    clock: Callable[[], float]  # steady seconds
    _offset: int | None = field(default=None)
    _failures: int = 0  # in a row
    _disturbed_at: float = -inf  # when another listener was last heard of

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop`; whatever Telegram does, try again."""
        listening = asyncio.create_task(self._listen())
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({listening, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
        await self._goodbye()

    async def _listen(self) -> None:
        while True:
            try:
                await self._introduce()
                await self._poll()
            except TelegramError as error:
                self._failures += 1
                self.standing.bad("commands", why(error))
                await self._forgive(error)
                await asyncio.sleep(backoff_seconds(self._failures))

    async def _introduce(self) -> None:
        """Learn our own name, once; offer the menu where the server knows menus."""
        if self.application.running:
            return
        await self.application.initialize()
        await self.application.start()
        for language, descriptions in MENU.items():
            offered = [BotCommand(name, told) for name, told in descriptions.items()]
            code = None if language == "ar" else language
            try:
                await self._bot.set_my_commands(offered, language_code=code)
            except TelegramError as error:
                log.info("no command menu: %s", error)

    @property
    def _bot(self) -> Bot:
        bot: Bot = self.application.bot
        return bot

    async def _poll(self) -> None:
        seconds = 0  # the first answer comes at once, so that we know how we stand
        while True:
            asked = self.clock()
            updates = await self._bot.get_updates(
                self._offset, timeout=seconds, allowed_updates=WANTED
            )
            seconds = POLL_SECONDS
            self._answered()
            if updates:
                await self._handle(updates)
            elif self.clock() - asked < HASTY_SECONDS:
                await asyncio.sleep(HASTY_SECONDS)

    def _answered(self) -> None:
        """All is well; but two listeners interrupt one another, and that is no peace yet."""
        if self.clock() - self._disturbed_at > PEACE_SECONDS:
            self._failures = 0
            self.standing.good("commands")

    async def _handle(self, updates: Sequence[Update]) -> None:
        """Handle a batch, then let it be acknowledged; a stop waits a moment for its end."""
        handling = asyncio.ensure_future(_handle(updates, self.application.process_update))
        try:
            await asyncio.shield(handling)
        finally:
            await asyncio.wait({handling}, timeout=STOP_SECONDS)
            if not handling.cancel():
                self._offset = max(update.update_id for update in updates) + 1

    async def _forgive(self, error: TelegramError) -> None:
        """A webhook left behind keeps us from listening: take it away."""
        if not isinstance(error, Refusal) or error.code != 409:
            return
        if "webhook" not in error.description.lower():
            self._disturbed_at = self.clock()
        else:
            try:
                await self._bot.delete_webhook()
            except TelegramError as refused:
                log.info("the webhook stays: %s", refused)

    async def _goodbye(self) -> None:
        """Acknowledge what was handled, so that it is not handed over again at the next start."""
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._bot.get_updates(self._offset, limit=1, timeout=0)
        except (TelegramError, TimeoutError):
            log.info("the last updates may be handed over once more")


async def _handle(updates: Iterable[Update], process: Callable[[Update], Awaitable[None]]) -> None:
    """Handle each chat's updates in order, chats beside one another."""
    chats: dict[int, list[Update]] = {}
    for update in updates:
        chat = update.effective_chat
        chats.setdefault(chat.id if chat else 0, []).append(update)

    async def in_order(chat: list[Update]) -> None:
        for update in chat:
            await process(update)

    await asyncio.gather(*(in_order(chat) for chat in chats.values()))
