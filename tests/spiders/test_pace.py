"""When sources and pages are asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spiders import pace
from spiders.sites import Poll
from storage.sources import Source

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
POLL = Poll(min_seconds=60, max_seconds=600)


def seconds(at: datetime | None) -> float:
    assert at is not None
    return (at - NOON).total_seconds()


@pytest.mark.parametrize("dice", [0.0, 0.5, 0.999])
def test_after_an_answer_the_interval_is_never_shorter_than_the_seed_says(dice: float) -> None:
    assert 60 <= seconds(pace.after_success(POLL, NOON, lambda: dice)) <= 72


def test_failures_double_the_interval_up_to_the_longest() -> None:
    waits = [
        seconds(pace.after_failure(POLL, failures, NOON, lambda: 0.5, None))
        for failures in (1, 2, 3, 4, 99)
    ]
    assert waits == [120, 240, 480, 600, 600]
    assert seconds(pace.after_failure(POLL, 1, NOON, lambda: 0.0, None)) == 108
    assert (
        seconds(
            pace.after_failure(Poll(min_seconds=60, max_seconds=60), 9, NOON, lambda: 0.0, None)
        )
        == 60
    )


def test_retry_after_may_exceed_the_longest_interval_but_not_a_day() -> None:
    def wait(asked: timedelta) -> float:
        return seconds(pace.after_failure(POLL, 1, NOON, lambda: 0.5, asked))

    assert wait(timedelta(seconds=5)) == 120
    assert wait(timedelta(hours=2)) == 7200
    assert wait(timedelta(days=900)) == 86_400


def test_a_start_asks_new_sources_at_once_and_spreads_the_overdue() -> None:
    def source(**state: object) -> Source:
        known = {"url": "u", "site": "s", "kind": "feed", "due_at": NOON - timedelta(days=3)}
        return Source(**(known | state))  # type: ignore[arg-type]

    def wait(asked: Source, dice: float = 0.5) -> float:
        return seconds(pace.first_poll(asked, POLL, NOON, lambda: dice))

    assert wait(source()) == 0
    assert wait(source(last_success=NOON)) == 30
    assert wait(source(last_success=NOON), 0.9) == 54
    assert wait(source(failures=3)) == 30
    assert wait(source(last_success=NOON, due_at=NOON + timedelta(seconds=7))) == 7


def test_a_page_that_fails_is_asked_again_after_as_long_as_it_was_wanted() -> None:
    day = timedelta(days=1)

    def wait(wanted_for: timedelta, asked: timedelta | None = None) -> float:
        return seconds(pace.page_retry(NOON - wanted_for, NOON, day, asked))

    assert wait(timedelta()) == 60
    assert wait(timedelta(minutes=8)) == 480
    assert wait(timedelta(hours=9)) == 3600
    assert wait(timedelta(), timedelta(hours=3)) == 10_800
    assert pace.page_retry(NOON - day, NOON, day, None) is None
    assert pace.page_retry(NOON, NOON, timedelta(), None) is None
