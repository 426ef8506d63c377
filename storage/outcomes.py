"""What becomes of a send, in Telegram's words or for want of them."""

from __future__ import annotations

from dataclasses import dataclass

FLOOD = "flood control"  # the reason of a `Later` that Telegram itself asked for


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: flood control, an outage. `chat_only` parks this chat, else everything waits."""

    seconds: float
    reason: str
    chat_only: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer came: Telegram may have it. Sent once more, then counted as a possible repeat."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """This reader cannot be reached: blocked, kicked, chat not found.

    `ended`: nor ever again, the account was deleted.
    """

    reason: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message."""

    reason: str


Outcome = Sent | Later | Unknown | Gone | Moved | Refused
