"""The bot's half of munadi: it listens, and it delivers."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, ApplicationBuilder, ExtBot

from bot.admins import tell_admins
from bot.delivery import Courier
from bot.gate import Gate, OpenGate
from bot.line import Line
from bot.listen import Listener, UpdatesLine
from bot.parcels import Names
from bot.secrecy import hush
from bot.sender import TelegramSender
from bot.standing import Standing
from bot.terminal import TerminalSender
from bot.updates import Reception
from bot.upkeep import keep_up
from storage.desk import Desk
from storage.people import TERMINAL
from storage.store import Store
from watch.records import Level

if TYPE_CHECKING:
    from rich.console import Console

    from watch.topics import Topics

log = logging.getLogger("munadi.bot")

TELEGRAM = "https://api.telegram.org"
CONNECTIONS = 64  # more than are ever under way: alerts, replies and acknowledgements
STOP_SECONDS = 0.5  # for closing connections at the end


async def serve(
    *,
    database: Path,
    topics: Topics,
    token: str | None,
    api: str | None,
    admins: Sequence[int],
    stop: asyncio.Event,
    ready: Callable[[], None],
    console: Console,
    alone: bool = False,
) -> int:
    """Listen and deliver until `stop`; return the exit status.

    `alone` says that no other process delivers from this database, as a lock may prove: what a
    killed one held is then taken up at once, else when its leases end.

    Without a token the built-in reader follows all topics and its alerts go to `console`. `ready`
    is called once the database is open and both loops run, whether Telegram answers or not.
    Raises `StoreError` when the database cannot be used.
    """
    desk = await asyncio.to_thread(Desk, database)
    try:
        if token is None:
            await desk.ask(lambda store: store.upkeep.mend(_now()))
            await _print(desk, topics, console, stop, ready)
        else:
            hush(token)
            log.info("delivering through Telegram, %d admins", len(admins))
            async with _application(token, api or TELEGRAM) as application:
                await _telegram(desk, topics, application, stop, ready, admins=admins, alone=alone)
    finally:
        await asyncio.to_thread(desk.close)
    return 0


async def _print(
    desk: Desk, topics: Topics, console: Console, stop: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Deliver to the terminal's reader."""
    now = _now()

    def seat(store: Store) -> None:
        store.people.welcome(TERMINAL, "terminal", "ar", now)
        for topic in topics:
            store.people.follow(TERMINAL, topic.id, Level.ABOUT, now)

    await desk.ask(seat)
    log.info("no MUNADI_TELEGRAM_TOKEN: alerts go to the terminal")
    courier = Courier(
        desk=desk,
        sender=TerminalSender(console),
        gate=OpenGate(asyncio.get_running_loop().time),
        names=_names(topics),
        standing=Standing(),
        clock=_now,
        holder=_holder(),
        terminal=True,
    )
    ready()
    await courier.run(stop)


async def _telegram(
    desk: Desk,
    topics: Topics,
    application: Application[Any, Any, Any, Any, Any, Any],
    stop: asyncio.Event,
    ready: Callable[[], None],
    *,
    admins: Sequence[int],
    alone: bool,
) -> None:
    """Listen and deliver through a Bot API server."""
    now = _now()
    await desk.ask(lambda store: store.upkeep.mend(now))
    await desk.ask(lambda store: store.people.pause(TERMINAL, "a token is set", now))
    last_sent = await desk.ask(lambda store: store.outbox.last_sent(now))
    if alone and (taken := await desk.ask(lambda store: store.upkeep.take_back(now))):
        log.info("%d messages that a killed process held are owed again", taken)
    quiet_seconds = (now - last_sent).total_seconds() if last_sent else inf
    steady = asyncio.get_running_loop().time
    gate, standing = Gate(steady, quiet_seconds), Standing()
    courier = _courier(desk, application, topics, gate, standing)
    library = await asyncio.to_thread(desk.beside)
    Reception(desk, library, topics, gate, _now, courier.hurry).attach(application)
    listener = Listener(application, standing, steady)
    ready()
    try:
        async with asyncio.TaskGroup() as loops:
            loops.create_task(courier.run(stop))
            loops.create_task(listener.run(stop))
            loops.create_task(keep_up(desk, _now, stop))
            loops.create_task(tell_admins(desk, admins, _now, stop, courier.hurry))
    finally:
        await asyncio.to_thread(library.close)


def _courier(
    desk: Desk,
    application: Application[Any, Any, Any, Any, Any, Any],
    topics: Topics,
    gate: Gate,
    standing: Standing,
) -> Courier:
    return Courier(
        desk=desk,
        sender=TelegramSender(application.bot),
        gate=gate,
        names=_names(topics),
        standing=standing,
        clock=_now,
        holder=_holder(),
    )


@asynccontextmanager
async def _application(
    token: str, api: str
) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """An application with our own lines; they are closed even if it never reached Telegram."""
    sending, updates = Line(CONNECTIONS), UpdatesLine(2)
    bot: ExtBot[None] = ExtBot(
        token,
        base_url=f"{api.rstrip('/')}/bot",
        request=sending,
        get_updates_request=updates,
    )
    application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    try:
        yield application
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                if application.running:
                    await application.stop()
                await application.shutdown()
                await asyncio.gather(sending.shutdown(), updates.shutdown())


def _names(topics: Topics) -> Names:
    return {
        "ar": {topic.id: topic.name_ar for topic in topics},
        "en": {topic.id: topic.name_en for topic in topics},
    }


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"


def _now() -> datetime:
    return datetime.now(UTC)
