"""What the Bot API stand-in keeps and hands out: chats, messages, faults, and Telegram's JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from loopback.botrules import Entity


@dataclass
class Message:
    """A message of the bot as its chat shows it."""

    id: int
    chat_id: int
    text: str  # visible, as a reader sees it
    html: str  # as it was sent
    entities: list[Entity]
    buttons: list[list[dict[str, Any]]]
    reply_to: int | None
    silent: bool
    at: float  # steady seconds
    thread: int | None = None  # the topic of a forum, None: General
    edits: list[str] = field(default_factory=list)  # earlier texts
    answered: bool = True  # False: the answer was lost or cut on its way

    def said(self, kind: str) -> list[str]:
        """The pieces of text that carry this formatting."""
        return [self.text[e.start : e.end] for e in self.entities if e.kind == kind]

    def links(self) -> list[str]:
        """The addresses behind links."""
        return [entity.url for entity in self.entities if entity.url]

    def data(self) -> list[str]:
        """What the buttons send when pressed."""
        return [button["callback_data"] for row in self.buttons for button in row]


@dataclass
class Chat:
    """One chat of the bot."""

    id: int
    kind: str
    messages: list[Message] = field(default_factory=list)
    lost_threads: set[int] = field(default_factory=set)  # topics that were deleted

    @property
    def last(self) -> Message:
        return self.messages[-1]


@dataclass
class Fault:
    """How a request fails. Without a code it is taken first: `lose` then drops the connection."""

    code: int | None = None
    description: str = ""
    parameters: dict[str, Any] | None = None
    body: str | None = None  # instead of JSON
    location: str | None = None
    cut: bool = False  # the answer, in the middle; the message is taken
    lose: bool = False
    drop: bool = False  # the connection, before anything is taken
    hang_seconds: float = 0.0
    chat_id: int | None = None  # only there
    times: int = 1


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    params: dict[str, Any]
    at: float


@dataclass(frozen=True)
class Answer:
    """What goes back over HTTP; None drops the connection."""

    code: int
    body: str
    location: str | None = None
    cut: bool = False


def no(code: int, description: str, parameters: dict[str, Any] | None = None) -> Answer:
    answer = {"ok": False, "error_code": code, "description": description}
    return Answer(code, json.dumps(answer | ({"parameters": parameters} if parameters else {})))


def user_json(user_id: int, language: str) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": "reader", "language_code": language}


def member_json(status: str, user: dict[str, Any]) -> dict[str, Any]:
    extra = {"kicked": {"until_date": 0}, "restricted": {}}.get(status, {})
    return {"status": status, "user": user} | extra


def chat_json(chat: Chat) -> dict[str, Any]:
    """A chat as updates name it."""
    return {"id": chat.id, "type": chat.kind, "title": f"chat {chat.id}"}
