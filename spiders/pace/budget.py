"""One budget of polls for all sources, shared out by the square root of what each brings. Pure.

For a Poisson source of rate r asked f times a second the mean delay of its items is 1/(2f), so the
delay summed over all sources, for a given sum of f, is least when f is proportional to sqrt(r).
Where the rate changes with the hour the same holds hour by hour.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from spiders.pace.rhythm import HOUR, STEP, Rhythm

PRECISION = 1e-4  # of the factor


@dataclass(frozen=True, slots=True)
class Demand:
    """What one source asks of the budget."""

    rate: float  # items a second
    rhythm: Rhythm
    min_seconds: float  # between two polls
    max_seconds: float


def share(demands: Iterable[Demand], polls_per_second: float) -> float:
    """The factor c for which sources polled `c * sqrt(rate)` times a second, each within its own
    limits, take together `polls_per_second` on the mean of a week.

    A budget too small even for the longest intervals gives a c with which all wait for theirs; one
    too large for the shortest a c with which none waits longer than its shortest.
    """
    groups = _groups(demands)
    if not groups:
        return 0.0
    low = math.exp(-STEP) * min(1 / group.longest / group.speeds[-1] for group in groups)
    high = math.exp(STEP) * max(1 / group.shortest / group.speeds[0] for group in groups)
    while high / low > 1 + PRECISION:
        middle = math.sqrt(low * high)
        if math.fsum(group.polls(middle) for group in groups) < polls_per_second:
            low = middle
        else:
            high = middle
    return high


@dataclass(frozen=True, slots=True)
class _Group:
    """The hours of the weeks of all sources that have the same limits, slow hours first."""

    shortest: float
    longest: float
    speeds: list[float]  # at a factor of 1
    counts: list[float]  # of hours before each speed, as parts of a week, and in all
    paces: list[float]  # the sum of their speeds

    def polls(self, factor: float) -> float:
        """The polls a second that a factor comes to."""
        slow = bisect_left(self.speeds, 1 / self.longest / factor)
        fast = bisect_left(self.speeds, 1 / self.shortest / factor)
        return (
            self.counts[slow] / self.longest
            + (self.paces[fast] - self.paces[slow]) * factor
            + (self.counts[-1] - self.counts[fast]) / self.shortest
        )


def _groups(demands: Iterable[Demand]) -> list[_Group]:
    """Count the hours of all sources' weeks by the logarithm of their speed, in steps."""
    weeks: dict[tuple[float, float], dict[int, int]] = {}
    for demand in demands:
        week = weeks.setdefault((demand.min_seconds, demand.max_seconds), {})
        root = round(math.log(demand.rate) / 2 / STEP)
        for weight, hours in zip(*demand.rhythm.week, strict=True):
            week[root + weight] = week.get(root + weight, 0) + hours
    groups = []
    for (shortest, longest), week in weeks.items():
        order = sorted(week)
        speeds = [math.exp(step * STEP) for step in order]
        parts = [week[step] / (24 * 7) for step in order]
        paces = [part * speed for part, speed in zip(parts, speeds, strict=True)]
        groups.append(
            _Group(
                shortest,
                longest,
                speeds,
                list(accumulate(parts, initial=0.0)),
                list(accumulate(paces, initial=0.0)),
            )
        )
    return groups


def wait(demand: Demand, factor: float, now: float, polls: float = 1.0) -> float:
    """The seconds from `now` in which the source's speed adds up to so many polls."""
    slowest, fastest = 1 / demand.max_seconds, 1 / demand.min_seconds
    speed = factor * math.sqrt(demand.rate)
    hours, days = demand.rhythm.hours, demand.rhythm.days
    begin = now
    while True:
        hour = int(begin // HOUR)
        root = math.sqrt(hours[hour % 24] * days[hour // 24 % 7])
        here = min(max(speed * root, slowest), fastest)
        until = (hour + 1) * HOUR
        if (until - begin) * here >= polls:
            return begin + polls / here - now
        polls -= (until - begin) * here
        begin = until
