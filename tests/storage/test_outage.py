"""After twelve hours without Telegram: told or summarised by rule, in order, nothing twice."""

from __future__ import annotations

from pathlib import Path

from outage import HOURS, outage

STORIES, READERS = 60, 12


def test_everything_owed_in_an_outage_is_told_or_summarised_in_order(tmp_path: Path) -> None:
    report = outage(tmp_path, STORIES, READERS)
    late = STORIES * 6 // HOURS  # older than six hours when Telegram answers again
    assert report.left == 0
    assert report.told == late * READERS
    assert report.sent() == report.owed - report.told
    for chat in range(1, READERS + 1):
        assert report.alone[chat] == list(range(late + 1, STORIES + 1))
        caught_up = "\n".join(report.pages[chat])
        places = [caught_up.find(f"بيوتهم {number} .") for number in range(1, late + 1)]
        assert -1 not in places
        assert places == sorted(places)
