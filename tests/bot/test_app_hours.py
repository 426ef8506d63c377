"""Quiet hours, digests, limits and mutes as Telegram and its readers see them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from loopback.botapi import BotAPI

from storage.hours import Hours
from storage.store import Store
from watch.records import Change, Relation

ANA, OMAR = 101, 102
ALL_DAY = Hours(time(0, 0), time(23, 59))

Eventually = Callable[..., Awaitable[None]]


def a_zone(hour: int) -> ZoneInfo:
    """A zone in which it is about this hour now."""
    behind = (datetime.now(UTC).hour - hour + 12) % 24 - 12
    return ZoneInfo(f"Etc/GMT{behind:+d}")


async def test_a_night_is_told_in_the_morning_in_one_silent_message(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    with Store(press.database) as store:
        store.preferences.be_quiet(ANA, ALL_DAY, a_zone(12))
    await start()
    for _ in range(3):
        press.prints("aleppo")
    await eventually(lambda: press.owed() == 0)
    assert api.sent() == []
    with Store(press.database) as store:
        store.preferences.be_quiet(ANA, None)
    await api.until(api.sent)
    (summary,) = api.chat(ANA).messages
    assert summary.silent
    assert summary.text.startswith("\u200f☀️ في ساعات هدوئك: 3 أخبار")
    assert [url.rpartition("/")[0] for url in summary.links()] == [
        f"https://paper{number}.example/news" for number in (1, 2, 3)
    ]
    press.prints("aleppo")
    await api.until(lambda: len(api.sent()) == 2)
    assert not api.sent()[1].silent


async def test_only_first_alerts_and_changed_facts_ring(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo")
    press.reader(OMAR, "aleppo")
    with Store(press.database) as store:
        store.preferences.mute(OMAR, datetime.now(UTC) + timedelta(hours=1), "aleppo")
    await start()
    first = press.prints("aleppo")
    await api.until(lambda: len(api.sent()) == 2)
    toll = (Change(before="27", now="30", toll=True),)
    press.prints("aleppo", relation=Relation.UPDATE, story=first.story, changes=toll)
    await api.until(lambda: len(api.sent()) == 4)
    api.say(ANA, "/help")
    await api.until(lambda: len(api.chat(ANA).messages) == 3)
    assert [message.silent for message in api.chat(ANA).messages] == [False, False, True]
    assert [message.silent for message in api.chat(OMAR).messages] == [True, True]


async def test_an_outage_of_half_a_day_ends_in_one_catch_up(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo")
    for hours in (9, 8, 7):
        press.prints("aleppo", first_seen=datetime.now(UTC) - timedelta(hours=hours))
    press.prints("aleppo")
    await start()
    await api.until(lambda: len(api.sent()) == 2)
    card, catch_up = api.chat(ANA).messages
    assert not card.silent
    assert "⏳ فاتك أثناء الانقطاع: 3 أخبار" in catch_up.text
    titles = [line for line in catch_up.text.splitlines() if "•" in line]
    assert [line.count(f"{number}\u2069 ·") > 0 for number, line in enumerate(titles, 1)] == [
        True,
        True,
        True,
    ]


async def test_beyond_the_limit_a_live_card_grows_and_says_so_once(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo")
    with Store(press.database) as store:
        store.preferences.limit(ANA, 1)
    await start()
    for _ in range(4):
        press.prints("aleppo")
    await api.until(lambda: len(api.sent()) == 2, 20)
    card, live = api.chat(ANA).messages
    assert "بلغتَ حدّ" not in card.text
    assert "بلغتَ حدّ" in live.text
    assert live.text.count("•") == 2
