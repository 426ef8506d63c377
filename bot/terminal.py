"""The same alerts in a terminal, for the built-in reader, when there is no Telegram token."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from rich.console import Console
from rich.text import Text

from bot.sender import Outgoing
from storage.outbox import Later, Outcome, Sent

GONE_SECONDS = 60.0
_STYLES = {"b": "bold", "i": "italic", "code": "cyan"}
# Few terminals obey direction marks; the others show them as boxes.
_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")


@dataclass(slots=True)
class TerminalSender:
    """Prints messages; an edited one is printed again under its number."""

    console: Console
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def send(self, message: Outgoing) -> Outcome:
        """Print the alert; a console that cannot be written to is tried again later.

        Rich answers a broken pipe by leaving the program and saying nothing more; munadi stays.
        """
        if self.console.quiet:
            return Later(GONE_SECONDS, "the terminal is gone")
        number = message.edits or next(self._numbers)
        head = f"── {number}" + (" ↻" if message.edits else "") + " " + "─" * 40
        try:
            self.console.print(Text(head, style="dim"), soft_wrap=True)
            self.console.print(styled(message.html), soft_wrap=True)
            self.console.print()
        except (OSError, SystemExit) as error:
            return Later(GONE_SECONDS, f"the terminal cannot be written to ({error!r})")
        return Sent(number)

    async def trouble(self) -> str | None:
        """A terminal has no connection to lose."""
        return None


def styled(html: str) -> Text:
    """Telegram's HTML as styled text, each address written out behind its link."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._open: list[tuple[str, str]] = []  # tag and address

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            _, address = self._open.pop()
            if address:
                self.text.append(f" {address}", style="blue underline")

    def handle_data(self, data: str) -> None:
        styles = [_STYLES[tag] for tag, _ in self._open if tag in _STYLES]
        self.text.append(_MARKS.sub("", data), style=" ".join(styles))
