"""Telegram's rules, as documented: the HTML it parses, the lengths it takes, the pace it allows."""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from html import unescape
from typing import Any

TEXT_UNITS = 4096
CALLBACK_BYTES = 64
OVERALL_PER_SECOND = 30
CHAT_BURST = 3  # then one a second
GROUP_PER_MINUTE = 20

_TAGS = frozenset(
    (
        *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del"),
        *("a", "code", "pre", "span", "tg-spoiler", "tg-emoji", "blockquote"),
    )
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?)*)\s*>")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_HREF = re.compile(r"href=(?:\"([^\"]*)\"|'([^']*)')")


class BadRequestError(Exception):
    """A 400, with Telegram's words."""


@dataclass(frozen=True)
class Entity:
    """A piece of formatted text, offsets in characters."""

    kind: str
    start: int
    end: int
    url: str | None = None


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Visible text and entities; refuse what Telegram refuses."""
    text, entities = "", []
    opened: list[tuple[str, int, str | None]] = []
    at = 0
    while at < len(markup):
        if markup[at] == "<":
            tag = _TAG.match(markup, at)
            if tag is None:
                raise BadRequestError(f"can't parse entities: Unexpected tag at byte offset {at}")
            name = tag[2].lower()
            if name not in _TAGS:
                raise BadRequestError(
                    f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {at}'
                )
            if not tag[1]:
                href = _HREF.search(tag[3])
                url = unescape(href[1] or href[2] or "") if href else None
                opened.append((name, len(text), url))
            elif not opened or opened[-1][0] != name:
                raise BadRequestError(
                    f"can't parse entities: Unmatched end tag at byte offset {at}"
                )
            else:
                kind, start, url = opened.pop()
                if start < len(text):
                    entities.append(Entity(kind, start, len(text), url))
            at = tag.end()
        elif reference := _REFERENCE.match(markup, at):
            text += unescape(reference[0])
            at = reference.end()
        else:
            text += markup[at]
            at += 1
    if opened:
        name = opened[-1][0]
        raise BadRequestError(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\""
        )
    return text, sorted(entities, key=lambda entity: entity.start)


def parse_text(params: dict[str, Any]) -> tuple[str, list[Entity]]:
    """The text of a sendMessage or editMessageText, as Telegram would keep it."""
    raw = str(params.get("text", ""))
    if params.get("parse_mode") == "HTML":
        text, entities = parse_html(raw)
    elif params.get("parse_mode") is None:
        text, entities = raw, []
    else:
        raise BadRequestError(f"unsupported parse_mode {params['parse_mode']}")
    if not text.strip():
        raise BadRequestError("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > TEXT_UNITS:
        raise BadRequestError("message is too long")
    return text, entities


def parse_buttons(params: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard, checked."""
    markup = params.get("reply_markup")
    if not markup:
        return []
    rows: list[list[dict[str, Any]]] = json.loads(markup)["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100:
        raise BadRequestError("reply markup is too long")
    for button in buttons:
        data = button.get("callback_data")
        if not button.get("text"):
            raise BadRequestError("text buttons must have a text")
        if data is not None and not 1 <= len(data.encode()) <= CALLBACK_BYTES:
            raise BadRequestError("BUTTON_DATA_INVALID")
    return rows


@dataclass
class Ledger:
    """Counts how often Telegram's limits were broken; instants are steady seconds."""

    violations: list[str] = field(default_factory=list)
    _all: deque[float] = field(default_factory=deque)
    _groups: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)  # tokens, since

    def message(self, now: float, chat_id: int) -> bool:
        """Note a message that arrived; False when it came too fast."""
        before = len(self.violations)
        _window(self._all, now, 1.0)
        if len(self._all) > OVERALL_PER_SECOND:
            self.violations.append(f"{len(self._all)} messages within a second")
        if chat_id < 0:
            _window(self._groups[chat_id], now, 60.0)
            if len(self._groups[chat_id]) > GROUP_PER_MINUTE:
                self.violations.append(f"group {chat_id}: more than 20 within a minute")
        tokens, since = self._chats.get(chat_id, (float(CHAT_BURST), now))
        tokens = min(CHAT_BURST, tokens + now - since) - 1
        if tokens < -1e-6:
            self.violations.append(f"chat {chat_id}: more than one a second")
        self._chats[chat_id] = (max(tokens, 0.0), now)
        return len(self.violations) == before

    def busiest_second(self) -> int:
        """Messages in the second that ended with the last one."""
        return len(self._all)


def _window(times: deque[float], now: float, seconds: float) -> None:
    times.append(now)
    while times[0] <= now - seconds:
        times.popleft()
