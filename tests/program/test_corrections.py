"""A told article is read again, politely, and a correction reaches whoever was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from loopback import newsfaults as faults
from loopback.botapi import BotAPI
from loopback.newsweb import Outlet
from loopback.running import Running, Start, wait_until

from storage.store import Store

READER = 4712
QUAKE = (
    "مقتل ثلاثة في انهيار مبنى سكني بمدينة حلب",
    "قتل ثلاثة أشخاص في انهيار مبنى سكني من خمسة طوابق في مدينة حلب فجر اليوم، وقال الدفاع المدني "
    "في حلب إن فرقه تبحث عن عالقين تحت الأنقاض.",
    "وأضاف أن المبنى كان قد تصدع قبل أشهر، وأن سكان حي مجاور في حلب نقلوا إلى مركز إيواء.",
)


def follow(api: BotAPI) -> None:
    api.say(READER, "/follow aleppo")
    api.wait(lambda: api.chat(READER).messages)


def told(api: BotAPI, words: str) -> list[str]:
    return [message.text for message in api.chat(READER).messages if words in message.text]


def minutes_pass(running: Running, outlet: Outlet, minutes: float) -> None:
    """Let every planned visit be due so much earlier, as if the time had passed.

    Those that are due are waited for: the next ones are planned when they are settled.
    """
    with Store(running.folder / "data" / "munadi.db") as store:
        wait_until(lambda: not store.revisits.due(datetime.now(UTC), [outlet.id], 1))
        store.revisits.put_back(timedelta(minutes=minutes))


def test_a_correction_that_no_listing_shows_reaches_the_reader(
    start: Start, api: BotAPI, outlet: Outlet
) -> None:
    running = start(api=api)
    running.until_ready()
    follow(api)
    wait_until(lambda: outlet.asked(outlet.stories[-1].path))
    story = outlet.publish(*QUAKE, feed_title=QUAKE[0])
    other = outlet.publish("جدول مباريات الكرة الطائرة", "أعلن الاتحاد جدول مباريات الموسم الجديد.")
    api.wait(lambda: told(api, QUAKE[0]))
    wait_until(lambda: outlet.asked(other.path))

    minutes_pass(running, outlet, 10)
    wait_until(lambda: len(outlet.asked(story.path)) == 2)
    assert outlet.asked(story.path)[1].status == 304, "asked with the validators it came with"

    story.title = story.title.replace("ثلاثة", "سبعة")
    story.paragraphs[0] = story.paragraphs[0].replace("ثلاثة أشخاص", "سبعة أشخاص")
    minutes_pass(running, outlet, 50)
    api.wait(lambda: told(api, story.title))
    card, reply = told(api, "مبنى سكني")[0], told(api, "سبعة")[-1]
    assert story.title in card, "the card itself was corrected"
    assert "ثلاثة" in reply, "and a reply says what was replaced"
    assert [seen.status for seen in outlet.asked(story.path)] == [200, 304, 200]
    assert len(outlet.asked(other.path)) == 1, "what nobody was told of is not visited"

    outlet.answers[story.path] = faults.status(410)
    messages = len(api.chat(READER).messages)
    minutes_pass(running, outlet, 300)
    wait_until(lambda: f"{outlet.url(story.path)}: gone (HTTP 410)" in running.said)
    status, _ = running.stop()
    assert status == 0
    assert len(api.chat(READER).messages) == messages, "that a page is gone is noted, not told"
    with Store(running.folder / "data" / "munadi.db") as store:
        ((gone, _),) = store.revisits.gone()
        assert gone == outlet.url(story.path)
    outlet.assert_polite()
