"""Settings by commands and buttons, through the real app and the stand-in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from loopback.botapi import BotAPI
from loopback.botchat import Fault

from storage.preferences import FOR_EVER, Preference, Wish
from storage.store import Store

ANA = 101
GROUP = -100_500
CHANNEL = -100_900

Eventually = Callable[..., Awaitable[None]]


async def replied(api: BotAPI, chat_id: int, count: int = 1) -> str:
    await api.until(lambda: len(api.chat(chat_id).messages) >= count)
    return api.chat(chat_id).last.text


def preference(press: Any, chat_id: int = ANA) -> Preference:
    with Store(press.database) as store:
        return store.preferences.of(chat_id)


def wish(press: Any, topic: str = "aleppo") -> Wish:
    with Store(press.database) as store:
        return store.preferences.wishes(ANA)[topic]


async def test_quiet_hours_are_said_back_with_the_readers_clock(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.say(ANA, "/quiet من ١١ مساء إلى ٧ صباحا برلين")
    told = await replied(api, ANA)
    assert "من 23:00 إلى 07:00 بتوقيت برلين" in told
    assert str(preference(press).quiet) == "23:00-07:00"
    assert preference(press).zone.key == "Europe/Berlin"
    api.say(ANA, "/quiet")
    assert "23:00" in await replied(api, ANA, 2)
    api.say(ANA, "/quiet 22-6")
    await replied(api, ANA, 3)
    assert preference(press).zone.key == "Europe/Berlin"  # kept
    api.say(ANA, "/quiet القاهرة")
    assert "القاهرة" in await replied(api, ANA, 4)
    assert str(preference(press).quiet) == "22:00-06:00"
    api.say(ANA, "/quiet off")
    assert "أُلغيت" in await replied(api, ANA, 5)
    assert preference(press).quiet is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("/quiet", "/quiet 23:00-07:00"),
        ("/quiet tonight", "did not understand"),
        ("/quiet 23-7 Berlim", "Did you mean “berlin”?"),
        ("/quiet 7-7", "No more quiet hours"),
        ("/digest", "/digest hourly"),
        ("/digest weekly", "/digest daily 08:00"),
        ("/limit many", "Write a number"),
        ("/mute", "/mute aleppo 2h"),
        ("/urgent", "/urgent aleppo"),
        ("/urgent alepo", "I know no topic"),
        ("/urgent homs", "Follow it first"),
        ("/mute homs", "Follow it first"),
        ("/qiet 23-7", "Did you mean /quiet?"),
        ("/dijest", "Did you mean /digest?"),
    ],
)
async def test_what_is_mistyped_gets_one_line_that_helps(
    api: BotAPI, start: Any, press: Any, words: str, told: str
) -> None:
    press.reader(ANA, "aleppo", language="en")
    await start()
    api.say(ANA, words, language="en")
    assert told in await replied(api, ANA)
    assert preference(press) == Preference()


async def test_digest_and_limit_are_set_and_dropped(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    for count, (words, told) in enumerate(
        [
            ("/digest hourly", "كل ساعة"),
            ("/digest daily 7:30", "07:30"),
            ("/digest off", "في حينه"),
            ("/limit ١٠", "10 تنبيهات"),
            ("/limit off", "لا حدّ"),
            ("/limit 1", "يصلك تنبيه واحد في الساعة"),
        ],
        1,
    ):
        api.say(ANA, words)
        assert told in await replied(api, ANA, count)
        wishes = preference(press)
        assert (wishes.digest, wishes.hourly_limit) == [
            *(("hourly", None), ("07:30", None), (None, None), (None, 10), (None, None), (None, 1))
        ][count - 1]


async def test_mute_for_a_time_for_good_and_by_button(api: BotAPI, start: Any, press: Any) -> None:
    press.reader(ANA, "aleppo", "syria-ceasefire")
    await start()
    api.say(ANA, "/mute حلب ساعتين")
    assert "بلا صوت حتى" in await replied(api, ANA)
    end = wish(press).muted_until
    assert end is not None
    assert abs(end - datetime.now(UTC) - timedelta(hours=2)) < timedelta(minutes=1)
    api.say(ANA, "/unmute حلب")
    assert "عاد الصوت" in await replied(api, ANA, 2)
    assert wish(press).muted_until is None
    api.say(ANA, "/mine")
    assert "• حلب" in await replied(api, ANA, 3)
    api.press(ANA, "mute:aleppo", api.chat(ANA).last.id)
    await api.until(lambda: "إلى أن تعيد الصوت" in api.chat(ANA).last.text)
    assert wish(press).muted_until == FOR_EVER
    api.say(ANA, "/mute all 2h")
    assert "كل شيء بلا صوت حتى" in await replied(api, ANA, 4)
    api.say(ANA, "/unmute")
    assert "لكل التنبيهات" in await replied(api, ANA, 5)
    assert preference(press).muted_until is None
    assert wish(press).muted_until is None
    api.say(ANA, "/mute كل شيء لمدة ٣ أيام")
    assert "كل شيء بلا صوت حتى" in await replied(api, ANA, 6)


async def test_mine_shows_levels_and_wishes_and_leaves_by_button(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo", "syria-ceasefire", language="en")
    await start()
    api.say(ANA, "/urgent aleppo")
    assert "comes at once" in await replied(api, ANA)
    assert wish(press).urgent
    api.say(ANA, "/follow aleppo mentions")
    await replied(api, ANA, 2)
    api.say(ANA, "/mine")
    told = await replied(api, ANA, 3)
    assert "• Aleppo (➕ Every mention, ⚡ urgent)" in told
    api.press(ANA, "unfollow:syria-ceasefire", api.chat(ANA).last.id)
    await api.until(lambda: "no longer follow" in api.chat(ANA).last.text)
    api.say(ANA, "/urgent aleppo off")
    assert "no longer urgent" in await replied(api, ANA, 4)
    assert not wish(press).urgent


async def test_in_a_group_only_admins_change_what_it_gets(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.members[GROUP] = "member"
    api.say(GROUP, "/follow aleppo")
    assert "مشرفو المجموعة" in await replied(api, GROUP)
    assert press.follows(GROUP) == {}
    api.say(GROUP, "/topics")
    await replied(api, GROUP, 2)
    api.press(GROUP, "follow:aleppo")
    await api.until(lambda: api.asked("answerCallbackQuery"))
    assert "مشرفو المجموعة" in api.asked("answerCallbackQuery")[0].params["text"]
    assert not any(m.edits for m in api.chat(GROUP).messages)  # the buttons stay for the admins
    assert press.follows(GROUP) == {}
    api.say(GROUP, "/follow aleppo", anonymous=True)
    assert "تتابع الآن" in await replied(api, GROUP, 3)
    api.members[GROUP] = "creator"
    api.say(GROUP, "/quiet 23-7")
    assert "ساعات" in await replied(api, GROUP, 4)
    assert preference(press, GROUP).quiet is not None


async def test_where_telegram_does_not_say_who_is_admin_nobody_is_locked_out(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.fail("getChatMember", Fault(404, "Not Found"))
    api.say(GROUP, "/follow aleppo")
    assert "تتابع الآن" in await replied(api, GROUP)
    api.fail("getChatMember", Fault(body='{"ok": true, "result": true}'))
    api.say(GROUP, "/follow homs")
    assert "تتابع الآن" in await replied(api, GROUP, 2)


async def test_a_channel_is_set_by_its_posts(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    api.say(CHANNEL, "/digest hourly", kind="channel")
    await replied(api, CHANNEL)
    assert preference(press, CHANNEL).digest == "hourly"
    assert api.asked("getChatMember") == []


async def test_forget_takes_every_wish_along(api: BotAPI, start: Any, press: Any) -> None:
    press.reader(ANA, "aleppo")
    await start()
    api.say(ANA, "/quiet 23-7")
    api.say(ANA, "/watch معبر في:حلب")
    api.say(ANA, "/watch نعم")
    await replied(api, ANA, 3)
    api.say(ANA, "/forget yes")
    assert "مُحي" in await replied(api, ANA, 4)
    with Store(press.database) as store:
        for table in ("readers", "preferences", "subscriptions", "watches"):
            assert store._connection.db[table].count == 0, table


async def test_the_menu_is_offered_in_both_languages(api: BotAPI, start: Any) -> None:
    await start()
    await api.until(lambda: len(api.asked("setMyCommands")) == 2)
    languages = [call.params.get("language_code") for call in api.asked("setMyCommands")]
    assert languages == [None, "en"]
    assert all("quiet" in call.params["commands"] for call in api.asked("setMyCommands"))
