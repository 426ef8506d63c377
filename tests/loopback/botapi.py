"""A strict stand-in for Telegram's Bot API on loopback, in threads of its own.

It checks the token, parses entities as Telegram does, holds the documented limits, honours long
polling and offsets, and fails on demand. A test speaks to it as readers do (`say`, `press`) and
looks at what a chat would show (`chat(…).messages`).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Self

from loopback.botchat import (
    Answer,
    Call,
    Chat,
    Fault,
    Message,
    chat_json,
    member_json,
    no,
    user_json,
)
from loopback.bothttp import Server
from loopback.botrules import BadRequestError, Ledger, parse_buttons, parse_text

TOKEN = "1234567:stand-in-token-that-nobody-may-print"


class BotAPI:
    """`with BotAPI() as api:` serves at `api.url`."""

    def __init__(self, token: str = TOKEN, *, methods: frozenset[str] | None = None) -> None:
        self.token = token
        self.methods = methods  # known ones; None: all that are implemented
        self.ledger = Ledger()
        self.enforce = False  # answer violations with 429
        self.webhook = False
        self.username = "munadi_test_bot"
        self.members: dict[int, str] = {}  # what who writes in a chat is there, if not its creator
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.mishap: Callable[[str], Fault | None] | None = None  # at random, beside `fail`
        self._faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self._updates: list[dict[str, Any]] = []
        self._told: dict[int, dict[str, Any]] = {}  # every update there ever was
        self._ids = itertools.count(1)
        self._polls = 0
        self._closed = False
        self._changed = threading.Condition(threading.RLock())
        self._server = Server(self.respond)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return self._server.url

    def stop(self) -> None:
        """Refuse connections from now on; what was said stays to be looked at."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.stop()

    def restart(self) -> None:
        """Serve again at the same address."""
        self._closed = False
        self._server = Server(self.respond, self._server.port)
        self._server.start()

    # -- what a test does ---------------------------------------------------------------------

    def chat(self, chat_id: int, kind: str | None = None) -> Chat:
        """A chat; a new one is private or a group by the sign of its id."""
        kind = kind or ("private" if chat_id > 0 else "supergroup")
        return self.chats.setdefault(chat_id, Chat(chat_id, kind))

    def say(
        self,
        chat_id: int,
        text: str,
        *,
        language: str = "ar",
        kind: str | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
        thread: int | None = None,
    ) -> int:
        """Somebody writes, or an admin in the name of the group; return the update's id."""
        chat = self.chat(chat_id, kind)
        message = self._message_json(chat) | {"text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if reply_to is not None:
            message["reply_to_message"] = self._message_json(chat) | {"message_id": reply_to}
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        if anonymous:
            message["sender_chat"] = chat_json(chat)
        if chat.kind == "channel":
            return self.update({"channel_post": message})
        return self.update({"message": message | {"from": user_json(chat_id, language)}})

    def press(
        self, chat_id: int, data: str, message_id: int | None = None, *, old: bool = False
    ) -> int:
        """Somebody presses a button, of the last message that has it unless told otherwise.

        Of an `old` message Telegram tells nothing but its number.
        """
        chat = self.chat(chat_id)
        if message_id is None:
            message_id = next(m.id for m in reversed(chat.messages) if data in m.data())
        message = self._message_json(chat) | {"message_id": message_id}
        thread = next((m.thread for m in chat.messages if m.id == message_id), None)
        if thread is not None and not old:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        message |= {"date": 0} if old else {"text": "…"}
        query = {
            "id": str(next(self._ids)),
            "from": user_json(chat_id, "ar"),
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return self.update({"callback_query": query})

    def membership(
        self, chat_id: int, old: str, new: str, *, kind: str | None = None, language: str = "ar"
    ) -> int:
        """The bot is added, removed, blocked, unblocked."""
        bot = {"id": int(self.token.split(":")[0]), "is_bot": True, "first_name": "munadi"}
        change = {
            "chat": chat_json(self.chat(chat_id, kind)),
            "from": user_json(abs(chat_id), language),
            "date": int(time.time()),
            "old_chat_member": member_json(old, bot),
            "new_chat_member": member_json(new, bot),
        }
        return self.update({"my_chat_member": change})

    def migrate(self, old: int, new: int) -> int:
        """Telegram tells the old group that it became a supergroup."""
        message = self._message_json(self.chat(old, "group")) | {"migrate_to_chat_id": new}
        return self.update({"message": message})

    def update(self, update: dict[str, Any]) -> int:
        """Hand over an update as it is."""
        with self._changed:
            number = next(self._ids)
            self._told[number] = {"update_id": number} | update
            self._updates.append(self._told[number])
            self._changed.notify_all()
        return number

    def again(self, number: int) -> None:
        """Hand over an update once more, as when its acknowledgement was lost."""
        with self._changed:
            self._updates.insert(0, self._told[number])
            self._changed.notify_all()

    def fail(self, method: str, fault: Fault) -> None:
        """Let the next requests of a method fail, in the order given."""
        with self._changed:
            self._faults[method].append(fault)

    def delete(self, chat_id: int) -> None:
        """The reader deletes the last message of a chat."""
        with self._changed:
            self.chat(chat_id).messages.pop()

    def pending(self) -> list[int]:
        """Updates that were not acknowledged yet."""
        return [update["update_id"] for update in self._updates]

    def sent(self) -> list[Message]:
        """All messages, in order of arrival."""
        found = [message for chat in self.chats.values() for message in chat.messages]
        return sorted(found, key=lambda message: message.id)

    def asked(self, method: str) -> list[Call]:
        """The requests of a method so far."""
        return [call for call in self.calls if call.method == method]

    async def until(self, true: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait until something is true of this stand-in; fail when it is not in time."""
        await asyncio.to_thread(self.wait, true, seconds)

    def wait(self, true: Callable[[], object], seconds: float = 90.0) -> None:
        """`until` for tests without an event loop."""
        with self._changed:
            if not self._changed.wait_for(true, seconds):
                told = [f"{message.chat_id}: {message.text!r}" for message in self.sent()]
                raise AssertionError(f"not so within {seconds} s; sent so far: {told}")

    # -- what the bot sees --------------------------------------------------------------------

    def respond(self, token: str, method: str, params: dict[str, Any]) -> Answer | None:
        """Answer one request."""
        with self._changed:
            if self._closed:
                return None
            self.calls.append(Call(method, params, time.monotonic()))
            self._changed.notify_all()
            if token != self.token:
                return no(401, "Unauthorized")
            handler = getattr(self, f"_{method}", None)
            if handler is None or (self.methods is not None and method not in self.methods):
                return no(404, "Not Found")
            fault = self._fault(method, params)
        if fault is None:
            return self._handled(handler, params)
        return self._failed(fault, method, handler, params)

    def _fault(self, method: str, params: dict[str, Any]) -> Fault | None:
        for fault in self._faults[method]:
            if fault.chat_id is None or str(fault.chat_id) == params.get("chat_id"):
                fault.times -= 1
                if fault.times == 0:
                    self._faults[method].remove(fault)
                return fault
        return None if self.mishap is None else self.mishap(method)

    def _failed(
        self, fault: Fault, method: str, handler: Any, params: dict[str, Any]
    ) -> Answer | None:
        time.sleep(fault.hang_seconds)
        if fault.drop:
            return None
        if fault.body is not None:
            return Answer(fault.code or 200, fault.body)
        if fault.code is None:
            taken = self._handled(handler, params)
            if (fault.lose or fault.cut) and method == "sendMessage":
                with self._changed:
                    self.chat(int(params["chat_id"])).last.answered = False
            if fault.cut and taken is not None:
                return Answer(taken.code, taken.body, cut=True)
            return None if fault.lose else taken
        if fault.location is not None:
            return Answer(fault.code, "", fault.location)
        return no(fault.code, fault.description, fault.parameters)

    def _handled(self, handler: Any, params: dict[str, Any]) -> Answer | None:
        with self._changed:
            try:
                result = handler(params)
            except BadRequestError as error:
                return no(400, f"Bad Request: {error}")
            if isinstance(result, Answer):
                return result
            self._changed.notify_all()
        return None if self._closed else Answer(200, json.dumps({"ok": True, "result": result}))

    def _getMe(self, params: dict[str, Any]) -> Any:  # noqa: N802
        return {
            "id": int(self.token.split(":")[0]),
            "is_bot": True,
            "first_name": "munadi",
            "username": self.username,
        }

    def _getUpdates(self, params: dict[str, Any]) -> Any:  # noqa: N802
        if self.webhook:
            return no(409, "Conflict: can't use getUpdates method while webhook is active")
        if params.get("offset"):
            offset = int(params["offset"])
            self._updates = [u for u in self._updates if u["update_id"] >= offset]
        self._polls += 1
        poll = self._polls
        self._changed.notify_all()
        wait = float(params.get("timeout", 0))
        self._changed.wait_for(lambda: self._updates or self._polls != poll or self._closed, wait)
        if self._polls != poll:
            return no(409, "Conflict: terminated by other getUpdates request")
        return self._updates[: int(params.get("limit", 100))]

    def _sendMessage(self, params: dict[str, Any]) -> Any:  # noqa: N802
        chat = self.chat(int(params["chat_id"]))
        if not self.ledger.message(time.monotonic(), chat.id) and self.enforce:
            return no(429, "Too Many Requests: retry after 3", {"retry_after": 3})
        text, entities = parse_text(params)
        thread = int(params["message_thread_id"]) if "message_thread_id" in params else None
        if thread in chat.lost_threads:
            raise BadRequestError("message thread not found")
        message = Message(
            id=next(self._ids),
            chat_id=chat.id,
            text=text,
            html=params["text"],
            entities=entities,
            buttons=parse_buttons(params),
            reply_to=self._replied(chat, params),
            silent=params.get("disable_notification") == "true",
            at=time.monotonic(),
            thread=thread,
        )
        chat.messages.append(message)
        return self._message_json(chat) | {"message_id": message.id, "text": text}

    def _replied(self, chat: Chat, params: dict[str, Any]) -> int | None:
        """The message replied to; one that is gone is an error unless the sender allows for it."""
        reply = json.loads(params.get("reply_parameters", "{}"))
        wanted: int | None = reply.get("message_id")
        if wanted is None or any(message.id == wanted for message in chat.messages):
            return wanted
        if not reply.get("allow_sending_without_reply"):
            raise BadRequestError("message to be replied not found")
        return None

    def _editMessageText(self, params: dict[str, Any]) -> Any:  # noqa: N802
        chat = self.chat(int(params["chat_id"]))
        if not self.ledger.message(time.monotonic(), chat.id) and self.enforce:
            return no(429, "Too Many Requests: retry after 3", {"retry_after": 3})
        wanted = int(params["message_id"])
        message = next((m for m in chat.messages if m.id == wanted), None)
        if message is None:
            raise BadRequestError("message to edit not found")
        text, entities = parse_text(params)
        buttons = parse_buttons(params)
        if (text, entities, buttons) == (message.text, message.entities, message.buttons):
            raise BadRequestError(
                "message is not modified: specified new message content is the same"
            )
        message.edits.append(message.text)
        message.text, message.html, message.entities = text, params["text"], entities
        message.buttons = buttons
        return self._message_json(chat) | {"message_id": message.id, "text": text}

    def _getChatMember(self, params: dict[str, Any]) -> Any:  # noqa: N802
        chat_id, user_id = int(params["chat_id"]), int(params["user_id"])
        status = self.members.get(chat_id, "creator")
        return member_json(status, user_json(user_id, "ar")) | {"is_anonymous": False}

    def _answerCallbackQuery(self, params: dict[str, Any]) -> Any:  # noqa: N802
        return True

    def _setMyCommands(self, params: dict[str, Any]) -> Any:  # noqa: N802
        return True

    def _deleteWebhook(self, params: dict[str, Any]) -> Any:  # noqa: N802
        self.webhook = False
        return True

    def _message_json(self, chat: Chat) -> dict[str, Any]:
        return {
            "message_id": next(self._ids),
            "date": int(time.time()),
            "chat": chat_json(chat),
        }
