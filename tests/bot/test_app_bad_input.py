"""What no outlet and no reader should do, and does: it never costs more than one message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from loopback.botapi import BotAPI
from loopback.botchat import Fault

from storage.store import Store
from watch.records import Change, Relation

ANA, OMAR, NOBODY = 101, 102, 999

Eventually = Callable[..., Awaitable[None]]


@pytest.mark.parametrize(
    "bad",
    [
        {"text": "🕌" * 4096},
        {"title": "حلب " * 750},
        {"title": "\u202eحلب\u2067 سوق\u2066 <b>"},
        {"title": "\u2069\u2069حلب\u202c", "text": "\u2067" * 500 + "في حلب"},
        {"outlet": "\u202e" * 300, "agency": "<i>" * 90},
        {"url": "javascript:alert(1)"},
    ],
    ids=["emoji", "long title", "marks left open", "marks never opened", "outlet", "address"],
)
async def test_a_hostile_article_is_one_message_that_telegram_takes(
    api: BotAPI, start: Any, press: Any, eventually: Eventually, *, bad: dict[str, str]
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    press.prints("aleppo", **bad)
    press.prints("aleppo")
    await eventually(lambda: press.owed() == 0)
    assert len(api.chat(ANA).messages) == 2
    assert len(api.asked("sendMessage")) == 2  # neither was refused, none had to be sent plain
    assert api.chat(ANA).messages[0].entities


async def test_a_chat_that_never_existed_delays_nobody(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(NOBODY, "aleppo")
    press.reader(ANA, "aleppo")
    api.fail("sendMessage", Fault(400, "Bad Request: chat not found", chat_id=NOBODY, times=9))
    await start()
    for _ in range(3):
        press.prints("aleppo")
    await eventually(lambda: press.owed() == 0)
    assert len(api.chat(ANA).messages) == 3
    assert sum(call.params["chat_id"] == str(NOBODY) for call in api.asked("sendMessage")) == 1


async def test_fifty_thousand_deliveries_to_one_dead_chat_end_with_the_first(
    api: BotAPI, start: Any, press: Any, database: Any, *, eventually: Eventually
) -> None:
    press.reader(NOBODY, "aleppo")
    press.reader(ANA, "aleppo")
    first = press.prints("aleppo")
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    with Store(database) as store, store.transaction():
        store._connection.many(
            "INSERT INTO stories (id, first_seen) VALUES (?, ?)",
            [(first.story + number, now) for number in range(1, 50_000)],
        )
        store._connection.many(
            """INSERT INTO deliveries (chat_id, story, kind, article, owed_at)
            SELECT ?, ?, 'alert', min(id), ? FROM articles""",
            [(NOBODY, first.story + number, now) for number in range(1, 50_000)],
        )
    blocked = Fault(403, "Forbidden: bot was blocked by the user", chat_id=NOBODY, times=10**6)
    api.fail("sendMessage", blocked)
    await start()
    await eventually(lambda: press.owed() == 0, 30)
    assert len(api.chat(ANA).messages) == 1
    assert sum(call.params["chat_id"] == str(NOBODY) for call in api.asked("sendMessage")) == 1


async def test_a_card_that_its_reader_deleted_is_neither_edited_nor_missed(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    first = press.prints("aleppo")
    await api.until(lambda: api.chat(ANA).messages)
    await eventually(lambda: press.owed() == 0)
    api.delete(ANA)
    toll = (Change(before="27", now="30", toll=True),)
    press.prints("aleppo", relation=Relation.UPDATE, story=first.story, changes=toll)
    await eventually(lambda: press.owed() == 0)
    (reply,) = api.chat(ANA).messages  # the changed fact rings, though there is no card to reply to
    assert "27 ← 30" in reply.text
    assert reply.reply_to is None
    assert len(api.asked("editMessageText")) == 1
