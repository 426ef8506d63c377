"""Where all that goes to Telegram takes its turn, so that replies and alerts share one pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import InitVar, dataclass, field
from math import inf
from typing import Protocol

from bot.pacing import WINDOW_SECONDS, Pace, rest_seconds
from storage.people import ChatKind


class Turns(Protocol):
    """What delivery asks: a turn for each message, and when a chat is free again."""

    def turn(
        self, chat_id: int, kind: ChatKind, *, units: int, reply: bool
    ) -> AbstractAsyncContextManager[None]: ...

    def free_in(self, chat_id: int) -> float: ...

    def now(self) -> float: ...


@dataclass(slots=True)
class Gate:
    """Turns for one bot. `clock` is steady seconds, as `loop.time`.

    `quiet_seconds` is how long ago an earlier process sent something; the first delivery waits
    until that is a full window ago.
    """

    clock: Callable[[], float]
    quiet_seconds: InitVar[float] = WINDOW_SECONDS
    pace: Pace = field(default_factory=Pace)
    _change: asyncio.Event = field(default_factory=asyncio.Event)
    _queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    _replies: int = 0  # waiting for room
    _opens_at: float = field(init=False)

    def __post_init__(self, quiet_seconds: float) -> None:
        self._opens_at = self.clock() + WINDOW_SECONDS - max(quiet_seconds, 0.0)

    @asynccontextmanager
    async def turn(
        self, chat_id: int, kind: ChatKind, *, units: int, reply: bool
    ) -> AsyncIterator[None]:
        """Wait until a message of so many UTF-16 units may go to this chat, and count it."""
        rest = self.pace.wait_chat(self.clock(), chat_id, kind, reply=reply)
        while rest > 0:  # another message to this chat may lengthen it meanwhile
            await asyncio.sleep(rest)
            rest = self.pace.wait_chat(self.clock(), chat_id, kind, reply=reply)
        async with self._counted(reply, chat_id, rest_seconds(kind, units)):
            yield

    @asynccontextmanager
    async def quick(self) -> AsyncIterator[None]:
        """A turn for what writes to no chat, such as the answer to a button."""
        async with self._counted(True, None, 0.0):
            yield

    def free_in(self, chat_id: int) -> float:
        """Seconds until a delivery may go to this chat."""
        now = self.clock()
        return self.pace.free_at(now, chat_id) - now

    def now(self) -> float:
        """Steady seconds."""
        return self.clock()

    @asynccontextmanager
    async def _counted(self, reply: bool, chat_id: int | None, rest: float) -> AsyncIterator[None]:
        await self._overall(reply)
        self.pace.started(self.clock(), chat_id, rest)
        try:
            yield
        finally:
            self.pace.answered(self.clock(), chat_id, rest)
            self._change.set()

    async def _overall(self, reply: bool) -> None:
        """Wait for room; deliveries queue up behind one another, and all behind replies."""
        if not reply:
            async with self._queue:
                await asyncio.sleep(max(self._opens_at - self.clock(), 0.0))
                await self._room(self._wait_delivery)
            return
        self._replies += 1
        try:
            await self._room(self.pace.wait_reply)
        finally:
            self._replies -= 1
            self._change.set()

    def _wait_delivery(self, now: float) -> float:
        return inf if self._replies else self.pace.wait_delivery(now)

    async def _room(self, wait_now: Callable[[float], float]) -> None:
        while (wait := wait_now(self.clock())) > 0:
            self._change.clear()
            try:
                async with asyncio.timeout(min(wait, 60.0)):
                    await self._change.wait()
            except TimeoutError:
                continue


@dataclass(frozen=True, slots=True)
class OpenGate:
    """No limits, for the terminal."""

    clock: Callable[[], float]

    @asynccontextmanager
    async def turn(
        self,
        chat_id: int,  # noqa: ARG002
        kind: ChatKind,  # noqa: ARG002
        *,
        units: int,  # noqa: ARG002
        reply: bool,  # noqa: ARG002
    ) -> AsyncIterator[None]:
        """At once."""
        yield

    def free_in(self, chat_id: int) -> float:  # noqa: ARG002
        """At once."""
        return 0.0

    def now(self) -> float:
        """Steady seconds."""
        return self.clock()
