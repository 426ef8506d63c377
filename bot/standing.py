"""How we stand with Telegram: said in one line when it changes, not at every try."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from telegram.error import TelegramError

from bot.line import Refusal

log = logging.getLogger("munadi.bot")

REFUSED = "refuses the token: check MUNADI_TELEGRAM_TOKEN"
SECOND_LISTENER = (
    "says that another process listens with this token: stop it, or commands go astray"
)


def why(error: TelegramError) -> str:
    """The predicate of "Telegram …" for a failure of the connection as a whole."""
    if not isinstance(error, Refusal):
        return f"cannot be reached ({error})"
    if error.code in (401, 404):
        return REFUSED
    if error.code == 409:
        return SECOND_LISTENER
    return f"answers {error}"


@dataclass(slots=True)
class Standing:
    """What is wrong for whom; two loops with one trouble make one line."""

    _wrong: dict[str, str] = field(default_factory=dict)

    def bad(self, who: str, reason: str) -> None:
        """Note why `who` cannot go on, and log a reason nobody gave yet."""
        if reason not in self._wrong.values():
            log.warning("Telegram %s; trying again, what is owed is kept", reason)
        self._wrong[who] = reason

    def good(self, who: str) -> None:
        """Note that `who` got an answer, and log when nobody is left in trouble."""
        if self._wrong.pop(who, None) is not None and not self._wrong:
            log.info("Telegram answers again")
