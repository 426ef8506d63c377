"""When to poll a source next. Pure: the clock and the dice are arguments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from spiders.sites import Poll
from storage.sources import Source

Dice = Callable[[], float]  # uniform in [0, 1)

JITTER = 0.1
RETRY_AFTER_MAX = timedelta(days=1)


def after_success(poll: Poll, now: datetime, dice: Dice) -> datetime:
    """The next poll after an answer: the seed's interval, never sooner, up to a fifth later."""
    return now + timedelta(seconds=poll.min_seconds * (1 + 2 * JITTER * dice()))


def after_failure(
    poll: Poll, failures: int, now: datetime, dice: Dice, retry_after: timedelta | None
) -> datetime:
    """The next poll after this many failures in a row: doubling from the interval up to
    `max_seconds`, ±10 %, and not before what Retry-After asks for (a day at most).
    """
    doubled = poll.min_seconds * 2.0 ** min(failures, 30)
    seconds = min(doubled, poll.max_seconds) * (1 - JITTER + 2 * JITTER * dice())
    return now + max(
        timedelta(seconds=max(seconds, poll.min_seconds)),
        bounded(retry_after),
    )


def first_poll(source: Source, poll: Poll, now: datetime, dice: Dice) -> datetime:
    """When a source is polled first after a start: a source that was never asked at once, one that
    is overdue within its interval at random, so that a restart does not ask everyone together.
    """
    if source.due_at > now:
        return source.due_at
    if source.last_success is None and source.failures == 0:
        return now
    return now + timedelta(seconds=poll.min_seconds * dice())


def page_retry(
    first_seen: datetime, now: datetime, patience: timedelta, retry_after: timedelta | None
) -> datetime | None:
    """When to ask again for a page that failed: after as long as it has been wanted already,
    which doubles from a minute to an hour, and not before what Retry-After asks for. None once it
    has been wanted for longer than `patience`.
    """
    wanted_for = now - first_seen
    if wanted_for >= patience:
        return None
    wait = min(max(wanted_for, timedelta(minutes=1)), timedelta(hours=1))
    return now + max(wait, bounded(retry_after))


def bounded(retry_after: timedelta | None) -> timedelta:
    """What a host may ask for: nothing, up to a day."""
    return min(retry_after or timedelta(), RETRY_AFTER_MAX)
