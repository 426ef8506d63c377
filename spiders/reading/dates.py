"""Reads a time as Arabic pages write it: the expression alone, without the page around it.

Everything is read in the spelling of `watch.arabic.fold`, so Arabic-Indic and Persian digits,
hamzas and tashkeel do not matter. What cannot be read for certain is None, never today: a day
without its year, a Hijri date alone (its day differs from country to country), a two-digit year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from spiders.reading import hijri, relative
from spiders.reading.clocks import CLOCK, OFFSET, clock, zone_in
from spiders.reading.months import DAY_NAME, HIJRI_MONTH, MONTH, ORDINAL, ORDINALS, month_number
from spiders.reading.spelling import fold
from spiders.reading.weekdays import month_first
from watch.records import Published

OLDEST = date(1995, 1, 1)  # no Arabic news site is older
TOLERANCE = timedelta(hours=26)  # a clock may be wrong by a zone, not by more
_LONGEST = 300  # characters looked at: a date line is short

_GAP = r"[\s,،;.|/\-–—()]*"
_TWICE = rf"(?:{MONTH})(?:\s*[/\\\-(|،,]\s*(?:{MONTH})\)?)?"  # "أبريل/نيسان", "نيسان (أبريل)"
_END = r"(?![^\W\d])"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+من)?(?:\s+شهر)?{_GAP}(?P<name>{_TWICE}){_END}"
        rf"{_GAP}(?:(?:من\s+)?(?:عام|سنه|العام)\s+)?(?P<y>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\w)(?P<name>{_TWICE})[\s,،.]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,،]+(?P<y>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<y>(?:19|20)\d\d){_GAP}(?:{DAY_NAME})?{_GAP}(?P<d>\d{{1,2}}){_GAP}(?P<name>{_TWICE}){_END}",
        rf"(?<!\d)(?P<y>(?:19|20)\d\d){_GAP}(?P<name>{_TWICE}){_END}{_GAP}(?P<d>\d{{1,2}})(?![\d:])",
        rf"(?<!\w)(?P<nth>{ORDINAL})\s+من\s+(?:شهر\s+)?(?P<name>{_TWICE}){_END}{_GAP}(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # every form has one
_NAMES = rf"{DAY_NAME}|{HIJRI_MONTH}|الموافق|الساعه|تاريخ|بتاريخ"
# What stands in a date line beside its day, each with what it cannot do without and costs little.
_BESIDE = tuple(
    (pattern, re.compile(sign))
    for pattern, sign in (
        (CLOCK, r"\d"),
        (OFFSET, r"\+|-|gmt|utc|z|غ|توقيت"),
        (relative.AGO, relative.AGO_SIGN),
        (relative.YESTERDAY, relative.YESTERDAY_SIGN),
        (hijri.HIJRI, hijri.SIGN),
        (
            re.compile(rf"(?<!\w)(?:{_NAMES})(?!\w)"),
            "ال|تاريخ|محرم|صفر|ربيع|جماد|رجب|شعبان|رمضان|شوال|ذ[وي]",
        ),
    )
)
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ISO = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)"
    r"(?:[tT ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(z|[+-]\d\d:?(?:\d\d)?)?)?\s*",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?(z)?)?|(1\d{9})(?:\d{3})?")
_HOUR_LABEL = re.compile(r"^\s*(?:الوقت|الساعه|التوقيت|time)(?!\w)")
_DATE_OF = re.compile(r"^\\?/date\((\d+)(?:[+-]\d{4})?\)\\?/$")  # as some servers write JSON
_YEARLESS = re.compile(
    rf"(?<!\d)\d{{1,2}}\s+(?:{_TWICE}){_END}|(?<!\d)\d{{1,2}}[/.]\d{{1,2}}[/.]\d\d(?!\d)"
)
_ASCTIME = re.compile(r"(?P<name>[a-z]{3})\s+(?P<d>\d{1,2})\s+(?P<clock>[\d:]+)\s+(?P<y>20\d\d)")


def parse(text: str, zone: tzinfo, now: datetime) -> Published | None:
    """The one time that a short text tells, or None.

    A time of day gives an aware datetime, with the offset that the text tells or else in `zone`; a
    day alone gives a date. Relative times count from `now`. Refused: dates before 1995 or in the
    future, and days without a year.
    """
    if not text:
        return None
    text = text[:_LONGEST]
    iso = _ISO.fullmatch(text)
    if iso:
        return accept(_iso(iso, zone), now)
    folded = " ".join(fold(text).split())
    found = _absolute(folded, zone)
    if found is None and hijri.told(folded):
        found = hijri.read(folded, zone)
    elif found is None:
        machine = _machine(folded, zone) if _DIGIT.search(folded) else None
        found = machine or relative.read(folded, zone, now)
    return accept(found, now)


def why_not(text: str, zone: tzinfo) -> str | None:
    """Why a text that holds a date of some kind tells no time; None if it holds none."""
    folded = " ".join(fold(text[:_LONGEST]).split())
    if found := _absolute(folded, zone):
        return "before 1995" if found.year < OLDEST.year else "in the future"
    if hijri.told(folded):
        return "a Hijri day alone"
    if any(form.search(folded) for form in _FORMS):
        return "no such day"
    return "a day without its year" if _YEARLESS.search(folded) else None


@lru_cache(maxsize=128)  # several ask it of one line
def holds_date(text: str) -> bool:
    """Whether a full date (day, month, year) is written in a text."""
    folded = " ".join(fold(text[:_LONGEST]).split())
    return _YEAR.search(folded) is not None and any(form.search(folded) for form in _FORMS)


def hour_alone(text: str) -> bool:
    """Whether a text is a time of day and nothing else."""
    folded = " ".join(fold(text[:_LONGEST]).split())
    if not _DIGIT.search(folded):
        return False
    rest, found = CLOCK.subn(" ", folded, count=1)
    return found == 1 and re.search(r"\w", _HOUR_LABEL.sub("", OFFSET.sub(" ", rest))) is None


def leftover(text: str) -> int:
    """How many words of a text are not part of its time; a pure date line has none.

    Looks at the first 300 characters.
    """
    folded = " ".join(fold(text[:_LONGEST]).split())
    for form in _FORMS if _YEAR.search(folded) else ():
        folded = form.sub(" ", folded)
    for pattern, sign in _BESIDE:
        if sign.search(folded):
            folded = pattern.sub(" ", folded)
    return len(_LETTERS.findall(folded))


def accept(found: Published | None, now: datetime) -> Published | None:
    """A time, unless it is before 1995 or in the future."""
    if found is None:
        return None
    if isinstance(found, datetime):
        return found if found.date() >= OLDEST and found <= now + TOLERANCE else None
    return found if OLDEST <= found <= (now + TOLERANCE).date() else None


def _iso(match: re.Match[str], zone: tzinfo) -> Published | None:
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        that_day = date(int(year), int(month), int(day))
        if hour is None:
            return that_day
        clock = time(int(hour), int(minute), int(second or 0))
        return datetime.combine(that_day, clock, _fixed(offset) if offset else zone)
    except ValueError:
        return None


def _fixed(offset: str) -> tzinfo:
    if offset in "zZ":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if offset[0] == "-" else ahead)


def _absolute(folded: str, zone: tzinfo) -> Published | None:
    if not _YEAR.search(folded):
        return None
    for form in _FORMS:
        match = form.search(folded)
        if match and (day := _day(match)):
            rest = folded[: match.start()] + " ⁞ " + folded[match.end() :]
            hour = clock(rest)
            return datetime.combine(day, hour, zone_in(rest, zone)) if hour else day
    return None


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["y"])
    nth = parts.get("nth")
    day = ORDINALS[" ".join(nth.split())] if nth else int(parts["d"])
    if parts.get("name"):
        names = [name for name in re.findall(MONTH, parts["name"]) if name]
        numbers = {month_number(name) for name in names}
        if len(numbers) != 1:
            return None
        month = numbers.pop()
    else:
        month = int(parts["m"])
        if month > 12 >= day and match.string.find(parts["y"], match.start()) > match.start():
            day, month = month, day  # month first, as the English pages of some outlets write it
        elif day != month and day <= 12 and month_first(match, year, month, day):
            day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _machine(folded: str, zone: tzinfo) -> datetime | date | None:
    """A time as programs write it: digits alone, seconds since 1970, the form of C's asctime."""
    if match := _ASCTIME.search(folded):
        return _absolute(f"{match['d']} {match['name']} {match['y']} {match['clock']}", zone)
    match = _MACHINE.fullmatch(_DATE_OF.sub(r"\1", folded))
    if not match:
        return None
    if match[8]:
        return datetime.fromtimestamp(int(match[8]), UTC)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None or not match[7]:
            return day
        return datetime.combine(day, time(int(match[4]), int(match[5]), int(match[6] or 0)), UTC)
    except ValueError:
        return None
