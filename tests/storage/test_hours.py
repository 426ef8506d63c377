"""Quiet hours and digests are read off the wall clock, also when it jumps."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.hours import Hours, held, next_digest, quiet_at, quiet_until

BERLIN, DAMASCUS, CAIRO = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Damascus", "Africa/Cairo")
)
ZONES = [
    *(BERLIN, DAMASCUS, CAIRO, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")),
    *(ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Gaza"), ZoneInfo("UTC")),
]
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
NIGHT = Hours(time(23), time(7))

minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))
instants = st.datetimes(
    NOON.replace(tzinfo=None, year=2024),
    NOON.replace(tzinfo=None, year=2028),
    timezones=st.just(UTC),
)


def at(zone: ZoneInfo, *when: int) -> datetime:
    return datetime(*when, tzinfo=zone).astimezone(UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("22:59", False), ("23:00", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_over_midnight(clock: str, quiet: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    assert quiet_at(at(DAMASCUS, 2026, 3, 5, hour, minute), NIGHT, DAMASCUS) is quiet


def test_start_equal_to_end_is_never_quiet() -> None:
    never = Hours(time(7), time(7))
    for hour in range(24):
        now = at(DAMASCUS, 2026, 3, 5, hour)
        assert not quiet_at(now, never, DAMASCUS)
        assert quiet_until(now, never, DAMASCUS) == now


def test_the_night_of_the_spring_change_is_an_hour_shorter() -> None:
    now = at(BERLIN, 2026, 3, 28, 23, 30)
    assert quiet_until(now, NIGHT, BERLIN) == at(BERLIN, 2026, 3, 29, 7)
    assert quiet_until(now, NIGHT, BERLIN) - now == timedelta(hours=6, minutes=30)


def test_the_night_of_the_autumn_change_is_an_hour_longer() -> None:
    now = at(BERLIN, 2026, 10, 24, 23, 30)
    assert quiet_until(now, NIGHT, BERLIN) - now == timedelta(hours=8, minutes=30)


def test_an_end_that_the_clock_jumps_over_is_the_jump() -> None:
    short = Hours(time(23), time(2, 30))  # at two it is three in Berlin
    end = quiet_until(at(BERLIN, 2026, 3, 28, 23, 30), short, BERLIN)
    assert end == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_hour_that_the_clock_shows_twice_is_quiet_twice() -> None:
    short = Hours(time(23), time(2, 30))
    first = quiet_until(at(BERLIN, 2026, 10, 24, 23, 30), short, BERLIN)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = quiet_until(datetime(2026, 10, 25, 1, 10, tzinfo=UTC), short, BERLIN)
    assert again == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(instants, minutes, minutes, st.sampled_from(ZONES))
@example(datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), time(1), time(2, 30), BERLIN)
def test_an_instant_is_in_or_out_as_the_wall_clock_says(
    now: datetime, start: time, end: time, zone: ZoneInfo
) -> None:
    hours = Hours(start, end)
    assert Hours.read(str(hours)) == hours
    until = quiet_until(now, hours, zone)
    assert not quiet_at(until, hours, zone)
    step = now
    while step < until:  # quiet all the way to the end, and to its last minute
        assert quiet_at(step, hours, zone)
        step += timedelta(minutes=29)
    if until > now:
        assert quiet_at(max(now, until - timedelta(seconds=1)), hours, zone)
        assert until - now <= timedelta(hours=25)


@given(instants, minutes, st.sampled_from(ZONES))
def test_a_digest_is_due_once_a_day_when_the_clock_says_so(
    now: datetime, clock: time, zone: ZoneInfo
) -> None:
    due = next_digest(now, f"{clock:%H:%M}", zone)
    assert now < due <= now + timedelta(hours=25)
    shown = due.astimezone(zone)
    assert shown.time() == clock or shown.utcoffset() != (now.astimezone(zone).utcoffset())


@given(instants, st.sampled_from(ZONES))
def test_an_hourly_digest_is_due_at_the_full_hour(now: datetime, zone: ZoneInfo) -> None:
    due = next_digest(now, "hourly", zone)
    assert now < due <= now + timedelta(hours=1)
    assert due.astimezone(zone).strftime("%M:%S.%f") in {"00:00.000000", "30:00.000000"}


def test_quiet_hours_come_before_digests() -> None:
    now = at(DAMASCUS, 2026, 3, 5, 23, 30)
    waits = held(now, DAMASCUS, NIGHT, "hourly")
    assert waits is not None
    assert (waits.why, waits.until) == ("quiet", at(DAMASCUS, 2026, 3, 6, 7))
    assert held(now, DAMASCUS, None, None) is None
