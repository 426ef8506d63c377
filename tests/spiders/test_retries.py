"""When what failed is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from spiders.pace import retries
from spiders.sites import Poll

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
POLL = Poll(min_seconds=60, max_seconds=600)


def seconds(at: datetime | None) -> float:
    assert at is not None
    return (at - NOON).total_seconds()


def test_failures_double_the_interval_up_to_the_longest() -> None:
    waits = [
        seconds(retries.after_failure(POLL, failures, NOON, lambda: 0.5, None))
        for failures in (1, 2, 3, 4, 99)
    ]
    assert waits == [120, 240, 480, 600, 600]
    assert seconds(retries.after_failure(POLL, 1, NOON, lambda: 0.0, None)) == 108
    assert (
        seconds(
            retries.after_failure(Poll(min_seconds=60, max_seconds=60), 9, NOON, lambda: 0.0, None)
        )
        == 60
    )


def test_retry_after_may_exceed_the_longest_interval_but_not_a_day() -> None:
    def wait(asked: timedelta) -> float:
        return seconds(retries.after_failure(POLL, 1, NOON, lambda: 0.5, asked))

    assert wait(timedelta(seconds=5)) == 120
    assert wait(timedelta(hours=2)) == 7200
    assert wait(timedelta(days=900)) == 86_400


def test_a_page_that_fails_is_asked_again_after_as_long_as_it_was_wanted() -> None:
    day = timedelta(days=1)

    def wait(wanted_for: timedelta, asked: timedelta | None = None) -> float:
        return seconds(retries.page_retry(NOON - wanted_for, NOON, day, asked))

    assert wait(timedelta()) == 60
    assert wait(timedelta(minutes=8)) == 480
    assert wait(timedelta(hours=9)) == 3600
    assert wait(timedelta(), timedelta(hours=3)) == 10_800
    assert retries.page_retry(NOON - day, NOON, day, None) is None
    assert retries.page_retry(NOON, NOON, timedelta(), None) is None
