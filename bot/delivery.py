"""The delivery loop: claim what is owed, say it, settle what became of it.

The outbox is the truth; nothing is kept here that a crash could lose. A row that was claimed and
not settled comes back when its lease ends. Only a send whose answer was lost may be repeated.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.alerts import render
from bot.gate import Turns
from bot.growth import reply
from bot.markup import units, visible
from bot.pacing import FLOOD, Floods, backoff_seconds
from bot.sender import Outgoing, Sender
from bot.standing import Standing
from storage.desk import Desk
from storage.errors import StoreError
from storage.outbox import Delivery, Later, Moved, Outcome, Refused, Unknown
from storage.people import Language

log = logging.getLogger("munadi.bot")

POLL_SECONDS = 0.25  # how long a new delivery may go unseen
SLOTS = 32  # claimed at a time: a second's worth and what is under way
LEASE_SECONDS = 28.0  # longer than a turn and a send take; free again within 30 s of a kill
STOP_SECONDS = 1.3  # for sends under way when the stop comes
STORE_RETRY_SECONDS = 0.5
HOLD_SECONDS = 5.0  # what is claimed waits so long for an outage to end, then it is owed again
HELD = "waiting out an outage"
CHAT_RETRY_SECONDS = 300.0  # the longest wait of one chat that keeps failing

Names = Mapping[Language, Mapping[str, str]]


@dataclass(slots=True, kw_only=True)
class Courier:
    """Delivers for one bot, or for the terminal. `clock` gives aware UTC times."""

    desk: Desk
    sender: Sender
    gate: Turns
    names: Names
    standing: Standing
    clock: Callable[[], datetime]
    holder: str  # names this process's leases
    terminal: bool = False
    _carried: set[asyncio.Task[None]] = field(default_factory=set)
    _floods: Floods = field(default_factory=Floods)
    _calm: asyncio.Event = field(default_factory=asyncio.Event)  # no failure that may be everyone's
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _complaint: str | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop`, then finish what is under way and give the rest back."""
        self._calm.set()
        stopped = asyncio.create_task(stop.wait())
        stopped.add_done_callback(lambda _: self._wake.set())
        try:
            while not stop.is_set():
                if not self._calm.is_set() and not await self._clear(stop):
                    break
                asked = SLOTS - len(self._carried)
                claimed = await self._claim(asked)
                for delivery in claimed:
                    task = asyncio.create_task(self._carry(delivery))
                    self._carried.add(task)
                    task.add_done_callback(self._carried.discard)
                await self._rest(full=len(claimed) == asked)
        finally:
            stopped.cancel()
            await self._finish()

    async def _claim(self, limit: int) -> list[Delivery]:
        now = self.clock()
        try:
            claimed = await self.desk.ask(
                lambda store: store.outbox.claim(
                    now,
                    holder=self.holder,
                    lease_seconds=LEASE_SECONDS,
                    limit=limit,
                    terminal=self.terminal,
                )
            )
        except StoreError as error:
            self._complain(error)
            return []
        if self._complaint is not None:
            self._complaint = None
            log.info("the database answers again")
        return list(claimed)

    def _complain(self, error: StoreError) -> None:
        """Say once why the database cannot be used; what is owed stays in it."""
        if str(error) != self._complaint:
            self._complaint = str(error)
            log.warning("deliveries wait, trying again: %s", error)

    async def _rest(self, *, full: bool) -> None:
        """Wait for news, or, while there is more to claim, until half the slots are free."""
        self._wake.clear()
        while full and self._calm.is_set() and len(self._carried) > SLOTS // 2:
            await asyncio.wait(self._carried, return_when=asyncio.FIRST_COMPLETED, timeout=0.25)
        if not full and self._calm.is_set():
            await _wait(self._wake, POLL_SECONDS)

    async def _clear(self, stop: asyncio.Event) -> bool:
        """Ask Telegram until it answers; False when the stop came first."""
        tries = 0
        while reason := await self.sender.trouble():
            tries += 1
            self.standing.bad("delivery", reason)
            if await _wait(stop, backoff_seconds(tries)):
                return False
        self.standing.good("delivery")
        self._calm.set()
        return True

    async def _carry(self, delivery: Delivery) -> None:
        """Take one delivery from claimed to settled."""
        html = self._shown(delivery)
        outcome: Outcome = Refused("it cannot be shown")
        if html is not None:
            size = units(visible(html))
            chat, kind = delivery.chat_id, delivery.chat_kind
            async with self.gate.turn(chat, kind, units=size, reply=False):
                calm = await _wait(self._calm, HOLD_SECONDS)
                if self._stopping:
                    return  # released with the rest
                outcome = await self._send(delivery, html) if calm else Later(0.0, HELD)
        await self._settle(delivery, outcome)

    def _shown(self, delivery: Delivery) -> str | None:
        try:
            if delivery.kind == "reply":
                return reply(delivery.card, delivery.language, self.clock())
            return render(
                delivery.card,
                language=delivery.language,
                names=self.names[delivery.language],
                now=self.clock(),
                follow_up=delivery.reply_to is not None,
            )
        except Exception:
            log.exception("delivery %d cannot be shown", delivery.id)
            return None

    async def _send(self, delivery: Delivery, html: str) -> Outcome:
        message = Outgoing(
            chat_id=delivery.chat_id,
            html=html,
            edits=delivery.message_id if delivery.kind == "edit" else None,
            reply_to=delivery.reply_to,
        )
        try:
            outcome = await self.sender.send(message)
        except asyncio.CancelledError:  # the stop could not wait for the answer
            return Unknown("stopped before the answer came")
        except Exception:
            log.exception("delivery %d failed in a way nobody foresaw", delivery.id)
            return Unknown("an unforeseen error")
        return outcome

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        """Write the outcome down, however long the database is busy."""
        outcome, rest_seconds = self._judge(delivery, outcome)
        if not isinstance(outcome, Moved):
            rest_seconds = max(rest_seconds, self.gate.free_in(delivery.chat_id))
        while True:
            now = self.clock()
            next_at = now + timedelta(seconds=rest_seconds)
            try:
                await self.desk.ask(
                    lambda store, now=now, next_at=next_at: store.outbox.settle(  # type: ignore[misc]
                        delivery.id, outcome, now=now, next_at=next_at
                    )
                )
            except StoreError as error:
                self._complain(error)
                await asyncio.sleep(STORE_RETRY_SECONDS)
            else:
                return

    def _judge(self, delivery: Delivery, outcome: Outcome) -> tuple[Outcome, float]:
        """What the store is told, and how long the chat rests because of it."""
        if isinstance(outcome, Unknown):
            self._alarm()
            return outcome, self._backoff(delivery)
        if isinstance(outcome, Refused):
            log.warning("delivery %d is refused for good: %s", delivery.id, outcome.reason)
        if not isinstance(outcome, Later) or outcome.reason == HELD:
            return outcome, 0.0
        if outcome.reason == FLOOD:
            everything = self._floods.refused(self.gate.now(), delivery.chat_id, outcome.seconds)
            if everything is not None:
                log.warning("a second chat is refused for flooding: all wait %.0f s", everything)
                return Later(everything, FLOOD, chat_only=False), outcome.seconds
            return outcome, outcome.seconds
        self._alarm()
        wait = max(outcome.seconds, self._backoff(delivery)) if outcome.chat_only else 0.0
        return Later(wait, outcome.reason), wait

    def _alarm(self) -> None:
        """A send failed in a way that may concern every chat: look before the next one."""
        self._calm.clear()
        self._wake.set()

    def _backoff(self, delivery: Delivery) -> float:
        return backoff_seconds(delivery.attempts + 1, longest=CHAT_RETRY_SECONDS)

    async def _finish(self) -> None:
        self._stopping = True
        self._calm.set()
        if self._carried:
            _, late = await asyncio.wait(self._carried, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=STORE_RETRY_SECONDS)
        try:
            await self.desk.ask(lambda store: store.outbox.release(self.holder))
        except StoreError as error:
            log.warning("leases are not given back, they end by themselves: %s", error)


async def _wait(event: asyncio.Event, seconds: float) -> bool:
    """Wait; True as soon as the event comes."""
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
