"""When other programs poll, as rules of one free factor; and a rule that knows the future.

Each takes a feed, the time and the items that the poll found, and answers how many seconds to
wait. Limits and jitter are the replay's.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from spiders.pace import budget
from spiders.pace.budget import Demand
from spiders.pace.rhythm import DAY, Rhythm

MINUTE, WEEK = 60.0, 7 * DAY
MIN_SECONDS, MAX_SECONDS = 60.0, 3600.0

Times = Sequence[float]
Rule = Callable[[str, float, Times], float]


def fixed(interval: float) -> Rule:
    """The same interval for every feed."""
    return lambda _feed, _now, _found: interval


@dataclass(slots=True)
class Miniflux:
    """Miniflux's entry_frequency scheduler: a poll for each `1 / factor` entries expected.

    It reckons a week's entries from the mean gap between those of the last week, and waits the
    longest it may while it has fewer than two.
    """

    factor: float
    _entries: dict[str, list[float]] = field(default_factory=dict)

    def __call__(self, feed: str, now: float, found: Times) -> float:
        entries = self._entries.setdefault(feed, [])
        entries.extend(found)
        count = len(entries) - (first := bisect_left(entries, now - WEEK))
        gap = (entries[-1] - entries[first]) / (count - 1) if count > 1 else 0.0
        return WEEK / (math.ceil(WEEK / gap) * self.factor) if gap else MAX_SECONDS


@dataclass(slots=True)
class MediaCloud:
    """Media Cloud's rss-fetcher: ten minutes longer after a poll that found little new, up to a
    cap; an hour shorter, but not below ten minutes, after one that found mostly new items.

    Its floor of ten minutes gives way to the cap where that is shorter.
    """

    cap: float
    window: int  # entries that a feed lists
    _waits: dict[str, float] = field(default_factory=dict)

    def __call__(self, feed: str, _now: float, found: Times) -> float:
        wait = self._waits.get(feed, self.cap)
        known = 1 - min(len(found) / self.window, 1.0)
        if known >= 0.67:
            wait += 10 * MINUTE
        elif known < 0.33:
            wait = max(wait - 60 * MINUTE, 10 * MINUTE)
        self._waits[feed] = min(wait, self.cap)
        return self._waits[feed]


@dataclass(slots=True)
class Oracle:
    """Knows each feed's own rate and its hours and weekdays over the whole file."""

    factor: float
    demands: Mapping[str, Demand]

    def __call__(self, feed: str, now: float, _found: Times) -> float:
        return budget.wait(self.demands[feed], self.factor, now)


def known_demands(feeds: Mapping[str, Times]) -> dict[str, Demand]:
    """What each feed asks of a budget, as its items of the whole file say."""
    demands = {}
    for feed, times in feeds.items():
        hours, days = [0] * 24, [0] * 7
        for at in times:
            hours[int(at // 3600) % 24] += 1
            days[int(at // DAY) % 7] += 1
        share = len(times) / 24, len(times) / 7
        rhythm = Rhythm(
            tuple(max(count / share[0], 1e-9) for count in hours),
            tuple(max(count / share[1], 1e-9) for count in days),
        )
        rate = len(times) / max(times[-1] - times[0], DAY)
        demands[feed] = Demand(rate, rhythm, MIN_SECONDS, MAX_SECONDS)
    return demands
