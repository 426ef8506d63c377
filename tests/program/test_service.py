"""`munadi run`, as a user runs it: a story from a news site to a phone, and what may go wrong."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from loopback.botapi import BotAPI
from loopback.botchat import Fault
from loopback.newsweb import NewsWeb, Outlet
from loopback.running import Running, Start, wait_until

READER = 4711
ALEPPO = (
    "قصف يستهدف أحياء سكنية في حلب",
    "قتل خمسة مدنيين وأصيب آخرون مساء الخميس في قصف استهدف حيين سكنيين في مدينة حلب شمالي سوريا.",
    "وقال مصدر طبي في حلب إن سيارات الإسعاف نقلت الجرحى إلى ثلاثة مستشفيات في المدينة.",
)


def follow(api: BotAPI, topic: str = "aleppo") -> None:
    api.say(READER, f"/follow {topic}")
    api.wait(lambda: api.chat(READER).messages)


def polled_once(outlet: Outlet) -> None:
    wait_until(lambda: outlet.asked("/feed") and outlet.asked(outlet.stories[-1].path))


def alerts(api: BotAPI, title: str = ALEPPO[0]) -> list[str]:
    return [message.text for message in api.sent() if title in message.text]


def test_a_story_goes_from_a_news_site_to_a_phone(
    start: Start, api: BotAPI, outlet: Outlet
) -> None:
    running = start(api=api)
    running.until_ready()
    follow(api)
    polled_once(outlet)
    story = outlet.publish(*ALEPPO)
    api.wait(lambda: alerts(api))
    message = api.chat(READER).last
    assert ALEPPO[0] in message.text
    assert outlet.name in message.text
    assert outlet.url(story.path) in message.links()
    assert "حلب" in message.said("b")
    assert not message.silent
    status, seconds = running.stop()
    assert status == 0
    assert seconds < 5
    assert len(alerts(api)) == 1
    assert api.token.split(":")[1] not in running.log
    outlet.assert_polite()


def test_nothing_from_before_the_first_round_is_told(
    start: Start, api: BotAPI, outlet: Outlet
) -> None:
    outlet.publish(*ALEPPO)
    running = start(api=api)
    running.until_ready()
    follow(api)
    polled_once(outlet)
    outlet.publish(
        "حلب: افتتاح سوق المدينة القديمة", "افتتح في حلب سوق المدينة القديمة بعد ترميمه."
    )
    api.wait(lambda: alerts(api, "سوق المدينة القديمة"))
    assert not alerts(api)


def test_without_a_token_the_alerts_go_to_the_terminal(start: Start, outlet: Outlet) -> None:
    running = start()
    running.until_ready()
    polled_once(outlet)
    outlet.publish(*ALEPPO)
    running.until_said(ALEPPO[0])
    assert running.stop(signal.SIGINT)[0] == 0


def test_a_worker_that_dies_is_replaced_and_nothing_is_lost(
    start: Start, api: BotAPI, outlet: Outlet
) -> None:
    running = start(api=api)
    running.until_ready()
    follow(api)
    polled_once(outlet)
    first = running.worker()
    first.kill()
    outlet.publish(*ALEPPO)
    api.wait(lambda: alerts(api))
    assert running.worker().pid != first.pid
    assert len(alerts(api)) == 1


def test_the_worker_ends_with_a_parent_that_was_killed(start: Start, outlet: Outlet) -> None:
    running = start()
    running.until_ready()
    worker = running.worker()
    running.process.kill()
    running.process.wait()
    _, alive = psutil.wait_procs([worker], timeout=60)
    assert not alive
    again = start()
    again.until_ready()


def test_a_parent_killed_before_the_worker_is_ready_leaves_no_traceback(
    start: Start, outlet: Outlet
) -> None:
    running = start()
    wait_until(lambda: "crawl worker" in running.log)
    worker = running.worker()
    running.process.kill()
    running.process.wait()
    _, alive = psutil.wait_procs([worker], timeout=30)
    assert not alive
    assert "Traceback" not in running.log


def test_a_new_seed_is_taken_up_at_sighup(
    start: Start, api: BotAPI, outlet: Outlet, web: NewsWeb, tmp_path: Path
) -> None:
    running = start(api=api)
    running.until_ready()
    follow(api)
    polled_once(outlet)
    another = web.outlet("jisr", "جريدة الجسر")
    another.publish("نشرة المساء", "لا جديد في نشرة هذا المساء من جريدة الجسر.")
    another.write_seed(tmp_path / "seeds")
    running.process.send_signal(signal.SIGHUP)
    polled_once(another)
    another.publish(*ALEPPO)
    api.wait(lambda: alerts(api))


def test_the_worker_never_sees_the_token(start: Start, api: BotAPI, outlet: Outlet) -> None:
    running = start(api=api)
    running.until_ready()
    worker = running.worker()
    assert api.token not in " ".join(worker.cmdline())
    assert not any(api.token in value for value in worker.environ().values())


def test_the_halves_run_apart(start: Start, api: BotAPI, outlet: Outlet) -> None:
    crawl = start("--roles", "crawl")
    crawl.until_ready()
    bot = start("--roles", "bot", api=api)
    bot.until_ready()
    assert not bot.process_info().children()
    bot.process.send_signal(signal.SIGHUP)  # it has no seeds to read anew, and stays
    follow(api)
    polled_once(outlet)
    outlet.publish(*ALEPPO)
    api.wait(lambda: alerts(api))
    assert crawl.stop()[0] == 0
    assert bot.stop()[0] == 0


def test_a_second_service_on_one_database_is_refused(
    start: Start, api: BotAPI, outlet: Outlet
) -> None:
    first = start(api=api)
    first.until_ready()
    second = start(api=api)
    assert second.process.wait(60) == 1
    assert "already plays" in second.said
    assert "Traceback" not in second.said
    assert first.process.poll() is None


def test_a_wrong_token_is_one_clear_line_and_the_crawl_goes_on(
    start: Start, api: BotAPI, outlet: Outlet
) -> None:
    running = start(api=api, MUNADI_TELEGRAM_TOKEN="7654321:not-the-token-of-this-bot")
    running.until_ready()
    polled_once(outlet)
    running.until_said("token")
    assert "not-the-token-of-this-bot" not in running.log
    assert "Traceback" not in running.log
    assert running.stop()[0] == 0


def test_telegram_down_loses_nothing(start: Start, api: BotAPI, outlet: Outlet) -> None:
    running = start(api=api)
    running.until_ready()
    follow(api)
    polled_once(outlet)
    api.stop()
    story = outlet.publish(*ALEPPO)
    wait_until(lambda: outlet.asked(story.path))
    assert running.stop()[0] == 0
    again = start(api=api)
    again.until_ready()
    api.restart()
    api.wait(lambda: alerts(api))
    assert len(alerts(api)) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_stops_a_service_that_still_loads_ends_it_as_well(
    tmp_path: Path, number: signal.Signals
) -> None:
    words = [sys.executable, "-m", "munadi", "run"]
    with subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as begun:

        def listens() -> bool:
            told = Path(f"/proc/{begun.pid}/status").read_text()
            (caught,) = re.findall(r"SigCgt:\t(\w+)", told)
            return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)

        wait_until(listens)
        begun.send_signal(number)
        assert begun.communicate(timeout=60) == (None, "")
    assert begun.returncode == 0


def test_a_hanging_site_does_not_delay_the_stop(start: Start, api: BotAPI, outlet: Outlet) -> None:
    hold = threading.Event()

    def hang() -> object:
        hold.wait(30)
        return None

    outlet.answers["/feed"] = hang  # type: ignore[assignment]
    running = start(api=api)
    running.until_ready()
    wait_until(lambda: outlet.peak)
    status, seconds = running.stop()
    hold.set()
    assert status == 0
    assert seconds < 5


def test_flood_control_parks_the_chat_and_the_alert_arrives(
    start: Start, api: BotAPI, outlet: Outlet
) -> None:
    running = start(api=api)
    running.until_ready()
    follow(api)
    polled_once(outlet)
    api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 1}))
    outlet.publish(*ALEPPO)
    api.wait(lambda: alerts(api))
    assert len(alerts(api)) == 1


@pytest.mark.parametrize("role", ["crawl,bot", "bot", "crawl"])
def test_a_database_that_is_newer_is_refused_in_one_line(
    start: Start, outlet: Outlet, tmp_path: Path, role: str
) -> None:
    running = start("--roles", role)
    running.until_ready()
    running.stop()
    with sqlite3.connect(tmp_path / "data" / "munadi.db") as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('munadi', 'from_the_future', '2099-01-01')"
        )
    db.close()
    again = start("--roles", role)
    assert again.process.wait(60) == 1
    assert "newer" in again.said
    assert "Traceback" not in again.said
    assert len(again.said.strip().splitlines()) == 1


def test_unknown_roles_are_refused(start: Start, outlet: Outlet) -> None:
    running: Running = start("--roles", "crawl,cook")
    assert running.process.wait(60) != 0
    assert "cook" in running.said
    assert "Traceback" not in running.said
