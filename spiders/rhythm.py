"""At which hours of the week news comes: of a source, of its outlet, of all of them. Pure.

Times are seconds since 1970 (UTC), whose weeks begin on a Thursday.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

HOUR, DAY = 3600.0, 86400.0

FADING = 28 * DAY  # after which a count is worth 1/e: hours hold for longer than rates

ALL_PRIOR = 4.0  # items added to each hour of all sources
OWN_PRIOR = 40.0  # items that an outlet has as all have them, and a source as its outlet has them
DAY_PRIOR = 40.0
DAYS_NEEDED = 3 * DAY  # before days of the week are told apart
WEIGHT_FLOOR = 0.08  # news may break at any hour

STEP = 0.05  # how finely a week's hours are told apart, as a difference of logarithms


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How newsy each hour of the day and each day of the week is; both have the mean 1.

    Square roots and logarithms are worked out once, since a budget asks for those of every source.
    """

    hours: tuple[float, ...] = (1.0,) * 24
    days: tuple[float, ...] = (1.0,) * 7
    hour_roots: tuple[float, ...] = field(init=False, repr=False, compare=False)
    day_roots: tuple[float, ...] = field(init=False, repr=False, compare=False)
    week: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)
    # the hours of a week by the logarithm of the root of their weight, in steps, and how many

    def __post_init__(self) -> None:
        hour_roots = [math.sqrt(weight) for weight in self.hours]
        day_roots = [math.sqrt(weight) for weight in self.days]
        days = [math.log(root) / STEP for root in day_roots]
        hours = [math.log(root) / STEP for root in hour_roots]
        week = Counter([round(day + hour) for day in days for hour in hours])
        object.__setattr__(self, "hour_roots", tuple(hour_roots))
        object.__setattr__(self, "day_roots", tuple(day_roots))
        object.__setattr__(self, "week", tuple(week.items()))

    def weighed(self, begin: float, end: float) -> float:
        """The seconds from `begin` to `end`, each counted by the weight of its hour.

        More than four weeks count as four: what is older has faded.
        """
        begin, total = max(begin, end - 28 * DAY), 0.0
        while begin < end:
            hour = begin // HOUR
            until = min((hour + 1) * HOUR, end)
            weight = self.hours[int(hour) % 24] * self.days[int(hour // 24) % 7]
            total += (until - begin) * weight
            begin = until
        return total


FLAT = Rhythm()


def of_all(hours: Sequence[float], days: Sequence[float], shares: Sequence[float]) -> Rhythm:
    """The rhythm of all sources together; `shares` are of the time each day was watched."""
    return Rhythm(_hours([count + ALL_PRIOR for count in hours]), _days(days, (1.0,) * 7, shares))


def within(
    wider: Rhythm, hours: Sequence[float], days: Sequence[float], shares: Sequence[float]
) -> Rhythm:
    """The rhythm of an outlet or a source, drawn towards the `wider` one that it is part of."""
    prior = OWN_PRIOR / 24
    drawn = [count + prior * weight for count, weight in zip(hours, wider.hours, strict=True)]
    return Rhythm(_hours(drawn), _days(days, wider.days, shares))


def _hours(counts: Sequence[float]) -> tuple[float, ...]:
    """Counts by hour as weights, smoothed over the neighbouring hours."""
    return _weights(
        [
            0.25 * counts[hour - 1] + 0.5 * counts[hour] + 0.25 * counts[(hour + 1) % 24]
            for hour in range(24)
        ]
    )


def _days(
    counts: Sequence[float], wider: Sequence[float], shares: Sequence[float]
) -> tuple[float, ...]:
    """Counts by day as weights, each against what its share of the time would have brought."""
    if not shares:
        return tuple(wider)
    total = math.fsum(counts)
    prior = DAY_PRIOR / 7
    return _weights(
        [
            (count + prior * weight) / (total * share + prior)
            for count, weight, share in zip(counts, wider, shares, strict=True)
        ]
    )


def _weights(counts: Sequence[float]) -> tuple[float, ...]:
    """Counts as weights with the mean 1, none near 0."""
    scale = len(counts) / math.fsum(counts)
    raised = [max(count * scale, WEIGHT_FLOOR) for count in counts]
    scale = len(raised) / math.fsum(raised)
    return tuple(weight * scale for weight in raised)


def day_shares(since: float, now: float) -> tuple[float, ...]:
    """How much of the time since then, as it fades, fell on each day of the week.

    Empty before the third day: days are not told apart yet.
    """
    if now - since < DAYS_NEEDED:
        return ()
    shares, until = [0.0] * 7, now
    for _ in range(8 * 7):
        day = math.ceil(until / DAY) - 1
        begin = max(day * DAY, since)
        shares[day % 7] += math.exp((begin - now) / FADING) * (until - begin)
        if begin <= since:
            break
        until = begin
    total = math.fsum(shares)
    return tuple(share / total for share in shares)


def added(counts: Iterable[Sequence[float]], size: int) -> list[float]:
    """Counts of several, summed place by place."""
    return [math.fsum(place) for place in zip(*counts, strict=True)] or [0.0] * size
