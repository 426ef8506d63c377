"""When a reader may be written to: quiet hours and digests. Pure.

A reader's hours are read off the wall clock of the reader's own zone, also on the two nights a year
on which that clock jumps: an instant is quiet if the clock says so at that instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

HOURLY = "hourly"
_MINUTE = timedelta(minutes=1)

Why = Literal["quiet", "digest", "limit", "late"]


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start` up to, not including, `end`, over midnight if need be; equal: never."""

    start: time
    end: time

    def hold(self, clock: time) -> bool:
        """Whether a wall clock that shows this is within."""
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    @classmethod
    def read(cls, written: str) -> Hours:
        """Read what `str` wrote."""
        start, _, end = written.partition("-")
        return cls(time.fromisoformat(start), time.fromisoformat(end))


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing but what is urgent goes out before `until`, and why."""

    until: datetime
    why: Why


def held(now: datetime, zone: ZoneInfo, quiet: Hours | None, digest: str | None) -> Held | None:
    """Until when alerts wait; a digest that falls into quiet hours waits for their end.

    `digest` is None, `hourly` (at the full hour) or the time of day as HH:MM.
    """
    if quiet is not None and quiet_at(now, quiet, zone):
        return Held(quiet_until(now, quiet, zone), "quiet")
    if digest is None:
        return None
    return Held(next_digest(now, digest, zone), "digest")


def quiet_at(now: datetime, hours: Hours, zone: ZoneInfo) -> bool:
    """Whether the wall clock of the zone is within the hours at this instant."""
    return hours.hold(now.astimezone(zone).time())


def quiet_until(now: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """The first instant from now at which it is not quiet, in UTC; `now` if it is not quiet now."""
    if not quiet_at(now, hours, zone):
        return now
    for instant in _readings(now, hours.end, zone):
        if instant > now and not quiet_at(instant, hours, zone):
            return _leaves(max(now, instant - timedelta(hours=3)), instant, hours, zone)
    raise ValueError(f"the quiet hours {hours} in {zone} have no end")


def _leaves(first: datetime, last: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """The instant between two at which quiet hours end: where the clock jumps over their end."""
    if last.astimezone(zone).time() == hours.end or not quiet_at(first, hours, zone):
        return last
    while last - first > _MINUTE:
        middle = first + (last - first) / 2
        first, last = (middle, last) if quiet_at(middle, hours, zone) else (first, middle)
    return last.replace(second=0, microsecond=0)


def next_digest(now: datetime, digest: str, zone: ZoneInfo) -> datetime:
    """The next instant at which a digest is due, in UTC."""
    if digest == HOURLY:
        local = now.astimezone(zone)
        rest = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return now - rest + timedelta(hours=1)
    return next(i for i in _readings(now, time.fromisoformat(digest), zone) if i > now)


def _readings(now: datetime, clock: time, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which the zone's clock shows a time, from yesterday to the day after next.

    A time that the clock jumps over is read an hour later; one that it shows twice, both times.
    """
    today = now.astimezone(zone).date()
    for days in (-1, 0, 1, 2):
        local = datetime.combine(today + timedelta(days=days), clock, zone)
        first = local.astimezone(UTC)
        yield first
        again = local.replace(fold=1).astimezone(UTC)
        if again > first:
            yield again
