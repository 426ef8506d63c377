"""What `munadi topics backtest --json` prints."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from munadi.backtest import backtest, show
from munadi.settings import shipped_seeds
from storage.replay import Replayed
from watch.records import Level
from watch.topics import Topics, load

MORNING = datetime(2026, 3, 3, 8, tzinfo=UTC)


def read(number: int, text: str, level: Level | None = None) -> Replayed:
    return Replayed(
        article=number,
        story=number,
        outlet="صحيفة النهر",
        url=f"https://paper.example/{number}",
        first_seen=MORNING + timedelta(days=number),
        title=text,
        text=text,
        level=level,
    )


def test_a_backtest_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    shipped = load(shipped_seeds())
    alone = Topics([shipped["aleppo"]], shipped.gazetteer)
    archive = [read(1, "افتتاح جسر المشاة في حلب"), read(2, "حصاد القمح", Level.ABOUT)]
    show(backtest(archive, alone), "aleppo", as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], told["stories"], told["alerts_a_day"]) == (2, 1, 1.0)
    assert told["against"] == "aleppo"
    assert [told[kind]["count"] for kind in ("about", "mention", "added", "dropped")] == [
        1,
        0,
        1,
        1,
    ]
    assert told["added"]["newest"] == [
        {
            "first_seen": "2026-03-04T08:00:00+00:00",
            "outlet": "صحيفة النهر",
            "title": "افتتاح جسر المشاة في حلب",
        }
    ]
