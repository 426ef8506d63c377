"""Answers to readers through the real app: owed until sent, whatever fails, and owed once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from loopback.botapi import BotAPI
from loopback.botchat import Fault

from bot import app
from storage.store import Store
from watch.records import Level

ANA, OMAR = 101, 102
GROUP = -100_500

Eventually = Callable[..., Awaitable[None]]


def answers_owed(database: Any) -> int:
    with Store(database) as store:
        return store.answers.owed()


async def test_an_update_is_acknowledged_only_when_its_answer_is_owed(
    api: BotAPI, start: Any, press: Any, database: Any
) -> None:
    running = await start()
    await api.until(lambda: len(api.asked("getUpdates")) > 1)
    with Store(database) as store, store.transaction():  # nobody else can write
        number = api.say(ANA, "/follow aleppo")
        asked = len(api.asked("getUpdates"))
        await api.until(lambda: number in api.pending())
        await running.crash()
        assert len(api.asked("getUpdates")) == asked  # nothing was acknowledged
    await start()
    await api.until(lambda: api.chat(ANA).messages and not api.pending(), 20)
    assert "تتابع الآن" in api.chat(ANA).last.text
    assert press.follows(ANA) == {"aleppo": Level.ABOUT}


async def test_an_update_handed_over_again_is_answered_once(
    api: BotAPI, start: Any, press: Any
) -> None:
    running = await start()
    number = api.say(ANA, "/follow aleppo")
    await api.until(lambda: api.chat(ANA).messages)
    api.again(number)
    await api.until(lambda: not api.pending())
    await running.crash()
    api.again(number)
    await start()
    api.say(ANA, "/topics")
    await api.until(lambda: len(api.chat(ANA).messages) == 2)
    followed, topics = (message.text for message in api.chat(ANA).messages)
    assert "تتابع الآن" in followed
    assert "✅ حلب" in topics


async def test_an_answer_outlives_the_process_that_owed_it(
    api: BotAPI, start: Any, database: Any, eventually: Eventually
) -> None:
    running = await start()
    api.fail("sendMessage", Fault(502, "Bad Gateway"))
    api.say(ANA, "/help")
    await api.until(lambda: api.asked("sendMessage"))
    await running.crash()
    assert answers_owed(database) == 1
    await start()
    await api.until(lambda: api.chat(ANA).messages, 40)
    await eventually(lambda: answers_owed(database) == 0)
    assert len(api.chat(ANA).messages) == 1


async def test_answers_wait_out_an_outage_and_come_in_order(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA)
    await start()
    api.fail("sendMessage", Fault(500, "Internal Server Error", times=2, chat_id=ANA))
    for command in ("/help", "/topics", "/lang"):
        api.say(ANA, command)
    api.say(OMAR, "/help")
    await api.until(lambda: api.chat(OMAR).messages)
    await api.until(lambda: len(api.chat(ANA).messages) == 3, 20)
    first, second, third = (message.text for message in api.chat(ANA).messages)
    assert "/forget" in first
    assert "aleppo" in second
    assert "لغة" in third
    assert api.ledger.violations == []


async def test_an_answer_whose_chat_is_flooded_is_sent_later(api: BotAPI, start: Any) -> None:
    await start()
    flood = {"retry_after": 1}
    api.fail("sendMessage", Fault(429, "Too Many Requests", flood, chat_id=ANA))
    api.say(ANA, "/help")
    await api.until(lambda: api.chat(ANA).messages)
    calls = api.asked("sendMessage")
    assert len(calls) == 2
    assert calls[1].at - calls[0].at >= 1.0


@pytest.mark.parametrize(
    ("fault", "asked", "owed", "paused"),
    [
        (Fault(429, "Too Many Requests", {"retry_after": 86_400}, times=9), 1, 1, None),
        (Fault(403, "Forbidden: bot was blocked by the user", times=9), 1, 0, "Forbidden"),
        (Fault(400, "Bad Request: something new", times=9), 1, 0, None),
        (Fault(lose=True, times=9), 2, 1, None),
    ],
    ids=["flood of a day", "blocked", "refused", "answer always lost"],
)
async def test_what_becomes_of_an_answer_that_cannot_be_sent(
    api: BotAPI,
    start: Any,
    press: Any,
    database: Any,
    eventually: Eventually,
    *,
    fault: Fault,
    asked: int,
    owed: int,
    paused: str | None,
) -> None:
    press.reader(ANA)
    await start()
    fault.chat_id = ANA
    api.fail("sendMessage", fault)
    api.say(ANA, "/help")
    await api.until(lambda: len(api.asked("sendMessage")) == asked)
    await eventually(lambda: answers_owed(database) == owed)
    api.say(OMAR, "/help")
    await api.until(lambda: api.chat(OMAR).messages)
    assert len(api.asked("sendMessage")) == asked + 1
    reason = press.find(ANA).paused
    assert reason is None if paused is None else paused in reason


async def test_an_answer_follows_its_group(api: BotAPI, start: Any, press: Any) -> None:
    press.reader(-55, kind="group")
    await start()
    moved = {"migrate_to_chat_id": GROUP}
    api.fail("sendMessage", Fault(400, "Bad Request: group chat was upgraded", moved))
    api.say(-55, "/follow aleppo", kind="group")
    await api.until(lambda: api.chat(GROUP).messages)
    assert "تتابع الآن" in api.chat(GROUP).last.text
    assert press.follows(GROUP) == {"aleppo": Level.ABOUT}


async def test_a_deleted_account_ends(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    press.reader(OMAR, "aleppo")
    api.fail("sendMessage", Fault(403, "Forbidden: user is deactivated", chat_id=ANA))
    await start()
    press.prints("aleppo")
    await eventually(lambda: press.find(ANA) is None)
    await eventually(lambda: press.owed() == 0)
    assert press.follows(ANA) == {}
    assert len(api.chat(OMAR).messages) == 1


async def test_two_listeners_say_so_once_each_and_deliver_on(
    api: BotAPI,
    start: Any,
    press: Any,
    tmp_path: Path,
    *,
    caplog: pytest.LogCaptureFixture,
    eventually: Eventually,
) -> None:
    caplog.set_level("INFO")
    first = await start()
    second = replace(first, database=tmp_path / "other.db", stop=asyncio.Event(), task=None)
    await second.start()
    polls = len(api.asked("getUpdates"))
    await api.until(lambda: len(api.asked("getUpdates")) > polls + 8, 30)
    press.reader(ANA, "aleppo")
    press.prints("aleppo")
    await api.until(lambda: api.chat(ANA).messages)
    api.say(OMAR, "/help")
    await api.until(lambda: api.chat(OMAR).messages, 20)
    await second.end()
    said = [record.getMessage() for record in caplog.records]
    assert sum("another process listens with this token" in line for line in said) == 2
    assert not [line for line in said if "answers again" in line]


async def test_what_a_killed_bot_held_is_sent_at_once_by_the_only_other(
    api: BotAPI, start: Any, press: Any, database: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    press.prints("aleppo")
    now = datetime.now(UTC)
    with Store(database) as store:
        store.outbox.claim(now, holder="killed", lease_seconds=28, limit=9, terminal=False)
    await start(alone=True)
    await api.until(lambda: api.chat(ANA).messages, 12)


async def test_a_clock_that_is_set_back_stops_nothing(
    api: BotAPI,
    start: Any,
    press: Any,
    *,
    eventually: Eventually,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ahead = [timedelta(hours=3)]
    monkeypatch.setattr(app, "_now", lambda: datetime.now(UTC) + ahead[0])
    press.reader(ANA, "aleppo")
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 2}, chat_id=ANA))
    await start()
    press.prints("aleppo")
    await api.until(lambda: api.asked("sendMessage"))
    await eventually(lambda: press.owed() == 1)
    ahead[0] = timedelta()
    await api.until(lambda: api.chat(ANA).messages)
    assert "the clock was set back" in caplog.text
