"""What readers ask and what they are answered, through the real app and the stand-in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from loopback.botapi import BotAPI

from watch.records import Level

ANA, FORUM = 101, -100202
GROUP = -100_500
CHANNEL = -100_900
RIGHT_TO_LEFT = "\u200f"


async def replied(api: BotAPI, chat_id: int, count: int = 1) -> str:
    """The text of the chat's last message once it has so many."""
    await api.until(lambda: len(api.chat(chat_id).messages) >= count)
    return api.chat(chat_id).last.text


async def test_start_greets_with_buttons_and_keeps_the_reader(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.say(ANA, "/start")
    assert "المنادي" in await replied(api, ANA)
    assert "follow:aleppo" in api.chat(ANA).last.data()
    assert press.find(ANA).language == "ar"


async def test_who_writes_from_an_english_app_is_answered_in_english(
    api: BotAPI, start: Any
) -> None:
    await start()
    api.say(ANA, "/start", language="en-GB")
    assert "the town crier" in await replied(api, ANA)


@pytest.mark.parametrize("name", ["aleppo", "حلب", "Aleppo", "وقف إطلاق النار في سوريا"])
async def test_follow_takes_any_name(api: BotAPI, start: Any, press: Any, name: str) -> None:
    await start()
    api.say(ANA, f"/follow {name}")
    assert "تتابع الآن" in await replied(api, ANA)
    assert len(press.follows(ANA)) == 1


async def test_follow_all_means_every_mention(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    api.say(ANA, "/follow حلب كل")
    assert "كل خبر يذكره" in await replied(api, ANA)
    assert press.follows(ANA) == {"aleppo": Level.MENTION}


async def test_follow_twice_changes_nothing(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    api.say(ANA, "/follow aleppo")
    api.say(ANA, "/follow aleppo")
    assert "بالفعل، ولم يتغيّر شيء" in await replied(api, ANA, 2)
    assert press.follows(ANA) == {"aleppo": Level.ABOUT}


async def test_an_unknown_topic_is_repeated_harmlessly_with_the_nearest(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.say(ANA, "/follow alepo")
    assert "«\u2066alepo\u2069»" in await replied(api, ANA)
    assert api.chat(ANA).last.data() == ["follow:aleppo"]
    api.say(ANA, "/follow <b>x & {topic}" + "ن" * 5000)
    assert "<b>x & {topic}" in await replied(api, ANA, 2)
    assert press.follows(ANA) == {}


async def test_bare_follow_shows_buttons_that_follow_when_pressed(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.say(ANA, "/follow")
    await replied(api, ANA)
    api.press(ANA, "follow:aleppo")
    await api.until(lambda: api.chat(ANA).last.edits)
    assert press.follows(ANA) == {"aleppo": Level.ABOUT}
    assert "unfollow:aleppo" in api.chat(ANA).last.data()
    assert len(api.chat(ANA).messages) == 1
    assert len(api.asked("answerCallbackQuery")) == 1
    api.press(ANA, "all:aleppo")
    await api.until(lambda: "about:aleppo" in api.chat(ANA).last.data())
    assert press.follows(ANA) == {"aleppo": Level.MENTION}
    api.press(ANA, "unfollow:aleppo")
    await api.until(lambda: "follow:aleppo" in api.chat(ANA).last.data())
    assert press.follows(ANA) == {}


async def test_a_button_of_a_deleted_message_is_answered_anew(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.press(ANA, "follow:aleppo", message_id=77)
    assert "تتابع الآن" in await replied(api, ANA)


@pytest.mark.parametrize("data", ["", "follow", "follow:", "fly:aleppo", "follow:#00", "x" * 64])
async def test_a_button_that_means_nothing_says_so(api: BotAPI, start: Any, data: str) -> None:
    await start()
    api.press(ANA, data, message_id=77)
    assert "قديم" in await replied(api, ANA)


async def test_unfollow_by_name_and_by_button(api: BotAPI, start: Any, press: Any) -> None:
    press.reader(ANA, "aleppo", "syria-ceasefire")
    await start()
    api.say(ANA, "/unfollow حلب")
    assert "لم تعد تتابع" in await replied(api, ANA)
    api.say(ANA, "/unfollow")
    await replied(api, ANA, 2)
    assert api.chat(ANA).last.data()[0] == "unfollow:syria-ceasefire"
    api.say(ANA, "/unfollow حلب")
    assert "لم تكن تتابع" in await replied(api, ANA, 3)
    api.press(ANA, "unfollow:syria-ceasefire")
    await api.until(lambda: any(m.edits for m in api.chat(ANA).messages))
    assert press.follows(ANA) == {}


@pytest.mark.parametrize("words", ["all", "الكل"])
async def test_everything_is_left_at_once(api: BotAPI, start: Any, press: Any, words: str) -> None:
    press.reader(ANA, "aleppo", "no-longer-shipped")
    await start()
    api.say(ANA, "/watch معبر | جسر -سكة")
    await replied(api, ANA)
    api.say(ANA, "/watch نعم")
    await replied(api, ANA, 2)
    api.say(ANA, f"/unfollow {words}")
    assert "لم تعد تتابع شيئًا" in await replied(api, ANA, 3)
    assert press.follows(ANA) == {}
    api.say(ANA, "/mine")
    assert "لا تتابع أي موضوع" in await replied(api, ANA, 4)


async def test_a_topic_that_was_taken_away_can_still_be_left(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "no-longer-shipped")
    await start()
    api.say(ANA, "/unfollow no-longer-shipped")
    assert "لم تعد تتابع" in await replied(api, ANA)
    assert press.follows(ANA) == {}


async def test_topics_marks_what_is_followed(api: BotAPI, start: Any, press: Any) -> None:
    press.reader(ANA, "aleppo")
    await start()
    api.say(ANA, "/topics")
    lines = (await replied(api, ANA)).splitlines()
    assert [line for line in lines if line.startswith("✅")] == ["✅ حلب – aleppo"]
    assert any("syria-ceasefire" in line for line in lines)


async def test_forget_asks_first_and_then_removes_everything(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    api.say(ANA, "/forget")
    await replied(api, ANA)
    assert api.chat(ANA).last.data() == ["forget:yes", "forget:no"]
    api.press(ANA, "forget:no")
    await api.until(lambda: "لم أمحُ" in api.chat(ANA).last.text)
    assert press.find(ANA) is not None
    api.say(ANA, "/forget لا")
    assert "لم أمحُ" in await replied(api, ANA, 2)
    api.say(ANA, "/forget نعم")
    assert "مُحي" in await replied(api, ANA, 3)
    assert press.find(ANA) is None
    press.prints("aleppo")
    assert press.owed() == 0


async def test_lang_by_word_and_by_button(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    api.say(ANA, "/lang en")
    told = await replied(api, ANA)
    assert "in English" in told
    assert not told.startswith(RIGHT_TO_LEFT)
    api.say(ANA, "/help")
    assert "What you follow" in await replied(api, ANA, 2)
    api.say(ANA, "/lang")
    await replied(api, ANA, 3)
    api.press(ANA, "lang:ar")
    await api.until(lambda: "بالعربية" in api.chat(ANA).last.text)
    assert press.find(ANA).language == "ar"


async def test_help_makes_nobody_a_reader(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    api.say(ANA, "/help")
    assert "/forget" in await replied(api, ANA)
    assert press.find(ANA) is None


async def test_plain_words_in_private_offer_the_topic_they_name(api: BotAPI, start: Any) -> None:
    await start()
    api.say(ANA, "حلب")
    await replied(api, ANA)
    assert api.chat(ANA).last.data() == ["follow:aleppo"]
    api.say(ANA, "صباح الخير")
    assert "/help" in await replied(api, ANA, 2)
    api.say(ANA, "/dance")
    assert "/help" in await replied(api, ANA, 3)


async def test_a_group_is_spoken_to_by_name_and_otherwise_left_alone(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.say(GROUP, "حلب")
    api.say(GROUP, "/follow@other_bot aleppo")
    api.say(GROUP, "/dance")
    api.say(GROUP, "/follow@Munadi_Test_Bot aleppo")
    assert "تتابع الآن" in await replied(api, GROUP)
    await api.until(lambda: not api.pending())
    assert len(api.chat(GROUP).messages) == 1
    assert press.find(GROUP).kind == "group"


async def test_a_channel_follows_by_a_post(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    api.say(CHANNEL, "/follow aleppo", kind="channel")
    await replied(api, CHANNEL)
    assert press.find(CHANNEL).kind == "channel"
    assert press.follows(CHANNEL) == {"aleppo": Level.ABOUT}


async def test_added_to_a_group_it_greets_kicked_it_pauses_and_back_it_resumes(
    api: BotAPI, start: Any, press: Any, eventually: Callable[..., Awaitable[None]]
) -> None:
    await start()
    api.membership(GROUP, "left", "member")
    assert "المشرفون" in await replied(api, GROUP)
    api.say(GROUP, "/follow aleppo")
    await replied(api, GROUP, 2)
    api.membership(GROUP, "member", "kicked")
    await eventually(lambda: press.find(GROUP).paused == "kicked")
    press.prints("aleppo")
    assert press.owed() == 0
    api.membership(GROUP, "left", "administrator")
    await eventually(lambda: press.find(GROUP).paused is None)
    assert press.follows(GROUP) == {"aleppo": Level.ABOUT}


async def test_blocked_it_pauses_and_a_word_from_the_reader_resumes(
    api: BotAPI, start: Any, press: Any, eventually: Callable[..., Awaitable[None]]
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    api.membership(ANA, "member", "kicked")
    await eventually(lambda: press.find(ANA).paused == "blocked")
    api.say(ANA, "/topics")
    assert "✅ حلب" in await replied(api, ANA)
    assert press.find(ANA).paused is None


async def test_unblocked_it_resumes(
    api: BotAPI, start: Any, press: Any, eventually: Callable[..., Awaitable[None]]
) -> None:
    press.reader(ANA, "aleppo")
    await start()
    api.membership(ANA, "member", "kicked")
    await eventually(lambda: press.find(ANA).paused)
    api.membership(ANA, "kicked", "member")
    await eventually(lambda: press.find(ANA).paused is None)


async def test_a_channel_is_joined_without_a_word(
    api: BotAPI, start: Any, press: Any, eventually: Callable[..., Awaitable[None]]
) -> None:
    await start()
    api.membership(CHANNEL, "left", "administrator", kind="channel")
    await eventually(lambda: press.find(CHANNEL))
    assert api.sent() == []


async def test_a_group_that_becomes_a_supergroup_keeps_its_topics(
    api: BotAPI, start: Any, press: Any, eventually: Callable[..., Awaitable[None]]
) -> None:
    press.reader(-55, "aleppo", kind="group")
    await start()
    api.migrate(-55, GROUP)
    await eventually(lambda: press.follows(GROUP) == {"aleppo": Level.ABOUT})
    assert press.find(-55) is None


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_others(
    api: BotAPI, start: Any
) -> None:
    await start()
    api.update({"message": {"chat": "no chat at all"}})
    api.update({"a_kind_of_update_from_the_future": {"x": 1}})
    api.update({"callback_query": {"id": "1"}})
    api.say(ANA, "/help")
    await replied(api, ANA)
    await api.until(lambda: not api.pending())


async def test_a_start_link_follows_at_once(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    api.say(ANA, "/start aleppo")
    assert "تتابع الآن" in await replied(api, ANA)
    assert press.follows(ANA) == {"aleppo": Level.ABOUT}


async def test_a_stop_acknowledges_what_was_handled(api: BotAPI, start: Any) -> None:
    running = await start()
    api.say(ANA, "/help")
    await replied(api, ANA)
    assert await running.end() == 0
    assert api.pending() == []


async def test_marks_of_direction_hide_no_command_and_come_back_from_none(
    api: BotAPI, start: Any
) -> None:
    await start()
    api.say(ANA, "\u200f\u2068/follow \u202eكلمات")
    told = await replied(api, ANA)
    assert "لا أعرف موضوعًا اسمه «كلمات»" in told
    api.say(ANA, "\u2067/follow\u2069 كلمات")
    assert "لا أعرف موضوعًا اسمه «كلمات»" in await replied(api, ANA, 2)
    api.say(ANA, "/follow: كلمات")
    assert "لا أعرف موضوعًا اسمه «كلمات»" in await replied(api, ANA, 3)


async def test_a_forum_is_answered_in_the_topic_and_told_where_it_follows(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.say(FORUM, "/help", thread=12)
    await replied(api, FORUM)
    assert api.chat(FORUM).last.thread == 12
    api.say(FORUM, "/follow حلب", thread=34)
    await replied(api, FORUM, 2)
    assert api.chat(FORUM).last.thread == 34
    press.prints("aleppo")
    await replied(api, FORUM, 3)
    assert api.chat(FORUM).last.thread == 34
    api.press(FORUM, "follow:homs", old=True)
    await api.until(lambda: "حمص" in api.chat(FORUM).messages[1].text)
    press.prints("homs")
    await replied(api, FORUM, 4)
    assert api.chat(FORUM).last.thread == 34
    api.chat(FORUM).lost_threads.add(34)  # nothing is lost with a topic: General is there
    press.prints("aleppo")
    await replied(api, FORUM, 5)
    assert api.chat(FORUM).last.thread is None
