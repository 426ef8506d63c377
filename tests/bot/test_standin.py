"""The Bot API stand-in is as strict as Telegram, or the other tests prove nothing."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from loopback.botapi import TOKEN, BotAPI
from loopback.botrules import BadRequestError, Ledger, parse_buttons, parse_html, parse_text


def ask(api: BotAPI, method: str, token: str = TOKEN, **params: Any) -> tuple[int, Any]:
    answer = httpx.post(f"{api.url}/bot{token}/{method}", data=params)
    told = answer.json()
    return answer.status_code, told["result"] if told["ok"] else told["description"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("a < b", "Unexpected tag"),
        ("<h1>x</h1>", 'Unsupported start tag "h1"'),
        ("<b>x", "Can't find end tag"),
        ("<b><i>x</b></i>", "Unmatched end tag"),
        ("x</b>", "Unmatched end tag"),
    ],
)
def test_bad_html_is_refused_as_telegram_does(markup: str, reason: str) -> None:
    with pytest.raises(BadRequestError, match=reason):
        parse_html(markup)


def test_html_becomes_text_and_entities() -> None:
    text, entities = parse_html('<b>ا&lt;ب</b> & <a href="https://x.example/?a&amp;b">c</a>')
    assert text == "ا<ب & c"
    assert [(e.kind, text[e.start : e.end], e.url) for e in entities] == [
        ("b", "ا<ب", None),
        ("a", "c", "https://x.example/?a&b"),
    ]


@pytest.mark.parametrize("text", ["", "  ", "x" * 4097, "🕌" * 2049])
def test_lengths_are_held(text: str) -> None:
    with pytest.raises(BadRequestError):
        parse_text({"text": text})


def test_button_data_is_held_to_64_bytes() -> None:
    def markup(data: str) -> dict[str, str]:
        rows = [[{"text": "x", "callback_data": data}]]
        return {"reply_markup": json.dumps({"inline_keyboard": rows})}

    assert parse_buttons(markup("ح" * 32))
    with pytest.raises(BadRequestError):
        parse_buttons(markup("ح" * 33))


@pytest.mark.parametrize(
    ("arrivals", "fine"),
    [
        ([(n / 31, n) for n in range(1, 60)], False),
        ([(n / 29, n) for n in range(1, 60)], True),
        ([(n * 1.0, 1) for n in range(60)], True),
        ([(n * 0.7, 1) for n in range(60)], False),
        ([(n * 3.0, -1) for n in range(60)], True),
        ([(n * 2.8, -1) for n in range(60)], False),
    ],
)
def test_the_ledger_counts_what_is_too_fast(arrivals: list[tuple[float, int]], fine: bool) -> None:
    ledger = Ledger()
    for at, chat in arrivals:
        ledger.message(at, chat)
    assert (ledger.violations == []) == fine


def test_tokens_methods_and_chats_are_checked(api: BotAPI) -> None:
    assert ask(api, "getMe")[1]["username"] == api.username
    assert ask(api, "getMe", token="1:other") == (401, "Unauthorized")
    assert ask(api, "sendPoem") == (404, "Not Found")
    assert ask(api, "sendMessage", chat_id=1, text="<b>x", parse_mode="HTML")[0] == 400
    sent = ask(api, "sendMessage", chat_id=1, text="x")[1]["message_id"]
    edit = {"chat_id": 1, "message_id": sent}
    assert ask(api, "editMessageText", text="y", **edit)[0] == 200
    assert "not modified" in ask(api, "editMessageText", text="y", **edit)[1]
    assert "not found" in ask(api, "editMessageText", chat_id=1, message_id=99, text="y")[1]
    assert api.chat(1).last.edits == ["x"]


def test_updates_wait_and_are_acknowledged_by_their_offset(api: BotAPI) -> None:
    assert ask(api, "getUpdates", timeout=0)[1] == []
    first, second = api.say(1, "a"), api.say(1, "b")
    assert [u["update_id"] for u in ask(api, "getUpdates", limit=1)[1]] == [first]
    assert [u["update_id"] for u in ask(api, "getUpdates")[1]] == [first, second]
    assert [u["update_id"] for u in ask(api, "getUpdates", offset=second)[1]] == [second]
    assert api.pending() == [second]


def test_too_fast_is_answered_with_429_where_that_is_asked_for(api: BotAPI) -> None:
    api.enforce = True
    answers = [ask(api, "sendMessage", chat_id=1, text="x")[0] for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
