"""Times, hours and durations as people type them, in Arabic and English; pure.

Digits may be Arabic; spelling is forgiven as `watch.arabic` folds it. What cannot be read is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

from bot.commands.numerals import clocks, counted
from storage.hours import HOURLY, Hours
from watch.arabic import fold

LONGEST = timedelta(days=365)
OFF_WORDS = frozenset(
    fold("off no none never stop 0 لا بلا بدون ايقاف أوقف الغاء إلغاء لاشيء").split()
)
_MORNING = frozenset(fold("am a.m. a.m ص صباحا الصبح صباح فجرا الفجر").split())
_EVENING = frozenset(
    fold("pm p.m. p.m م مساء المساء ظهرا الظهر عصرا العصر ليلا الليل بالليل").split()
)
_NIGHT = frozenset(fold("ليلا الليل بالليل").split())
_NAMED = {
    fold(name): clock
    for names, clock in (
        ("midnight|منتصف الليل|نصف الليل", "00:00"),
        ("noon|midday|منتصف النهار", "12:00"),
    )
    for name in names.split("|")
}
_HALVES = sorted(_MORNING | _EVENING, key=len, reverse=True)
_TIME = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})(?:\s?[:.h٫]\s?(?P<minute>\d{2}))?(?!\d)"
    rf"(?:\s?(?P<half>{'|'.join(map(re.escape, _HALVES))})(?!\w))?"
)
_BETWEEN = frozenset(fold("- – — from to until till and من الى حتى ل لل و بين الساعة at").split())
_UNITS = {
    fold(word): timedelta(minutes=minutes)
    for words, minutes in (
        ("m min mins minute minutes دقيقة دقائق دقيقه د", 1),
        ("h hr hrs hour hours ساعة ساعات س", 60),
        ("d day days يوم أيام يوما", 24 * 60),
        ("w week weeks أسبوع أسابيع اسبوعا", 7 * 24 * 60),
    )
    for word in words.split()
}
_WHOLE = {
    fold(words): timedelta(minutes=minutes)
    for words, minutes in (
        *(("ساعتين", 120), ("ساعتان", 120), ("نصف ساعة", 30), ("half an hour", 30)),
        *(("ربع ساعة", 15), ("ثلث ساعة", 20), ("quarter of an hour", 15)),
        *(("يومين", 2880), ("يومان", 2880), ("أسبوعين", 20160), ("دقيقتين", 2)),
        *(("an hour", 60), ("a day", 1440), ("a week", 10080)),
    )
}
_LASTING = frozenset(fold("for لمدة مدة").split())  # between what is muted and how long
_DURATION = re.compile(r"(\d{1,5})\s?([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Spell:
    """Hours of the day and what was typed after them, which may be a zone."""

    hours: Hours
    rest: str


def spoken_hours(words: str) -> Spell | None:
    """Read `23:00-07:00 Berlin`, `11pm to 7am`, `من ١١ مساء إلى ٧ صباحا دمشق`."""
    said = _plain(words)
    found = list(_TIME.finditer(said))
    if len(found) < 2:
        return None
    start, end = _clock(found[0]), _clock(found[1])
    between = said[: found[0].start()] + " " + said[found[0].end() : found[1].start()]
    if start is None or end is None or not _only_between(between):
        return None
    return Spell(Hours(start, end), said[found[1].end() :].strip(" ,،-"))


def spoken_time(words: str) -> time | None:
    """Read one time of day: `8`, `08:30`, `٨ صباحا`, `8pm`."""
    said = _plain(words)
    found = _TIME.search(said)
    if found is None or not _only_between(said[: found.start()] + " " + said[found.end() :]):
        return None
    return _clock(found)


def spoken_digest(words: str) -> str | None:
    """Read `hourly` or `daily 08:00`, as `storage.hours` takes it; a bare time means daily."""
    said = _plain(words)
    daily = re.sub(rf"\b({_any('daily every day each day يوميا يومي كل يوم')})\b", " ", said)
    if re.fullmatch(_any("hourly|every hour|each hour|كل ساعة|ساعي|كل ساعه", "|"), said):
        return HOURLY
    if daily.strip(" ,،") == "" and said:
        return "08:00"
    clock = spoken_time(daily)
    return None if clock is None else f"{clock:%H:%M}"


def spoken_duration(words: str) -> timedelta | None:
    """Read `2h`, `90 min`, `3 أيام`, `ساعتين`; at most a year."""
    said = fold(words).strip()
    if said in _WHOLE:
        return _WHOLE[said]
    if said in _UNITS and len(said) > 1:
        return _UNITS[said]
    first, _, unit = said.partition(" ")
    found = _DURATION.fullmatch(f"{counted(first)} {unit}" if counted(first) else said)
    if found is None or found[2] not in _UNITS or int(found[1]) == 0:
        return None
    return min(int(found[1]) * _UNITS[found[2]], LONGEST)


def ending_duration(words: str) -> tuple[str, timedelta | None]:
    """What is typed before a duration at the end, and the duration, if there is one."""
    parts = words.split()
    for count in (3, 2, 1):
        if len(parts) >= count and (span := spoken_duration(" ".join(parts[-count:]))):
            before = parts[:-count]
            joined = bool(before) and fold(before[-1]) in _LASTING
            return " ".join(before[:-1] if joined else before), span
    return " ".join(parts), None


def is_off(words: str) -> bool:
    """Whether this says that something is not wanted."""
    return fold(words).strip() in OFF_WORDS


def _plain(words: str) -> str:
    said = " ".join(fold(words).split())
    for name, clock in _NAMED.items():
        said = said.replace(name, clock)
    return clocks(said)


def _any(names: str, between: str = " ") -> str:
    return "|".join(re.escape(fold(name)) for name in names.split(between))


def _only_between(words: str) -> bool:
    """Whether these words only join two times."""
    return all(word in _BETWEEN for word in re.findall(r"\w+|[^\w\s]", words))


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found["half"]
    if half in _NIGHT:
        hour = hour + 12 if 6 <= hour < 12 else hour % 12 if hour == 12 else hour
    elif half in _EVENING and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return time(hour % 24, minute)
