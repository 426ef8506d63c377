"""What readers ask of the archive, and the lines they save, through the real app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from loopback.botapi import BotAPI

from storage.store import Store
from watch.records import Level, Relation

ANA = 101

Eventually = Callable[..., Awaitable[None]]


async def replied(api: BotAPI, chat_id: int, count: int = 1) -> str:
    await api.until(lambda: len(api.chat(chat_id).messages) >= count)
    return api.chat(chat_id).last.text


async def test_latest_shows_what_is_followed_or_one_topic(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo", language="en")
    press.prints("homs", title="مهرجان القراءة في حمص")
    story = press.prints("damascus", title="معرض الزهور")
    press.prints("damascus", relation=Relation.REPRINT, story=story.story)
    with Store(press.database) as store:
        store.people.follow(ANA, "homs", Level.ABOUT, datetime.now(UTC))
    await start()
    api.say(ANA, "/latest")
    told = await replied(api, ANA)
    assert "مهرجان القراءة في حمص" in told
    assert "معرض الزهور" not in told
    api.say(ANA, "/latest دمشق")
    told = await replied(api, ANA, 2)
    assert "معرض الزهور" in told
    assert "printed by 2 sites" in told
    assert api.chat(ANA).last.links() == ["https://paper2.example/news/2?a=1&b=2"]
    api.say(ANA, "/latest nowhere")
    assert "I know no topic" in await replied(api, ANA, 3)


async def test_why_answers_an_alert_with_rule_words_and_level(
    api: BotAPI, start: Any, press: Any
) -> None:
    press.reader(ANA, "aleppo", language="en")
    await start()
    api.say(ANA, "/why")
    assert "in reply to one of my alerts" in await replied(api, ANA)
    press.prints("aleppo", title="أولى القصص")
    await replied(api, ANA, 2)
    alert = api.chat(ANA).last.id
    press.prints("aleppo", title="ثانيتها")
    await replied(api, ANA, 3)
    api.say(ANA, "/why", reply_to=alert)
    told = await replied(api, ANA, 4)
    assert "أولى القصص" in told
    assert "Aleppo" in told
    assert "90% sure" in told
    assert "حلب" in told
    assert "named in the first paragraph" in told
    api.say(ANA, "/why")
    assert "ثانيتها" in await replied(api, ANA, 5)


async def test_stats_count_the_week_by_topic(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    press.reader(ANA, "aleppo", "homs")
    await start()
    for topics in (("aleppo",), ("aleppo", "homs")):
        press.prints(*topics)
    await replied(api, ANA, 2)
    await eventually(lambda: press.owed() == 0)
    api.say(ANA, "/stats")
    told = await replied(api, ANA, 3)
    assert "المقالات المقروءة 2، وتنبيهاتك 2، وفي الموجزات 0" in told
    assert "• \u2067حلب\u2069: خبران" in told
    assert "• \u2067حمص\u2069: خبر واحد" in told


async def test_a_line_is_said_back_tried_and_kept_on_a_press(
    api: BotAPI, start: Any, press: Any, eventually: Eventually
) -> None:
    for number in range(3):
        press.prints(title=f"افتتاح معبر جديد {number}", text=f"افتُتح معبر جديد للمشاة {number}.")
    press.prints(title="مهرجان القراءة", text="انتهى مهرجان القراءة.")
    await start()
    api.say(ANA, "/watch معبر -سكة")
    told = await replied(api, ANA)
    assert "فهمت: كل مقال يرد فيه «معبر»، ولا يرد فيه «سكة»." in told
    assert "في آخر 4 مقالات: 3 تنبيهات في اليوم تقريبًا." in told
    assert told.count("•") == 3
    assert lines(press) == []
    yes = api.chat(ANA).last.data()[0]
    api.press(ANA, yes)
    await api.until(lambda: "أراقب لك الآن" in api.chat(ANA).last.text)
    assert lines(press) == ["معبر -سكة"]
    api.press(ANA, yes, api.chat(ANA).last.id)  # once more
    await eventually(lambda: not api.pending())
    assert lines(press) == ["معبر -سكة"]
    api.say(ANA, "/mine")
    assert "معبر -سكة" in await replied(api, ANA, 2)
    press.prints("watch-1", title="معبر آخر")
    await replied(api, ANA, 3)
    assert "الموضوع: \u2067معبر -سكة\u2069" in api.chat(ANA).last.text
    api.say(ANA, "/unfollow معبر -سكه")
    assert "لم تعد تتابع" in await replied(api, ANA, 4)
    assert lines(press) == []


def lines(press: Any) -> list[str]:
    with Store(press.database) as store:
        return [watch.line for watch in store.watches.of(ANA)]


async def test_the_button_of_an_older_line_keeps_nothing(
    api: BotAPI, start: Any, press: Any
) -> None:
    await start()
    api.say(ANA, "/watch معبر")
    await replied(api, ANA)
    old = api.chat(ANA).last
    yes, no = old.data()
    api.say(ANA, "/watch جسر")
    await replied(api, ANA, 2)
    newer = api.chat(ANA).last
    api.press(ANA, yes, old.id)
    await api.until(lambda: "لسطر قديم" in old.text)
    assert lines(press) == []
    api.press(ANA, no, old.id)
    await api.until(lambda: len(api.asked("answerCallbackQuery")) == 2)
    api.press(ANA, newer.data()[0], newer.id)
    await api.until(lambda: lines(press) == ["جسر"])


async def test_a_line_is_confirmed_by_text_or_dropped(api: BotAPI, start: Any, press: Any) -> None:
    await start()
    api.say(ANA, "/watch bridge | crossing", language="en")
    assert "I have read nothing yet" in await replied(api, ANA)
    api.say(ANA, "/watch no", language="en")
    assert "kept nothing" in await replied(api, ANA, 2)
    api.say(ANA, "/watch yes", language="en")
    assert "Write what I shall watch" in await replied(api, ANA, 3)
    api.say(ANA, "/watch bridge | crossing", language="en")
    await replied(api, ANA, 4)
    api.say(ANA, "/watch yes", language="en")
    assert "I now watch: bridge | crossing" in await replied(api, ANA, 5)
    assert lines(press) == ["bridge | crossing"]


async def test_a_line_that_is_only_named_is_not_said_to_be_absent(
    api: BotAPI, start: Any, press: Any
) -> None:
    passing = "وحضر الافتتاح وزراء ونواب، وتحدث أحدهم عن رحلته بالقطار."
    press.prints(title="مهرجان القراءة", text="انتهى مهرجان القراءة أمس.\n\n" * 5 + passing)
    await start()
    api.say(ANA, "/watch القطار")
    told = await replied(api, ANA)
    assert "لا خبر يدور حوله في آخر مقال، وإنما يُذكر في مقال واحد." in told


async def test_a_line_that_asks_for_nothing_or_everything_is_refused_with_the_reason(
    api: BotAPI, start: Any, press: Any
) -> None:
    for number in range(40):
        press.prints(title=f"مهرجان {number}", text=f"انتهى مهرجان القراءة {number}.")
    await start()
    for count, (line, told) in enumerate(
        [
            ("-لبنان", "يستبعد ولا يطلب شيئا"),
            ("في", "كل مقال تقريبا"),
            ("مهرجان", "أضف كلمة أخص"),
            ("@كلام", "لا مفهوم"),
        ],
        1,
    ):
        api.say(ANA, f"/watch {line}")
        assert told in await replied(api, ANA, count)
        assert api.chat(ANA).last.data() == []


async def test_search_reads_lines_as_watch_does(api: BotAPI, start: Any, press: Any) -> None:
    press.prints(title="افتتاح معبر جديد", text="افتُتح معبر جديد للمشاة.")
    press.prints(title="مهرجان القراءة", text="انتهى مهرجان القراءة.")
    await start()
    api.say(ANA, "/search معبر | جسر")
    told = await replied(api, ANA)
    assert "افتتاح معبر جديد" in told
    assert "مهرجان" not in told
    api.say(ANA, "/search قطار")
    assert "لم أجد شيئًا" in await replied(api, ANA, 2)
    api.say(ANA, "/search")
    assert "اكتب ما تبحث عنه" in await replied(api, ANA, 3)
    api.say(ANA, "/search -")
    assert "لا أستطيع هذا" in await replied(api, ANA, 4)
