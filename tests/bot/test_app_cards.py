"""What a card keeps saying as it grows, as its reader sees it in Telegram."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from loopback.botapi import BotAPI

from storage.people import Language
from storage.store import Store
from watch.records import Change, Relation

ANA = 101
PRINTED = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
FIRST = {"ar": "أول من نشره", "en": "First printed"}


async def test_a_follow_up_is_still_called_one_when_its_card_grows(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    first = press.prints("aleppo")
    await api.until(lambda: len(api.sent()) == 1)
    second = press.prints("aleppo", relation=Relation.FOLLOW_UP, follows=first.story)
    await api.until(lambda: len(api.sent()) == 2)
    press.prints("aleppo", relation=Relation.REPRINT, story=second.story)
    _, follow_up = api.chat(ANA).messages
    await api.until(lambda: follow_up.edits)
    assert "نشرته أيضا" in follow_up.text
    assert follow_up.text.startswith("\u200fمتابعة لخبر سابق")


Seen = tuple[str, Language, str]  # the reader's zone and language, and the time on the card


@pytest.mark.parametrize(
    "seen",
    [
        ("Asia/Damascus", "ar", "12:30 بتوقيت دمشق"),
        ("Europe/Berlin", "ar", "10:30 بتوقيت برلين"),
        ("Europe/Berlin", "en", "10:30 in Berlin"),
        ("Asia/Tokyo", "ar", "18:30 بتوقيت \u2066Tokyo\u2069"),
        ("Etc/GMT-3", "ar", "12:30 بتوقيت \u2066UTC+3\u2069"),
    ],
)
async def test_a_card_tells_the_time_of_its_reader(
    api: BotAPI, start: Any, press: Any, seen: Seen
) -> None:
    zone, language, told = seen
    press.reader(ANA, "aleppo", language=language)
    with Store(press.database) as store:
        store.preferences.be_quiet(ANA, None, ZoneInfo(zone))
    began = datetime.now(UTC)
    await start()
    first = press.prints("aleppo", published=PRINTED, updated=PRINTED)
    await api.until(lambda: len(api.sent()) == 1)
    (card,) = api.sent()
    assert told in card.text
    toll = (Change(before="27", now="30", toll=True),)
    press.prints("aleppo", relation=Relation.UPDATE, story=first.story, changes=toll)
    await api.until(lambda: len(api.sent()) == 2 and card.edits)
    clocks = {f"{hour.astimezone(ZoneInfo(zone)):%H:}" for hour in (began, datetime.now(UTC))}
    heard = api.sent()[1].text.splitlines()[-1]
    (first_of_all,) = [line for line in card.text.splitlines() if FIRST[language] in line]
    for line in (heard, first_of_all):
        assert any(clock in line for clock in clocks)


@pytest.mark.parametrize(("language", "told"), [("ar", " · عن أ ف ب · "), ("en", "from \u2066AFP")])
async def test_an_agency_is_called_as_the_reader_writes_it(
    api: BotAPI, start: Any, press: Any, language: Language, told: str
) -> None:
    press.reader(ANA, "aleppo", language=language)
    await start()
    press.prints("aleppo", agency="AFP")
    await api.until(api.sent)
    assert told in api.sent()[0].text
