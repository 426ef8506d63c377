"""Every answer Telegram gives, and what it means for a message: one row each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from loopback.botapi import TOKEN, BotAPI
from loopback.botchat import Fault
from telegram import Bot

from bot import sender as sending
from bot.line import CONNECT_SECONDS, Line
from bot.sender import Outgoing, TelegramSender
from storage.outbox import Gone, Later, Moved, Outcome, Refused, Sent, Unknown

ANA = 101


@pytest.fixture
async def sender(api: BotAPI) -> AsyncIterator[TelegramSender]:
    line, idle = Line(4), Line(1)
    yield TelegramSender(
        Bot(TOKEN, base_url=f"{api.url}/bot", request=line, get_updates_request=idle)
    )
    await line.shutdown()
    await idle.shutdown()


def flood(parameters: Any) -> Fault:
    return Fault(429, "Too Many Requests: retry after 9", parameters)


ANSWERS: list[tuple[Fault, Outcome]] = [
    (flood({"retry_after": 9}), Later(9.0, "flood control")),
    (flood({"retry_after": -1}), Later(5.0, "flood control")),
    (flood({"retry_after": "soon"}), Later(5.0, "flood control")),
    (flood({"retry_after": 10**7}), Later(86_400.0, "flood control")),
    (flood(None), Later(5.0, "flood control")),
    (
        Fault(403, "Forbidden: bot was blocked by the user"),
        Gone("Forbidden: bot was blocked by the user"),
    ),
    (
        Fault(403, "Forbidden: user is deactivated"),
        Gone("Forbidden: user is deactivated", ended=True),
    ),
    (
        Fault(403, "Forbidden: bot was kicked from the supergroup chat"),
        Gone("Forbidden: bot was kicked from the supergroup chat"),
    ),
    (
        Fault(403, "Forbidden: bot is not a member of the channel chat"),
        Gone("Forbidden: bot is not a member of the channel chat"),
    ),
    (Fault(400, "Bad Request: chat not found"), Gone("Bad Request: chat not found")),
    (Fault(400, "Bad Request: PEER_ID_INVALID"), Gone("Bad Request: PEER_ID_INVALID")),
    (
        Fault(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1001}),
        Moved(-1001),
    ),
    (Fault(400, "Bad Request: something new"), Refused("Bad Request: something new")),
    (Fault(413, "Request Entity Too Large"), Refused("Request Entity Too Large")),
    (Fault(401, "Unauthorized"), Later(1.0, "the token is refused", chat_only=False)),
    (Fault(404, "Not Found"), Later(1.0, "the token is refused", chat_only=False)),
    (Fault(500, "Internal Server Error"), Later(1.0, "500 Internal Server Error")),
    (Fault(502, body="<html>"), Later(1.0, "502 not Telegram's answer")),
    (Fault(409, "Conflict"), Later(1.0, "409 Conflict")),
    (
        Fault(302, location="http://127.0.0.1:9/"),
        Later(1.0, "redirected (302)", chat_only=False),
    ),
    (Fault(drop=True), Unknown("RemoteProtocolError")),
    (Fault(body="surely not JSON"), Unknown("an answer that is not Telegram's (200)")),
    (Fault(body='"a string"'), Unknown("an answer that is not Telegram's (200)")),
    (Fault(body='{"ok": false}'), Later(1.0, "500 no reason given")),
]


@pytest.mark.parametrize(("fault", "outcome"), ANSWERS, ids=lambda x: str(x)[:70])
async def test_each_answer_has_its_outcome(
    api: BotAPI, sender: TelegramSender, *, fault: Fault, outcome: Outcome
) -> None:
    fault.times = 1
    api.fail("sendMessage", fault)
    assert await sender.send(Outgoing(chat_id=ANA, html="<b>خبر</b>")) == outcome
    assert api.sent() == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(lose=True),
        Fault(cut=True),
        Fault(body='{"ok": true}'),
        Fault(body='{"ok": true, "result": {}}'),
    ],
    ids=["lost", "cut", "no result", "an empty result"],
)
async def test_an_answer_lost_on_its_way_may_be_a_message(
    api: BotAPI, sender: TelegramSender, fault: Fault
) -> None:
    fault.times = 1
    api.fail("sendMessage", fault)
    assert isinstance(await sender.send(Outgoing(chat_id=ANA, html="x")), Unknown)
    assert len(api.sent()) == (fault.body is None)


@pytest.mark.parametrize(
    ("description", "outcome"),
    [
        ("Bad Request: message is not modified: it is the same", Sent(7)),
        (
            "Bad Request: message to edit not found",
            Refused("Bad Request: message to edit not found"),
        ),
        ("Bad Request: message can't be edited", Refused("Bad Request: message can't be edited")),
    ],
)
async def test_each_answer_to_an_edit_has_its_outcome(
    api: BotAPI, sender: TelegramSender, *, description: str, outcome: Outcome
) -> None:
    api.fail("editMessageText", Fault(400, description))
    assert await sender.send(Outgoing(chat_id=ANA, html="x", edits=7)) == outcome


async def test_a_message_arrives_with_its_reply_and_without_a_preview(
    api: BotAPI, sender: TelegramSender
) -> None:
    await sender.send(Outgoing(chat_id=ANA, html="x"))
    card = api.chat(ANA).last.id
    outcome = await sender.send(
        Outgoing(chat_id=ANA, html="<b>خبر</b>", reply_to=card, silent=True)
    )
    message = api.chat(ANA).last
    assert outcome == Sent(message.id)
    assert (message.reply_to, message.silent, message.said("b")) == (card, True, ["خبر"])
    params = api.asked("sendMessage")[1].params
    assert "true" in params["link_preview_options"]
    assert "allow_sending_without_reply" in params["reply_parameters"]


@pytest.mark.parametrize("html", ["<b>open", "&" * 5000, "<i>" + "🕌" * 3000 + "</i>"])
async def test_what_telegram_cannot_parse_or_hold_is_sent_plain_and_cut(
    api: BotAPI, sender: TelegramSender, html: str
) -> None:
    assert isinstance(await sender.send(Outgoing(chat_id=ANA, html=html)), Sent)
    assert api.chat(ANA).last.entities == []


async def test_a_text_that_is_too_long_even_plain_is_refused(
    api: BotAPI, sender: TelegramSender
) -> None:
    api.fail("sendMessage", Fault(400, "Bad Request: message is too long", times=2))
    outcome = await sender.send(Outgoing(chat_id=ANA, html="x"))
    assert outcome == Refused("Bad Request: message is too long")


async def test_nobody_there_is_no_message_lost(api: BotAPI, sender: TelegramSender) -> None:
    api.stop()
    outcome = await sender.send(Outgoing(chat_id=ANA, html="x"))
    assert outcome == Later(1.0, "ConnectError", chat_only=False)
    assert CONNECT_SECONDS < sending.SEND_SECONDS


async def test_an_answer_that_takes_too_long_is_unknown(
    api: BotAPI, sender: TelegramSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SEND_SECONDS", 0.2)
    api.fail("sendMessage", Fault(hang_seconds=1.0))
    outcome = await sender.send(Outgoing(chat_id=ANA, html="x"))
    assert outcome == Unknown("no answer in 0.2 s")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault(401, "Unauthorized"), "refuses the token: check MUNADI_TELEGRAM_TOKEN"),
        (Fault(502, "Bad Gateway"), "answers 502 Bad Gateway"),
        (Fault(drop=True), "cannot be reached (RemoteProtocolError)"),
        (Fault(429, "Too Many Requests", {"retry_after": 3}), None),
    ],
)
async def test_trouble_is_told_from_flooding(
    api: BotAPI, sender: TelegramSender, *, fault: Fault, told: str | None
) -> None:
    fault.times = 1
    api.fail("getMe", fault)
    assert await sender.trouble() == told
    assert await sender.trouble() is None


async def test_an_address_that_is_none_is_said_without_it() -> None:
    bot = Bot(TOKEN, base_url="http://[broken/bot", request=Line(1), get_updates_request=Line(1))
    outcome = await TelegramSender(bot).send(Outgoing(chat_id=ANA, html="x"))
    assert isinstance(outcome, Later)
    assert TOKEN not in outcome.reason
