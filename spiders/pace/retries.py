"""When to ask again for what failed. Pure: the clock and the dice are arguments."""

from __future__ import annotations

from datetime import datetime, timedelta

from spiders.pace.plan import JITTER, Dice
from spiders.sites import Poll

RETRY_AFTER_MAX = timedelta(days=1)


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
