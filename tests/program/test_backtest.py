"""A topic on the archive: how many alerts, which articles, and what a change would move."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import forked
from newsroom import Newsroom, a_hit

from munadi import cli
from munadi.settings import shipped_seeds
from storage.store import Store

BRIDGE = "افتتح الجسر الجديد في حلب صباح اليوم، وعبرته السيارات في حلب أول مرة."
FIELDS = "حصد المزارعون القمح في الحقول قبل المطر."


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """An archive of four days: two outlets on one bridge, and a field."""
    path = tmp_path / "munadi.db"
    now = datetime.now(UTC)
    with Store(path) as store:
        room = Newsroom(store)
        room.prints(title="حصاد", text=FIELDS, first_seen=now - timedelta(days=60))
        room.prints(title="جسر في حلب", text=BRIDGE, first_seen=now - timedelta(days=4))
        room.prints(a_hit(), title="موسم القمح", text=FIELDS, first_seen=now - timedelta(days=2))
        for number in range(250):
            room.prints(title=f"خبر {number}", text=FIELDS, first_seen=now)
    return path


def run(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "MUNADI_DB": str(database),
        "MUNADI_SEEDS": str(shipped_seeds()),
        "PATH": "",
        "COLUMNS": "200",
    }
    return forked.run(cli.main, *arguments, folder=database.parent, environment=environment)


def test_a_topic_is_held_against_what_was_recorded(database: Path) -> None:
    done = run(database, "topics", "backtest", "aleppo")
    assert done.returncode == 0, done.stderr
    assert "252 articles of 4.0 days: 1 about it in 1 stories, 0 only name it" in done.stdout
    assert "alerts a day: 0.2" in done.stdout
    assert "1 added, 1 dropped" in done.stdout
    assert "جسر في حلب" in done.stdout
    assert "موسم القمح" in done.stdout


def test_a_line_is_said_back_and_tried(database: Path) -> None:
    done = run(database, "topics", "backtest", "قمح -جسر", "--days", "90")
    assert done.returncode == 0, done.stderr
    assert "«قمح»، ولا يرد فيه «جسر»" in done.stderr
    assert "253 articles" in done.stdout
    assert "252 about it" in done.stdout
    assert "recorded" not in done.stdout
    held = run(database, "topics", "backtest", "جسر", "--against", "حلب")
    assert "against what was recorded for aleppo: 1 added, 1 dropped" in held.stdout


@pytest.mark.parametrize("arguments", [["-- -حلب"], ["جسر", "--against", "مريخ"], ["@كرة"]])
def test_what_cannot_be_tried_says_why(database: Path, arguments: list[str]) -> None:
    done = run(database, "topics", "backtest", *" ".join(arguments).split())
    assert done.returncode == 1
    assert done.stderr.startswith("munadi: ")
    assert done.stdout == ""


def test_a_line_filters_articles_in_place_of_the_topics(database: Path) -> None:
    article = '{"id": 7, "title": "جسر", "text": "افتتح الجسر."}\n'
    done = subprocess.run(
        [sys.executable, "-m", "munadi", "match", "--line", "جسر | نفق"],
        input=article,
        env={"MUNADI_DB": str(database), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        encoding="utf-8",
    )
    assert '"topic": "جسر | نفق"' in done.stdout
    assert '"level": "about"' in done.stdout
