"""At which hours of the week news comes: of a source, of its outlet, of all of them. Pure.

Times are seconds since 1970 (UTC), whose weeks begin on a Thursday.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

HOUR, DAY = 3600.0, 86400.0

FADING = 28 * DAY  # after which a count is worth 1/e: hours hold for longer than rates

ALL_PRIOR = 4.0  # items added to each hour of all sources
OWN_PRIOR = 40.0  # items that an outlet has as all have them, and a source as its outlet has them
DAY_PRIOR = 40.0
HOURS_NEEDED = DAY  # before hours are told apart: a morning is not a day
DAYS_NEEDED = 3 * DAY  # before days of the week are
WEIGHT_FLOOR = 0.08  # news may break at any hour

STEP = 0.05  # how finely a week's hours are told apart, as a difference of logarithms


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """How newsy each hour of the day and each day of the week is; both have the mean 1.

    Thousands of sources have one each, so it lies in arrays: tuples take four times the memory.
    """

    hours: Sequence[float] = (1.0,) * 24
    days: Sequence[float] = (1.0,) * 7
    week: tuple[Sequence[int], Sequence[int]] = field(init=False, repr=False)
    # The logarithms of the roots of the weights of a week's hours, in steps, and how many hours
    # have each: worked out once, since a budget asks for those of every source.

    def __post_init__(self) -> None:
        days, hours = (
            [math.log(weight) / 2 / STEP for weight in weights]
            for weights in (self.days, self.hours)
        )
        week = Counter([round(day + hour) for day in days for hour in hours])
        object.__setattr__(self, "hours", array("d", self.hours))
        object.__setattr__(self, "days", array("d", self.days))
        object.__setattr__(self, "week", (array("h", week.keys()), array("h", week.values())))

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


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items came at each hour and on each day, and how many would have, had they come
    evenly over the time that was watched.
    """

    hours: Sequence[float] = (0.0,) * 24
    even_hours: Sequence[float] = (0.0,) * 24
    days: Sequence[float] = (0.0,) * 7
    even_days: Sequence[float] = (0.0,) * 7

    @classmethod
    def summed(cls, counts: Collection[Counts]) -> Counts:
        """The counts of several sources together."""
        if not counts:
            return cls()
        return cls(
            [math.fsum(place) for place in zip(*(each.hours for each in counts), strict=True)],
            [math.fsum(place) for place in zip(*(each.even_hours for each in counts), strict=True)],
            [math.fsum(place) for place in zip(*(each.days for each in counts), strict=True)],
            [math.fsum(place) for place in zip(*(each.even_days for each in counts), strict=True)],
        )


def counted(hours: Sequence[float], days: Sequence[float], since: float, now: float) -> Counts:
    """The counts of a source that was watched from `since` to `now`; none before it is known well
    enough to compare hours, and then days.
    """
    if now - since < HOURS_NEEDED:
        return Counts()
    total = math.fsum(hours)
    hour_shares, day_shares = _shares(int(since // HOUR), int(now // HOUR))
    even_hours = [total * share for share in hour_shares]
    if now - since < DAYS_NEEDED:
        return Counts(hours, even_hours)
    return Counts(hours, even_hours, days, [total * share for share in day_shares])


@lru_cache(maxsize=4096)
def _shares(since: int, now: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How much of the time between two hours, as it fades, fell on each hour and each day."""
    hours, days, whole = [0.0] * 24, [0.0] * 7, 0.0
    for day in range(max(since // 24, now // 24 - 8 * 7), now // 24 + 1):
        kept = math.exp((day - now / 24) * DAY / FADING)
        begin, end = max(since, day * 24), min(now, day * 24 + 24)
        days[day % 7] += kept * (end - begin)
        if end - begin == 24:
            whole += kept
        else:
            for hour in range(begin, end):
                hours[hour % 24] += kept
    total = math.fsum(days) or 1.0
    return (
        tuple((hour + whole) / total for hour in hours),
        tuple(day / total for day in days),
    )


def of_all(counts: Counts) -> Rhythm:
    """The rhythm of all sources together."""
    return _drawn(FLAT, counts, ALL_PRIOR)


def within(wider: Rhythm, counts: Counts) -> Rhythm:
    """The rhythm of an outlet or a source, drawn towards the `wider` one that it is part of."""
    return _drawn(wider, counts, OWN_PRIOR / 24) if any(counts.even_hours) else _unknown(wider)


@lru_cache(maxsize=64)  # thousands of sources that nobody knows yet share one
def _unknown(wider: Rhythm) -> Rhythm:
    return _drawn(wider, Counts(), OWN_PRIOR / 24)


def _drawn(wider: Rhythm, counts: Counts, prior: float) -> Rhythm:
    hours = _ratios(counts.hours, counts.even_hours, wider.hours, prior)
    smoothed = [
        0.25 * hours[hour - 1] + 0.5 * hours[hour] + 0.25 * hours[(hour + 1) % 24]
        for hour in range(24)
    ]
    days = _ratios(counts.days, counts.even_days, wider.days, DAY_PRIOR / 7)
    return Rhythm(_weights(smoothed), _weights(days))


def _ratios(
    counts: Sequence[float], even: Sequence[float], wider: Sequence[float], prior: float
) -> list[float]:
    """Each count against an even one, both with so many items of the wider rhythm besides."""
    return [
        (count + prior * weight) / (expected + prior)
        for count, expected, weight in zip(counts, even, wider, strict=True)
    ]


def _weights(ratios: Sequence[float]) -> list[float]:
    """Ratios as weights with the mean 1, none near 0."""
    scale = len(ratios) / math.fsum(ratios)
    raised = [max(ratio * scale, WEIGHT_FLOOR) for ratio in ratios]
    scale = len(raised) / math.fsum(raised)
    return [weight * scale for weight in raised]
