"""What `munadi status` says of sources that fail, and what the admins receive, and how often."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from loopback import newsfaults as faults
from loopback.botapi import BotAPI
from loopback.botchat import Message
from loopback.newslistings import Answer, atom
from loopback.newsweb import NewsWeb, Outlet
from loopback.running import Start, munadi_once, wait_until

ADMIN = 9001
FAST = {"min_seconds": 0.1, "max_seconds": 0.2, "delay_seconds": 0.0}  # so a hold is three seconds


def an_outlet(web: NewsWeb, folder: Path, key: str, name: str) -> Outlet:
    outlet = web.outlet(key, name)
    for number in range(6):
        ago = timedelta(minutes=7 * number)
        outlet.publish(f"خبر {name} رقم {number}", "نص الخبر.", published=datetime.now(UTC) - ago)
    outlet.write_seed(folder / "seeds", poll=FAST)
    return outlet


def conditions(folder: Path) -> dict[str, Any]:
    """What `munadi status --json` says of each site: its condition, if any."""
    said = munadi_once(folder, "status", "--json")
    said.check_returncode()
    sources = json.loads(said.stdout)["sources"]
    return {source["site"]: source["health"]["condition"] for source in sources}


def told(api: BotAPI, name: str) -> list[Message]:
    """The messages to the admin that name an outlet."""
    return [message for message in api.chat(ADMIN).messages if name in message.text]


def polls(outlet: Outlet) -> int:
    return len(outlet.asked("/feed"))


FAILING = {
    "gone": ("المفقود", faults.status(404), "لم يعد في هذا العنوان شيء"),
    "blocked": ("المحجوب", faults.status(403), "يرفض طلباتنا"),
    "html": ("المتنكر", faults.html_page(), "صفحة ويب بدل قائمة الأخبار"),
    "redesigned": (
        "الفارغ",
        Answer(b"<rss version='2.0'><channel><title>x</title></channel></rss>"),
        "مقالات أقل من المتوقع",
    ),
}


def test_each_trouble_is_told_once_and_its_end_once(
    start: Start, api: BotAPI, web: NewsWeb, tmp_path: Path
) -> None:
    healthy = an_outlet(web, tmp_path, "healthy", "السليم")
    outlets = {key: an_outlet(web, tmp_path, key, name) for key, (name, _, _) in FAILING.items()}
    running = start(api=api, MUNADI_ADMINS=str(ADMIN))
    running.until_ready()
    wait_until(lambda: all(polls(outlet) > 2 for outlet in outlets.values()))
    for key, (_, answer, _) in FAILING.items():
        outlets[key].answers["/feed"] = answer
    for name, _, words in FAILING.values():
        api.wait(lambda name=name: told(api, name))
        assert any(words in message.text for message in told(api, name))
    assert conditions(tmp_path) == {"healthy": None} | {key: key for key in FAILING}
    before = polls(healthy)
    wait_until(lambda: polls(healthy) > before + 30)  # longer than a hold
    for name, _, _ in FAILING.values():
        assert len(told(api, name)) == 1
    for outlet in outlets.values():
        del outlet.answers["/feed"]
    for name, _, _ in FAILING.values():
        api.wait(lambda name=name: len(told(api, name)) == 2)
        assert "عادت إلى العمل" in told(api, name)[1].text
    assert set(conditions(tmp_path).values()) == {None}
    assert told(api, "السليم") == []


def test_a_source_that_moved_says_where_to_and_an_old_copy_is_frozen(
    start: Start, api: BotAPI, web: NewsWeb, tmp_path: Path
) -> None:
    moved = an_outlet(web, tmp_path, "moved", "الراحل")
    moved.answers["/feed"] = Answer(status=301, headers={"Location": "/atom"}, validators=False)
    frozen = web.outlet("frozen", "الجامد")
    for number in range(6):
        ago = timedelta(days=40, hours=number)
        frozen.publish("خبر قديم", "نص.", published=datetime.now(UTC) - ago)
    frozen.write_seed(tmp_path / "seeds", poll=FAST)
    running = start(api=api, MUNADI_ADMINS=str(ADMIN))
    running.until_ready()
    api.wait(lambda: told(api, "الراحل") and told(api, "الجامد"))
    (message,) = told(api, "الراحل")
    assert moved.url("/atom") in message.text
    assert "متجمّد" in told(api, "الجامد")[0].text
    assert conditions(tmp_path) == {"moved": "moved", "frozen": "frozen"}
    assert atom(moved).body


def test_many_that_cannot_be_reached_are_one_message_that_outlives_a_restart(
    start: Start, api: BotAPI, web: NewsWeb, tmp_path: Path
) -> None:
    outlets = [an_outlet(web, tmp_path, f"dark{n}", f"المظلم {n}") for n in range(4)]
    running = start(api=api, MUNADI_ADMINS=str(ADMIN))
    running.until_ready()
    wait_until(lambda: all(polls(outlet) > 2 for outlet in outlets))
    api.say(ADMIN, "/lang en")
    api.wait(lambda: api.chat(ADMIN).messages)
    for outlet in outlets:
        outlet.answers["/feed"] = faults.truncated(b"<rss>" * 200)
    api.wait(lambda: told(api, "probably our own"))
    assert running.stop()[0] == 0
    again = start(api=api, MUNADI_ADMINS=str(ADMIN))
    again.until_ready()
    wait_until(lambda: set(conditions(tmp_path).values()) == {"down"})
    for outlet in outlets:
        outlet.answers.clear()
    api.wait(lambda: told(api, "can be reached again"))
    assert len(told(api, "probably our own")) == 1
    assert told(api, "المظلم") == []
