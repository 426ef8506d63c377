"""How fast Telegram may be spoken to. Pure: instants are seconds of any steady clock.

Telegram's limits (core.telegram.org/bots/faq): about 30 messages a second overall, one a second in
a chat with short bursts allowed, 20 a minute in a group or channel; texts beyond some 500
characters are limited sooner.

Overall, a message reaches Telegram somewhere between its start and its answer. A start is allowed
only while fewer than 30 messages are under way or were answered within the last second; so no
second, however the network shakes them, sees more than 30 arrive.

In a chat one number is kept, the instant from which it is free again (the generic cell rate
algorithm): a message makes the chat rest for its cost. Deliveries wait for the rest to be over;
answers to readers may run a short burst ahead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from storage.people import ChatKind

MESSAGES_PER_SECOND = 30
WINDOW_SECONDS = 1.0
SPACING_SECONDS = 0.02  # between two deliveries, so that a burst is spread over half a second
LONG_UNITS = 500  # each further such piece of a text costs its chat as much again
LONGEST_RETRY_SECONDS = 86_400.0
DEFAULT_RETRY_SECONDS = 5.0  # where Telegram names no seconds, or none that make sense

# In a group, 3.2 s with a burst of one keep any 60 s at 20 messages.
REST_SECONDS: Mapping[ChatKind, float] = MappingProxyType(
    {"private": 1.0, "group": 3.2, "channel": 3.2, "terminal": 0.0}
)
BURST: Mapping[ChatKind, int] = MappingProxyType(
    {"private": 2, "group": 1, "channel": 1, "terminal": 0}
)


def rest_seconds(kind: ChatKind, units: int) -> float:
    """How long a chat rests after a text of so many UTF-16 units."""
    return REST_SECONDS[kind] * max(1, -(-units // LONG_UNITS))


def retry_seconds(told: float | None) -> float:
    """What a 429 asks for, within reason: missing or negative means the default, at most a day."""
    if told is None or not told > 0:
        return DEFAULT_RETRY_SECONDS
    return min(told, LONGEST_RETRY_SECONDS)


def backoff_seconds(failures: int, first: float = 1.0, longest: float = 60.0) -> float:
    """Doubling waits after so many failures in a row."""
    return min(first * 2.0 ** min(max(failures - 1, 0), 20), longest)


@dataclass(slots=True)
class Pace:
    """What was sent lately and may be sent now."""

    _under_way: int = 0
    _last_start: float = -1.0
    _answered: deque[float] = field(default_factory=deque)
    _free_at: dict[int, float] = field(default_factory=dict)

    def wait_delivery(self, now: float) -> float:
        """Seconds until one more alert or edit may start; infinity: after an answer."""
        room = self._room(now)
        return max(room, self._last_start + SPACING_SECONDS - now, 0.0)

    def wait_reply(self, now: float) -> float:
        """Seconds until one more answer to a reader may start."""
        return self._room(now)

    def _room(self, now: float) -> float:
        while self._answered and self._answered[0] <= now - WINDOW_SECONDS:
            self._answered.popleft()
        excess = self._under_way + len(self._answered) - MESSAGES_PER_SECOND
        if excess < 0:
            return 0.0
        if excess >= len(self._answered):
            return float("inf")
        return max(self._answered[excess] + WINDOW_SECONDS - now, 0.001)

    def wait_chat(self, now: float, chat_id: int, kind: ChatKind, *, reply: bool) -> float:
        """Seconds until this chat may be written to."""
        ahead = BURST[kind] * REST_SECONDS[kind] if reply else 0.0
        return max(self._free_at.get(chat_id, 0.0) - ahead - now, 0.0)

    def started(self, now: float, chat_id: int | None = None, rest: float = 0.0) -> None:
        """A message is on its way; its chat, if it has one, rests for `rest` seconds more."""
        self._under_way += 1
        self._last_start = now
        if chat_id is not None and rest > 0:
            self._free_at[chat_id] = self.free_at(now, chat_id) + rest
            self._prune(now)

    def answered(self, now: float, chat_id: int | None = None, rest: float = 0.0) -> None:
        """Its answer came, or will not come; it may have arrived only just now."""
        self._under_way -= 1
        self._answered.append(now)
        if chat_id is not None and rest > 0:
            self._free_at[chat_id] = max(self.free_at(now, chat_id), now + rest)

    def free_at(self, now: float, chat_id: int) -> float:
        """The instant from which a delivery may go to this chat, `now` when it may already."""
        return max(self._free_at.get(chat_id, now), now)

    def _prune(self, now: float) -> None:
        if len(self._free_at) > 10_000:
            self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
