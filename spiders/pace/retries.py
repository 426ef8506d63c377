"""When to ask again for what failed. Pure: the clock and the dice are arguments.

A source's strain is the sum of its failures in a row, each weighted by its kind (`WEIGHTS`). It is
asked again after `min_seconds * 2 ** strain`, a day at most: a source that is gone is asked twice
as rarely each time, one that is out of order only after four tries. One success takes all of it
away, and no source is ever given up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from spiders.pace.plan import JITTER, Dice
from spiders.sites import Poll
from storage.health import Trouble

LONGEST = timedelta(days=1)
RETRY_AFTER_MAX = timedelta(days=1)

HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
WEIGHTS: Mapping[Trouble, float] = MappingProxyType(
    {
        Trouble.GONE: HARD,
        Trouble.REFUSED: SOFT,
        Trouble.ASTRAY: SOFT,
        Trouble.HTML: SOFT,
        Trouble.BROKEN: SOFT,
        Trouble.UNLISTED: SOFT,
        Trouble.UNREACHABLE: TEMPORARY,
        Trouble.FAILING: TEMPORARY,
        Trouble.BUSY: TEMPORARY,
    }
)


def after_failure(
    poll: Poll, strain: float, now: datetime, dice: Dice, retry_after: timedelta | None
) -> datetime:
    """The next poll of a source under this strain, ±10 %, and not before what Retry-After asks
    for (a day at most).
    """
    doubled = min(poll.min_seconds * 2.0 ** min(strain, 60.0), LONGEST.total_seconds())
    seconds = max(doubled * (1 - JITTER + 2 * JITTER * dice()), poll.min_seconds)
    return now + max(timedelta(seconds=seconds), bounded(retry_after))


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
