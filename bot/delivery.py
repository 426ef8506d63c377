"""The delivery loop: claim what is owed, say it, settle what became of it.

The outbox is the truth; nothing is kept here that a crash could lose. A row that was claimed and
not settled comes back when its lease ends. Only a send whose answer was lost may be repeated.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf

from bot.gate import Turns
from bot.messages.digest import pages
from bot.messages.markup import units, visible
from bot.pacing import backoff_seconds
from bot.parcels import AlertParcel, AnswerParcel, Names, Parcel
from bot.sender import Outgoing, Sender
from bot.standing import Standing
from storage.desk import Desk
from storage.errors import StoreError
from storage.outbox import FLOOD, Later, Moved, Outcome, Refused, Unknown
from storage.store import Store

log = logging.getLogger("munadi.bot")

POLL_SECONDS = 0.25  # how long a new delivery may go unseen
SLOTS = 32  # alerts claimed at a time: a second's worth and what is under way
ANSWER_SLOTS = 16  # beside them, so that no answer waits behind alerts
LEASE_SECONDS = 28.0  # longer than a turn and a send take; free again within 30 s of a kill
STOP_SECONDS = 1.3  # for sends under way when the stop comes
STORE_RETRY_SECONDS = 0.5
HOLD_SECONDS = 5.0  # what is claimed waits so long for an outage to end, then it is owed again
SET_BACK_SECONDS = 30.0  # a clock that goes back by more is told from one that is adjusted
REMIND_SECONDS = 1800.0  # in an outage, between two lines that say what is owed since when
HELD = "waiting out an outage"
CHAT_RETRY_SECONDS = 300.0  # the longest wait of one chat that keeps failing


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
    _alerts: set[asyncio.Task[None]] = field(default_factory=set)
    _answers: set[asyncio.Task[None]] = field(default_factory=set)
    _calm: asyncio.Event = field(default_factory=asyncio.Event)  # no failure that may be everyone's
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _clocks: tuple[datetime, float] | None = None  # this one's and the steady one's, last seen
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
                self._wake.clear()
                room = SLOTS - len(self._alerts)
                for parcel in await self._claim(room):
                    carried = self._answers if parcel.is_answer else self._alerts
                    task = asyncio.create_task(self._carry(parcel))
                    carried.add(task)
                    task.add_done_callback(carried.discard)
                await self._rest(full=len(self._alerts) >= SLOTS)
        finally:
            stopped.cancel()
            await self._finish()

    def hurry(self) -> None:
        """There is something new to send: look at once."""
        self._wake.set()

    async def _claim(self, room: int) -> Sequence[Parcel]:
        try:
            claimed = await self.desk.ask(lambda store: self._ready(store, room))
        except StoreError as error:
            self._complain(error)
            return []
        if self._complaint is not None:
            self._complaint = None
            log.info("the database answers again")
        return claimed

    def _ready(self, store: Store, room: int) -> list[Parcel]:
        """Claim answers to readers, then alerts and their kin, then summaries."""
        now, holder, lease = self.clock(), self.holder, LEASE_SECONDS
        if self._set_back(now):
            log.warning("the clock was set back: what waits is looked at again")
            store.upkeep.mend(now, set_back=True)
        parcels: list[Parcel] = []
        if not self.terminal:
            free = ANSWER_SLOTS - len(self._answers)
            answers = store.answers.claim(now, holder=holder, lease_seconds=lease, limit=free)
            parcels += map(AnswerParcel, answers)
        deliveries = store.outbox.claim(
            now, holder=holder, lease_seconds=lease, limit=room, terminal=self.terminal
        )
        parcels += [AlertParcel(delivery, self.names) for delivery in deliveries]
        if not self.terminal and (left := room - len(deliveries)) > 0:
            store.summaries.tell(now, lambda held: pages(held, self.names[held.language], now))
            summaries = store.answers.claim(
                now, holder=holder, lease_seconds=lease, limit=left, summaries=True
            )
            parcels += [AnswerParcel(page, asked=False) for page in summaries]
        return parcels

    def _set_back(self, now: datetime) -> bool:
        """Whether the clock went backwards since the last look, beyond what is small."""
        steady = self.gate.now()
        before, self._clocks = self._clocks, (now, steady)
        if before is None:
            return False
        return (now - before[0]).total_seconds() < steady - before[1] - SET_BACK_SECONDS

    def _complain(self, error: StoreError) -> None:
        """Say once why the database cannot be used; what is owed stays in it."""
        if str(error) != self._complaint:
            self._complaint = str(error)
            log.warning("deliveries wait, trying again: %s", error)

    async def _rest(self, *, full: bool) -> None:
        """Wait for news, or, while there is more to claim, until half the slots are free."""
        if not full:
            await _wait(self._wake, POLL_SECONDS)
        while full and not self._wake.is_set() and len(self._alerts) > SLOTS // 2:
            await asyncio.wait(self._alerts, return_when=asyncio.FIRST_COMPLETED, timeout=0.1)

    async def _clear(self, stop: asyncio.Event) -> bool:
        """Ask Telegram until it answers; False when the stop came first."""
        tries, said = 0, -inf
        while reason := await self.sender.trouble():
            tries += 1
            self.standing.bad("delivery", reason)
            if self.gate.now() - said > REMIND_SECONDS:
                said = self.gate.now()
                await self._say_owed()
            if await _wait(stop, backoff_seconds(tries)):
                return False
        self.standing.good("delivery")
        self._calm.set()
        return True

    async def _say_owed(self) -> None:
        """Log what waits for the outage to end."""
        now = self.clock()
        with suppress(StoreError):
            owed = await self.desk.ask(lambda store: store.archive.overdue(now))
            if owed.since is not None:
                log.info("%d owed since %s UTC", owed.count, f"{owed.since:%Y-%m-%d %H:%M}")

    async def _carry(self, parcel: Parcel) -> None:
        """Take one message from claimed to settled."""
        message = parcel.message(self.clock())
        outcome: Outcome = Refused("it cannot be shown")
        if message is not None:
            size = units(visible(message.html))
            chat, kind, answer = parcel.chat_id, parcel.chat_kind, parcel.is_answer
            async with self.gate.turn(chat, kind, units=size, reply=answer):
                calm = await _wait(self._calm, HOLD_SECONDS)
                if self._stopping:
                    return  # released with the rest
                outcome = await self._send(parcel, message) if calm else Later(0.0, HELD)
        await self._settle(parcel, outcome)
        if parcel.is_answer:
            self.hurry()  # the chat's next answer

    async def _send(self, parcel: Parcel, message: Outgoing) -> Outcome:
        try:
            outcome = await self.sender.send(message)
        except asyncio.CancelledError:  # the stop could not wait for the answer
            return Unknown("stopped before the answer came")
        except Exception:
            log.exception("%s failed in a way nobody foresaw", parcel.name)
            return Unknown("an unforeseen error")
        return outcome

    async def _settle(self, parcel: Parcel, outcome: Outcome) -> None:
        """Write the outcome down, however long the database is busy."""
        outcome, rest_seconds = self._judge(parcel, outcome)
        if not isinstance(outcome, Moved):
            rest_seconds = max(rest_seconds, self.gate.free_in(parcel.chat_id))
        while True:
            now = self.clock()
            next_at = now + timedelta(seconds=rest_seconds)
            try:
                parked = await self.desk.ask(
                    lambda store, now=now, next_at=next_at: parcel.settle(  # type: ignore[misc]
                        store, outcome, now=now, next_at=next_at
                    )
                )
            except StoreError as error:
                self._complain(error)
                await asyncio.sleep(STORE_RETRY_SECONDS)
            else:
                break
        if parked is not None:
            log.warning("a second chat is refused for flooding: all wait until %s", parked)

    def _judge(self, parcel: Parcel, outcome: Outcome) -> tuple[Outcome, float]:
        """What the store is told, and how long the chat rests because of it."""
        if isinstance(outcome, Unknown):
            self._alarm()
            return outcome, self._backoff(parcel)
        if isinstance(outcome, Refused):
            log.warning("%s is refused: %s", parcel.name, outcome.reason)
        if not isinstance(outcome, Later) or outcome.reason == HELD:
            return outcome, 0.0
        if outcome.reason == FLOOD:
            return outcome, outcome.seconds
        self._alarm()
        wait = max(outcome.seconds, self._backoff(parcel)) if outcome.chat_only else 0.0
        return Later(wait, outcome.reason), wait

    def _alarm(self) -> None:
        """A send failed in a way that may concern every chat: look before the next one."""
        self._calm.clear()
        self._wake.set()

    def _backoff(self, parcel: Parcel) -> float:
        return backoff_seconds(parcel.attempts + 1, longest=CHAT_RETRY_SECONDS)

    async def _finish(self) -> None:
        self._stopping = True
        self._calm.set()
        if carried := self._alerts | self._answers:
            _, late = await asyncio.wait(carried, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=STORE_RETRY_SECONDS)
        try:
            await self.desk.ask(self._release)
        except StoreError as error:
            log.warning("leases are not given back, they end by themselves: %s", error)

    def _release(self, store: Store) -> None:
        store.answers.release(self.holder)
        store.outbox.release(self.holder)


async def _wait(event: asyncio.Event, seconds: float) -> bool:
    """Wait; True as soon as the event comes."""
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
