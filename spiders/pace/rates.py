"""What a source has shown so far: how often it brings something new, and at which hours. Pure.

Times are seconds since 1970 (UTC). A rate is estimated as of a Poisson process whose rate has a
gamma prior: so many items found while the source was watched for so long, both fading over four
days, so that an estimate follows the news and still rests on more than the last hour.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from spiders.pace import rhythm as rhythms
from spiders.pace.rhythm import DAY, HOUR, Rhythm

FADING = 4 * DAY  # after which what was seen counts for 1/e
FLOOR = 0.05 / DAY  # items a second: no source is ever given up
STRANGER_SECONDS = 12 * HOUR  # all sources begin as if one item came in this time
FLOOD = 30  # items of one poll that count: an archive told anew is not the pace of news


class Wishes(NamedTuple):
    """What a server asked for with one answer, in seconds; None: it did not say."""

    asked_seconds: float | None = None  # to be left alone for, by its feed
    fresh_seconds: float | None = None  # that the answer holds, by its headers


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What the polls of one source add up to. Read and written as it stands: nothing is rounded."""

    items: float = 0.0  # found, fading
    seconds: float = 0.0  # watched, each weighted by how newsy its hour is, fading
    hours: tuple[float, ...] = (0.0,) * 24  # when they were published, by hour of the UTC day,
    days: tuple[float, ...] = (0.0,) * 7  # and by day of the week from Thursday, fading slowly
    counted_at: float = 0.0  # until when hours and days have faded
    since: float | None = None  # from when on they were counted
    polled_at: float | None = None  # the last poll that was answered
    asked_seconds: float = 0.0  # for how long its feed asks to be left alone between polls,
    fresh_seconds: float = 0.0  # and for how long its answers hold

    def written(self) -> str:
        """This habit as JSON."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(values, separators=(",", ":"))

    @classmethod
    def read(cls, written: str | None) -> Self:
        """What `written` wrote; a habit that never was, or cannot be read, is an empty one."""
        try:
            values = json.loads(written or "{}")
            known: dict[str, Any] = {
                name: tuple(map(float, value)) if isinstance(value, list) else float(value)
                for name in cls.__slots__
                if (value := values.get(name)) is not None
            }
            habit = cls(**known)
            whole = (len(habit.hours), len(habit.days)) == (24, 7)
        except (ValueError, TypeError, AttributeError):
            return cls()
        return habit if whole else cls()


def watched(
    habit: Habit,
    rhythm: Rhythm,
    now: float,
    published: Sequence[float | None],
    wishes: Wishes = NO_WISHES,
) -> Habit:
    """The habit after a poll at `now` that found items of these times (None: no date given).

    What the server did not wish again holds as it was.

    A date before the last poll or after this one says nothing of when the item came: it counts as
    if published half-way between. A clock that went back adds no time and takes none away.
    """
    if any(wish is not None for wish in wishes):
        asked, fresh = wishes
        habit = replace(
            habit,
            asked_seconds=habit.asked_seconds if asked is None else asked,
            fresh_seconds=habit.fresh_seconds if fresh is None else fresh,
        )
    if habit.polled_at is None:
        return _begun(habit, rhythm, now, published)
    before = min(habit.polled_at, now)
    kept = math.exp((before - now) / FADING)
    items = habit.items * kept + min(len(published), FLOOD)
    seconds = habit.seconds * kept + rhythm.weighed(before, now)
    if published:
        halfway = (before + now) / 2
        at = [halfway if one is None or not before <= one <= now else one for one in published]
        habit = _counted(habit, now, at[:FLOOD])
    return replace(habit, items=items, seconds=seconds, polled_at=now)


def _begun(habit: Habit, rhythm: Rhythm, now: float, published: Sequence[float | None]) -> Habit:
    """The habit after the first poll, whose dated items are the source's history.

    The oldest item only marks where the history begins. Its hours count in whole days, since a
    listing that ends in the morning would make a morning paper of any source. Items of one hour
    are no history: some sites date everything by the minute it is asked for.
    """
    dated = sorted(one for one in published if one is not None and now - 7 * FADING < one <= now)
    if not dated or now - dated[0] < HOUR:
        return replace(habit, since=now, counted_at=now, polled_at=now)
    oldest = dated[0]
    faded = sum(math.exp((one - now) / FADING) for one in dated[1:])
    seconds = FADING * (1 - math.exp((oldest - now) / FADING))
    if now - oldest < DAY:  # the weight of its hours would not average out
        seconds = rhythm.weighed(oldest, now)
    since = now - (now - oldest) // DAY * DAY
    counted = _counted(replace(habit, counted_at=since), now, [at for at in dated if at > since])
    return replace(counted, items=faded, seconds=seconds, since=since, polled_at=now)


def _counted(habit: Habit, now: float, at: Sequence[float]) -> Habit:
    """Count the hours and days of some items; what was counted before fades."""
    kept = math.exp(min(habit.counted_at - now, 0.0) / rhythms.FADING)
    hours = [count * kept for count in habit.hours]
    days = [count * kept for count in habit.days]
    for moment in at:
        hours[int(moment // 3600) % 24] += 1
        days[int(moment // DAY) % 7] += 1
    return replace(
        habit, hours=tuple(hours), days=tuple(days), counted_at=max(now, habit.counted_at)
    )


def pooled(habits: Sequence[Habit]) -> float:
    """The rate of a source nobody knows yet, in items a second: that of all others together."""
    items = math.fsum(habit.items for habit in habits)
    seconds = math.fsum(habit.seconds for habit in habits)
    return (items + 1) / (seconds + STRANGER_SECONDS)


def rate(habit: Habit, stranger: float) -> float:
    """A source's rate in items a second, drawn towards `stranger` while little is known of it."""
    return max((habit.items + 1) / (habit.seconds + 1 / stranger), FLOOR)
