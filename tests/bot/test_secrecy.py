"""The token and what readers wrote are in no log, whatever goes wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
from loopback.botapi import TOKEN, BotAPI
from loopback.botchat import Fault

from bot import listen
from bot.secrecy import Redact, hush

SECRET = TOKEN.split(":")[1]


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "telegram")}
    filters = {handler: list(handler.filters) for handler in logging.getLogger().handlers}
    caplog.set_level(logging.DEBUG)
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    for handler, kept in filters.items():
        handler.filters = kept


FAULTS = [
    Fault(401, "Unauthorized"),
    Fault(500, "Internal Server Error"),
    Fault(drop=True),
    Fault(lose=True),
    Fault(body="no JSON"),
    Fault(302, location="http://127.0.0.1:9/"),
    Fault(403, "Forbidden: bot was blocked by the user"),
]


async def test_nothing_prints_the_token_or_a_readers_words(
    api: BotAPI,
    start: Any,
    press: Any,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    *,
    eventually: Callable[..., Awaitable[None]],
) -> None:
    for chat in range(1, 8):
        press.reader(chat, "aleppo")
    for chat, fault in enumerate(FAULTS, 1):
        fault.chat_id = chat
        api.fail("sendMessage", fault)
    api.fail("getMe", Fault(drop=True))
    api.fail("getUpdates", Fault(502, "Bad Gateway"))
    api.fail("setMyCommands", Fault(body="{"))
    running = await start()
    press.prints("aleppo")
    api.say(50, "/follow كلام لا يخص أحدا")
    await api.until(lambda: len(api.asked("sendMessage")) >= 9, 20)
    api.stop()
    press.prints("aleppo")
    await eventually(lambda: "(ConnectError)" in caplog.text)
    await running.end()
    said = caplog.text + running.output.getvalue() + "".join(capfd.readouterr())
    assert SECRET not in said
    assert "كلام لا يخص" not in said
    assert len(caplog.records) > 3


@pytest.mark.parametrize("answer", [401, 404])
async def test_a_wrong_token_is_one_clear_line_and_the_service_stays(
    api: BotAPI, start: Any, press: Any, caplog: pytest.LogCaptureFixture, *, answer: int
) -> None:
    wrong = "7654321:a-token-nobody-may-print"
    press.reader(1, "aleppo")
    running = await start(token=wrong)
    press.prints("aleppo")
    await api.until(lambda: len(api.asked("getMe")) >= 3)
    lines = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert len(lines) == 1
    assert lines[0].startswith("Telegram refuses the token: check MUNADI_TELEGRAM_TOKEN")
    assert press.owed() == 1
    assert not running.task.done()
    assert "nobody-may-print" not in caplog.text


async def test_a_token_that_works_again_delivers_what_was_owed(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(1, "aleppo")
    api.fail("sendMessage", Fault(401, "Unauthorized"))
    api.fail("getMe", Fault(401, "Unauthorized", times=3))
    await start()
    press.prints("aleppo")
    await api.until(api.sent, 20)


async def test_a_second_listener_is_one_clear_line(
    api: BotAPI,
    start: Any,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    eventually: Callable[..., Awaitable[None]],
) -> None:
    monkeypatch.setattr(listen, "PEACE_SECONDS", 0.5)
    conflict = "Conflict: terminated by other getUpdates request"
    api.fail("getUpdates", Fault(409, conflict, times=2))
    await start()
    api.say(1, "/help")
    await api.until(api.sent)
    lines = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert len(lines) == 1
    assert "another process listens with this token" in lines[0]
    await eventually(lambda: "Telegram answers again" in caplog.text)


async def test_a_webhook_left_behind_is_taken_away(api: BotAPI, start: Any) -> None:
    api.webhook = True
    await start()
    api.say(1, "/help")
    await api.until(api.sent)
    assert len(api.asked("deleteWebhook")) == 1


def test_redacting_covers_arguments_and_tracebacks() -> None:
    redact = Redact(TOKEN)
    try:
        raise ValueError(f"https://api.example/bot{TOKEN}/getMe")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "at %s", (f"bot{TOKEN}",), info)
    assert redact.filter(record)
    formatted = logging.Formatter().format(record)
    assert SECRET not in formatted
    assert "<token>" in formatted
    assert "ValueError" in formatted


def test_hush_keeps_httpx_quiet_about_addresses(caplog: pytest.LogCaptureFixture) -> None:
    hush(TOKEN)
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    httpx.Client(transport=transport).get(f"https://api.example/bot{TOKEN}/getMe")
    assert SECRET not in caplog.text


async def test_a_server_that_knows_little_is_enough(
    database: Any, topics: Any, start: Any, press: Any
) -> None:
    few = frozenset({"getMe", "getUpdates", "sendMessage", "editMessageText"})
    with BotAPI(methods=few) as api:
        running = await start(at=api.url)
        api.say(1, "/follow aleppo")
        await api.until(api.sent)
        api.press(1, "all:aleppo")
        await api.until(lambda: api.chat(1).last.edits)
        press.prints("aleppo")
        await api.until(lambda: len(api.sent()) == 2)
        await running.end()


async def test_ready_is_said_even_if_telegram_hangs(api: BotAPI, start: Any) -> None:
    api.fail("getMe", Fault(hang_seconds=3.0))
    running = await asyncio.wait_for(start(), 2.0)
    assert await running.end() == 0
