"""`munadi status --check` on the running service: green while it works, red with the reason."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import forked
from loopback.botapi import BotAPI
from loopback.botchat import Fault
from loopback.newsweb import Outlet
from loopback.running import Start, wait_until

from munadi import cli, liveness
from storage.locks import role_lock
from storage.store import Store
from watch.records import Level

ANA = 41
NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
FEED = "https://news.example/feed"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "munadi.db"
    Store(path).close()
    return path


def check(database: Path, now: datetime = NOW, roles: tuple[str, ...] = ("bot", "crawl")) -> str:
    """What the check finds while these roles are played."""
    with ExitStack() as played:
        for role in roles:
            played.enter_context(role_lock(database, role))
        return liveness.trouble(database, now) or ""


def test_a_half_that_does_not_run_is_named(database: Path) -> None:
    assert check(database) == ""
    assert check(database, roles=("crawl",)) == "the bot half does not run: start munadi run"
    assert check(database, roles=("bot",)).startswith("the crawl half does not run")


def test_something_owed_and_nothing_sent_is_wrong_whatever_telegram_says(database: Path) -> None:
    with Store(database) as store:
        store.answers.owe(ANA, "private", "نعم", now=NOW)
    assert check(database, NOW + timedelta(minutes=4)) == ""
    told = check(database, NOW + timedelta(minutes=6))
    assert told == (
        "1 owed since 2026-03-05 12:00 UTC, last sent never: the log says what Telegram answers"
    )


def test_a_crawl_that_reads_nothing_is_wrong(database: Path) -> None:
    with Store(database) as store:
        store.sources.sync([("site1", FEED, "feed")], NOW)
    assert check(database, NOW + timedelta(minutes=10)) == ""
    assert "the crawl is stuck" in check(database, NOW + timedelta(minutes=16))
    later = NOW + timedelta(hours=2)
    with Store(database) as store:
        store.sources.failed(FEED, "no route", now=later, due_at=later)
    assert check(database, later) == "no source could be read since never: check the network"
    with Store(database) as store:
        store.sources.unchanged(FEED, now=later, due_at=later)
    assert check(database, later) == ""


def test_the_command_says_one_line_and_an_exit_status(
    start: Start, api: BotAPI, outlet: Outlet
) -> None:
    running = start(api=api)
    running.until_ready()

    def asked(*more: str) -> subprocess.CompletedProcess[str]:
        words = ("status", "--check", *more)
        return forked.run(cli.main, *words, folder=running.folder, environment=running.environment)

    wait_until(lambda: asked().returncode == 0)
    assert asked().stdout == "all is well\n"
    api.fail("sendMessage", Fault(500, "Internal Server Error", times=10**6))
    longer_ago = datetime.now(UTC) - timedelta(minutes=6)
    with Store(running.database) as store:
        store.people.welcome(ANA, "private", "ar", longer_ago)
        store.people.follow(ANA, "aleppo", Level.ABOUT, longer_ago)
        store.answers.owe(ANA, "private", "نعم", now=longer_ago)
    red = asked("--json")
    assert red.returncode == 1
    assert "1 owed since" in red.stdout
    running.stop()
    assert "the bot half does not run" in asked().stdout
