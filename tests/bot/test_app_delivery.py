"""From the outbox to the chat, through the real app: every answer of Telegram has its rule."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from loopback.botapi import BotAPI
from loopback.botchat import Fault

from storage.errors import StoreError
from storage.store import Store
from watch.records import Change, Level, Relation

ANA, OMAR, LAYAN = 101, 102, 103
GROUP = -100_500

Eventually = Callable[..., Awaitable[None]]


async def test_an_alert_shows_title_outlet_passage_address_and_topic(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    title = 'مبادرة "بسطة كتب" <b>في</b> حلب & ريفها: x < y'
    press.prints("aleppo", title=title, agency="AFP")
    await api.until(api.sent)
    alert = api.chat(ANA).last
    assert f"\u2067{title}\u2069" in alert.text
    assert "\u2067جريدة الضفة 1\u2069" in alert.text
    assert " · عن أ ف ب · " in alert.text
    assert alert.said("b") == [f"\u2067{title}\u2069", "حلب"]
    assert alert.links() == ["https://paper1.example/news/1?a=1&b=2"]
    assert "بتوقيت دمشق، الآن" in alert.text
    assert "الموضوع: \u2067حلب\u2069" in alert.text
    assert not alert.silent
    await eventually(lambda: press.owed() == 0)


async def test_each_reader_gets_his_language_and_level(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo", language="en")
    press.reader(OMAR, "aleppo", level=Level.MENTION)
    press.reader(LAYAN, "syria-ceasefire")
    await start()
    press.prints("aleppo", level=Level.MENTION)
    press.prints("aleppo")
    await eventually(lambda: press.owed() == 0)
    assert len(api.chat(ANA).messages) == 1
    assert "Topic: \u2066Aleppo\u2069" in api.chat(ANA).last.text
    assert len(api.chat(OMAR).messages) == 2
    assert "(ذِكر)" in api.chat(OMAR).messages[0].text
    assert api.chat(LAYAN).messages == []


async def test_a_second_outlet_edits_the_card_and_does_not_ring(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    first = press.prints("aleppo")
    await api.until(api.sent)
    press.prints("aleppo", relation=Relation.REPRINT, story=first.story)
    await api.until(lambda: api.chat(ANA).last.edits)
    assert len(api.chat(ANA).messages) == 1
    assert "نشرته أيضا: \u2067جريدة الضفة 2\u2069" in api.chat(ANA).last.text
    assert api.chat(ANA).last.links()[1].startswith("https://paper2.example/")
    await eventually(lambda: press.owed() == 0)


async def test_a_follow_up_replies_to_the_old_card(api: BotAPI, start: Any, press: Any) -> None:
    press.reader(ANA, "aleppo")
    await start()
    first = press.prints("aleppo")
    await api.until(api.sent)
    press.prints("aleppo", relation=Relation.FOLLOW_UP, follows=first.story)
    await api.until(lambda: len(api.sent()) == 2)
    card, follow_up = api.chat(ANA).messages
    assert follow_up.reply_to == card.id
    assert follow_up.text.startswith("\u200fمتابعة لخبر سابق")


async def test_a_new_toll_edits_the_card_and_rings_in_a_short_reply(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    first = press.prints("aleppo")
    await api.until(api.sent)
    toll = (Change(before="27", now="30", toll=True),)
    press.prints("aleppo", relation=Relation.UPDATE, story=first.story, changes=toll)
    await eventually(lambda: press.owed() == 0)
    card, reply = api.chat(ANA).messages
    assert (reply.reply_to, reply.silent) == (card.id, False)
    assert "الحصيلة: 27 ← 30" in reply.text
    assert "الحصيلة: 27 ← 30" in card.text
    assert len(card.edits) == 1


async def test_an_alert_leaves_within_two_seconds_of_its_record(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    await api.until(lambda: api.asked("getUpdates"))
    press.prints("aleppo")
    await api.until(api.sent)
    waits = []
    for number in (2, 3):
        owed_at = time.monotonic()
        press.prints("aleppo")
        await api.until(lambda number=number: len(api.sent()) == number)
        waits.append(api.sent()[-1].at - owed_at)
    assert max(waits) < 2.0  # one a second in this chat is part of it


@pytest.mark.parametrize(
    "fault",
    [
        Fault(403, "Forbidden: bot was blocked by the user"),
        Fault(400, "Bad Request: chat not found"),
    ],
    ids=lambda fault: fault.description,
)
async def test_a_reader_who_is_gone_is_paused_and_keeps_his_topics(
    api: BotAPI, start: Any, press: Any, eventually: Eventually, fault: Fault
) -> None:
    press.reader(ANA, "aleppo")
    fault.times = 1
    api.fail("sendMessage", fault)
    await start()
    press.prints("aleppo")
    await eventually(lambda: press.find(ANA).paused)
    assert fault.description.split(": ")[1] in press.find(ANA).paused
    assert press.follows(ANA) == {"aleppo": Level.ABOUT}
    press.prints("aleppo")
    assert press.owed() == 0
    assert len(api.asked("sendMessage")) == 1


async def test_a_group_that_moved_gets_its_alert_at_the_new_address(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(-55, "aleppo", kind="group")
    moved = {"migrate_to_chat_id": GROUP}
    api.fail(
        "sendMessage",
        Fault(400, "Bad Request: group chat was upgraded to a supergroup chat", moved),
    )
    await start()
    press.prints("aleppo")
    await api.until(lambda: api.chat(GROUP).messages)
    await eventually(lambda: press.owed() == 0)
    assert press.follows(GROUP) == {"aleppo": Level.ABOUT}


async def test_a_flooded_chat_waits_and_delays_nobody_else(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo")
    press.reader(OMAR, "aleppo")
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 2}, chat_id=ANA))
    await start()
    press.prints("aleppo")
    await api.until(lambda: len(api.sent()) == 2, 15)
    refused = next(c.at for c in api.asked("sendMessage") if c.params["chat_id"] == str(ANA))
    assert api.chat(ANA).last.at - refused >= 2.0
    assert api.chat(OMAR).last.at - refused < 1.5


async def test_a_flood_of_a_day_parks_one_chat_only(
    api: BotAPI, start: Any, press: Any, database: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    press.reader(OMAR, "aleppo")
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 10**6}, chat_id=ANA))
    await start()
    press.prints("aleppo")
    await api.until(lambda: api.chat(OMAR).messages)
    press.prints("aleppo")
    await api.until(lambda: len(api.chat(OMAR).messages) == 2)
    assert api.chat(ANA).messages == []
    await eventually(lambda: press.owed() == 2)
    tomorrow = datetime.now(UTC) + timedelta(days=1, minutes=1)
    with Store(database) as store:
        claimed = store.outbox.claim(
            tomorrow, holder="test", lease_seconds=9, limit=9, terminal=False
        )
        assert claimed == []  # a day late, both come as one catch-up
        assert (store.summaries.held(ANA), store.summaries.held(OMAR)) == (2, 0)


async def test_a_second_flooded_chat_parks_everything(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    for chat in (ANA, OMAR, LAYAN):
        press.reader(chat, "aleppo")
    for chat in (ANA, OMAR):
        api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 2}, chat_id=chat))
    api.fail("sendMessage", Fault(hang_seconds=0.5, chat_id=LAYAN))
    await start()
    press.prints("aleppo")
    await api.until(lambda: api.chat(LAYAN).messages)
    refused = max(c.at for c in api.asked("sendMessage") if c.params["chat_id"] != str(LAYAN))
    press.prints("aleppo")
    await eventually(lambda: press.owed() == 0, 15)
    later = [message for message in api.sent() if message.at > refused + 0.8]
    assert len(later) == 5
    assert min(message.at for message in later) - refused > 1.5


async def test_a_text_that_telegram_cannot_read_is_sent_plain(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    api.fail("sendMessage", Fault(400, "Bad Request: can't parse entities: nonsense"))
    await start()
    press.prints("aleppo")
    await api.until(api.sent)
    alert = api.chat(ANA).last
    assert "ترميم سوق حلب" in alert.text
    assert "https://paper1.example/news/1?a=1&b=2" in alert.text
    assert alert.entities == []
    await eventually(lambda: press.owed() == 0)


async def test_what_telegram_will_never_take_is_not_tried_again(
    api: BotAPI, start: Any, press: Any, eventually: Eventually, caplog: pytest.LogCaptureFixture
) -> None:
    press.reader(ANA, "aleppo")
    api.fail("sendMessage", Fault(400, "Bad Request: a reason of its own"))
    await start()
    press.prints("aleppo")
    await eventually(lambda: press.owed() == 0)
    assert len(api.asked("sendMessage")) == 1
    assert "a reason of its own" in caplog.text
    assert press.find(ANA).paused is None


async def test_an_edit_that_cannot_be_made_ends_quietly(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    api.fail("editMessageText", Fault(400, "Bad Request: message to edit not found"))
    await start()
    first = press.prints("aleppo")
    await api.until(api.sent)
    press.prints("aleppo", relation=Relation.REPRINT, story=first.story)
    await api.until(lambda: api.asked("editMessageText"))
    await eventually(lambda: press.owed() == 0)
    press.prints("aleppo")
    await api.until(lambda: len(api.sent()) == 2)  # the chat goes on
    assert len(api.asked("editMessageText")) == 1
    assert press.find(ANA).paused is None


@pytest.mark.parametrize(
    ("fault", "messages"),
    [
        (Fault(500, "Internal Server Error"), 1),
        (Fault(drop=True), 1),
        (Fault(body="surely not JSON"), 1),
        (Fault(lose=True), 2),  # the one window in which a reader may get something twice
    ],
    ids=["500", "dropped", "not JSON", "answer lost"],
)
async def test_a_send_that_failed_is_made_again(
    api: BotAPI, start: Any, press: Any, eventually: Eventually, *, fault: Fault, messages: int
) -> None:
    press.reader(ANA, "aleppo")
    fault.times = 1
    api.fail("sendMessage", fault)
    await start()
    press.prints("aleppo")
    await eventually(lambda: press.owed() == 0)
    assert len(api.sent()) == messages
    assert len(api.asked("sendMessage")) == 2


async def test_an_answer_that_is_always_lost_is_repeated_once_in_half_a_minute(
    api: BotAPI, start: Any, press: Any, database: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    api.fail("sendMessage", Fault(lose=True, times=9))
    await start()
    press.prints("aleppo")
    await api.until(lambda: len(api.asked("sendMessage")) == 2)
    soon = datetime.now(UTC) + timedelta(seconds=25)
    with Store(database) as store:
        await eventually(lambda: press.owed() == 1)
        assert not store.outbox.claim(soon, holder="test", lease_seconds=9, limit=9, terminal=False)


async def test_an_outage_keeps_everything_and_says_so_once(
    api: BotAPI, start: Any, press: Any, eventually: Eventually, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for chat in (ANA, OMAR, LAYAN):
        press.reader(chat, "aleppo")
    await start()
    press.prints("aleppo")
    await api.until(lambda: len(api.sent()) == 3)
    api.stop()
    press.prints("aleppo")
    press.prints("aleppo")
    await eventually(lambda: "cannot be reached" in caplog.text)
    assert press.owed() == 6
    await eventually(lambda: "6 owed since " in caplog.text)
    api.restart()
    await eventually(lambda: press.owed() == 0, 20)
    assert len(api.sent()) == 9
    await eventually(lambda: "Telegram answers again" in caplog.text)
    told = [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert len({record.getMessage() for record in told}) == len(told)


async def test_telegram_unreachable_from_the_start_is_no_reason_not_to_start(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    api.stop()
    await start()
    press.prints("aleppo")
    api.restart()
    api.say(ANA, "/topics")
    await api.until(lambda: len(api.sent()) == 2, 20)


async def test_an_orderly_stop_gives_back_what_was_claimed(
    api: BotAPI, start: Any, press: Any, database: Any
) -> None:
    for chat in range(1, 46):
        press.reader(chat, "aleppo")
    running = await start()
    press.prints("aleppo")
    await api.until(api.sent)
    began = time.monotonic()
    assert await running.end() == 0
    assert time.monotonic() - began < 3.0
    left = press.owed()
    assert left > 0
    assert len(api.sent()) + left == 45
    await start()
    await api.until(lambda: len({message.chat_id for message in api.sent()}) == 45)
    assert len(api.sent()) == 45
    assert api.ledger.violations == []


async def test_a_stop_does_not_wait_for_an_answer_that_does_not_come(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    api.fail("sendMessage", Fault(hang_seconds=20.0))
    running = await start()
    press.prints("aleppo")
    await api.until(lambda: api.asked("sendMessage"))
    assert await running.end() == 0
    assert press.owed() == 1
    await start()
    await api.until(api.sent)
    await eventually(lambda: press.owed() == 0)


async def test_two_bots_on_one_database_send_each_alert_once(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    for chat in range(1, 41):
        press.reader(chat, "aleppo")
    await asyncio.gather(start(), start())
    press.prints("aleppo")
    await eventually(lambda: press.owed() == 0)
    assert sorted(message.chat_id for message in api.sent()) == list(range(1, 41))


async def test_who_forgets_us_while_an_alert_is_under_way_costs_nobody_his(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo")
    press.reader(OMAR, "gaza")
    api.fail("sendMessage", Fault(hang_seconds=1.2, chat_id=ANA))
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 2}, chat_id=OMAR))
    await start()
    press.prints("aleppo")
    await api.until(lambda: api.asked("sendMessage"))
    api.say(ANA, "/forget yes")
    await api.until(lambda: len(api.asked("sendMessage")) == 2)
    assert press.find(ANA) is None
    press.prints("gaza")
    await api.until(lambda: api.chat(OMAR).messages)


async def test_a_locked_database_delays_and_loses_nothing(
    api: BotAPI,
    start: Any,
    press: Any,
    database: Any,
    *,
    eventually: Eventually,
    caplog: pytest.LogCaptureFixture,
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    press.prints("aleppo")
    await api.until(lambda: api.asked("sendMessage"))
    with Store(database) as store, store.transaction():
        api.say(OMAR, "/follow aleppo")
        await eventually(lambda: "a command waits for the database" in caplog.text, 20)
        assert len(api.sent()) == 1
    await eventually(lambda: press.owed() == 0)
    await api.until(lambda: api.chat(OMAR).messages)
    assert len(api.chat(ANA).messages) == 1
    assert press.follows(OMAR) == {"aleppo": Level.ABOUT}


async def test_a_database_that_is_none_is_said_at_once(start: Any, database: Any) -> None:
    database.write_text("surely no database, only a long enough line of text " * 20)
    with pytest.raises(StoreError):
        await start()
