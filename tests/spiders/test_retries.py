"""When what failed is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spiders.pace import retries
from spiders.sites import Poll
from storage.health import Trouble

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
POLL = Poll(min_seconds=60, max_seconds=600)


def seconds(at: datetime | None) -> float:
    assert at is not None
    return (at - NOON).total_seconds()


def waits(trouble: Trouble, failures: int) -> list[float]:
    """What the source waits after each of so many failures of one kind in a row."""
    weight = retries.WEIGHTS[trouble]
    return [
        seconds(retries.after_failure(POLL, weight * number, NOON, lambda: 0.5, None))
        for number in range(1, failures + 1)
    ]


def test_the_interval_doubles_with_each_failure_by_its_weight() -> None:
    assert waits(Trouble.GONE, 4) == [120, 240, 480, 960]
    assert waits(Trouble.REFUSED, 4)[1::2] == [120, 240]
    assert waits(Trouble.UNREACHABLE, 8)[3::4] == [120, 240]


@pytest.mark.parametrize("trouble", Trouble)
def test_every_kind_of_failure_has_a_weight_and_is_tried_again_within_a_day(
    trouble: Trouble,
) -> None:
    waited = waits(trouble, 400)
    assert waited == sorted(waited)
    assert waited[-1] == 86_400


def test_the_interval_is_shaken_by_a_tenth_and_never_shorter_than_the_shortest() -> None:
    assert seconds(retries.after_failure(POLL, 1, NOON, lambda: 0.0, None)) == 108
    assert seconds(retries.after_failure(POLL, 0.01, NOON, lambda: 0.0, None)) == 60


def test_retry_after_is_a_lower_bound_of_a_day_at_most() -> None:
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
