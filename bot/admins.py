"""Notices go to the admins as answers do: owed in the store first, then sent at its pace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.messages.notices import worded
from storage.desk import Desk
from storage.errors import StoreError
from storage.people import ChatKind, Language
from storage.store import Store

log = logging.getLogger("munadi.bot")

LOOK_SECONDS = 2.0  # how long a notice may go unseen


async def tell_admins(
    desk: Desk,
    admins: Sequence[int],
    clock: Callable[[], datetime],
    stop: asyncio.Event,
    hurry: Callable[[], None],
) -> None:
    """Owe what is due to every admin until `stop`; `hurry` wakes who delivers.

    Without admins the notices stay in the log and in `munadi status`.
    """
    while not stop.is_set():
        now = clock()
        try:
            if await desk.ask(lambda store, now=now: deal(store, admins, now)):  # type: ignore[misc]
                hurry()
        except StoreError as error:
            log.warning("the admins are told later: %s", error)
        except Exception:  # a notice that cannot be worded must not stop the bot
            log.exception("the admins could not be told")
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await stop.wait()
        except TimeoutError:
            continue


def deal(store: Store, admins: Sequence[int], now: datetime) -> int:
    """Owe each due notice to all admins, in the language of each; how many notices there were."""
    due = store.notices.due(now)
    if not due:
        return 0
    readers = [_reader(store, chat_id) for chat_id in dict.fromkeys(admins)]
    for notice in due:
        messages = [
            (chat_id, kind, worded(notice.facts, language, now))
            for chat_id, kind, language in readers
        ]
        store.notices.deal(notice.id, messages, now)
    return len(due)


def _reader(store: Store, chat_id: int) -> tuple[int, ChatKind, Language]:
    """An admin who has written to the bot has chosen a language; Arabic is for all others."""
    if reader := store.people.find(chat_id):
        return chat_id, reader.kind, reader.language
    return chat_id, "private" if chat_id > 0 else "group", "ar"
