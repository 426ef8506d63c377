"""Reads a time as Arabic pages write it: the expression alone, without the page around it.

Everything is read in the spelling of `watch.arabic.fold`, so Arabic-Indic and Persian digits,
hamzas and tashkeel do not matter. What cannot be read for certain is None, never today: a day
without its year, a Hijri date alone (its day differs from country to country), a two-digit year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from spiders.months import DAY_NAME, HIJRI_MONTH, MONTH, NUMBER, NUMBERS, ZONE, ZONES, month_number
from spiders.spelling import fold
from watch.records import Published

OLDEST = date(1995, 1, 1)  # no Arabic news site is older
TOLERANCE = timedelta(hours=26)  # a clock may be wrong by a zone, not by more
_LONGEST = 300  # characters looked at: a date line is short

_GAP = r"[\s,،;.|/\-–—()]*"
_TWICE = rf"(?:{MONTH})(?:\s*[/\-(|،,]\s*(?:{MONTH})\)?)?"  # "أبريل/نيسان", "نيسان (أبريل)"
_END = r"(?!\w)"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+من)?(?:\s+شهر)?{_GAP}(?P<name>{_TWICE}){_END}"
        rf"{_GAP}(?:(?:من\s+)?(?:عام|سنه|العام)\s+)?(?P<y>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\w)(?P<name>{_TWICE})[\s,،.]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,،]+(?P<y>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<y>(?:19|20)\d\d){_GAP}(?:{DAY_NAME})?{_GAP}(?P<d>\d{{1,2}}){_GAP}(?P<name>{_TWICE}){_END}",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)
_HIJRI = re.compile(rf"(?<!\w)(?:{HIJRI_MONTH}){_GAP}1[345]\d\d|(?<!\d)1[345]\d\d\s*ه(?!\w)")
_MERIDIEM = r"صباحا|صباح|فجرا|ظهرا|عصرا|مساء|ليلا|ص|م|a\.?m\.?|p\.?m\.?"
_CLOCK = re.compile(
    rf"(?<![\d:.])(?P<h>[01]?\d|2[0-3])\s?:\s?(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d+)?)?(?![\d:])"
    rf"\s*(?P<half>(?:{_MERIDIEM})(?!\w))?"
    rf"|الساعه\s+(?P<h2>[01]?\d|2[0-3])(?:[.:](?P<m2>[0-5]\d))?(?!\d)\s*(?P<half2>(?:{_MERIDIEM})(?!\w))?"
)
_OFFSET = re.compile(
    rf"(?:gmt|utc)?\s?(?P<sign>[+-])(?P<h>0?\d|1[0-4]):?(?P<m>[0-5]\d)?(?!\d)"
    rf"|(?P<utc>(?<![a-z])(?:gmt|utc|z)(?![a-z])|(?<!\w)ت\.?\s?غ(?!\w))"
    rf"|(?:ب?توقيت\s+(?P<zone>{ZONE})(?!\w))"
)
_ISO = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)"
    r"(?:[tT ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(z|[+-]\d\d:?(?:\d\d)?)?)?\s*",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"(?<!\w)(?:منذ|قبل)\s+(?:(?P<n>\d{{1,3}}|{NUMBER}|نصف)\s+)?"
    r"(?P<unit>دقيقتين|دقيقه|دقايق|دقائق|ساعتين|ساعه|ساعات|يومين|يوم|ايام|اسبوعين|اسبوع|اسابيع)(?!\w)"
    r"|(?<!\w)(?P<en>\d{1,3})\s+(?P<en_unit>minute|hour|day|week)s?\s+ago"
)
_YESTERDAY = re.compile(
    r"(?<!\w)(?P<two>اول\s+(?:من\s+)?امس|امس\s+الاول)|(?<!\w)(?:امس|البارحه)(?!\w)"
)
_MINUTES = {"دق": 1, "سا": 60, "يو": 1440, "اي": 1440, "اس": 10080}
_EN_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


def parse(text: str, zone: tzinfo, now: datetime) -> Published | None:
    """The one time that a short text tells, or None.

    A time of day gives an aware datetime, with the offset that the text tells or else in `zone`; a
    day alone gives a date. Relative times count from `now`. Refused: dates before 1995 or in the
    future, and days without a year.
    """
    text = text[:_LONGEST]
    iso = _ISO.fullmatch(text)
    if iso:
        return accept(_iso(iso, zone), now)
    folded = " ".join(fold(text).split())
    found = _absolute(folded, zone)
    if found is None and not _HIJRI.search(folded):
        found = _relative(folded, zone, now)
    return accept(found, now)


def holds_date(text: str) -> bool:
    """Whether a full date (day, month, year) is written in a text."""
    folded = " ".join(fold(text[:_LONGEST]).split())
    return any(form.search(folded) for form in _FORMS)


def leftover(text: str) -> int:
    """How many words of a text are not part of its time; a pure date line has none."""
    folded = " ".join(fold(text).split())
    for pattern in (*_FORMS, _CLOCK, _OFFSET, _AGO, _YESTERDAY, _HIJRI):
        folded = pattern.sub(" ", folded)
    folded = re.sub(
        rf"(?<!\w)(?:{DAY_NAME}|{HIJRI_MONTH}|الموافق|الساعه|تاريخ|بتاريخ)(?!\w)", " ", folded
    )
    return len(re.findall(r"[^\W\d_]{2,}", folded))


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
    for form in _FORMS:
        match = form.search(folded)
        if match and (day := _day(match)):
            rest = folded[: match.start()] + " ⁞ " + folded[match.end() :]
            clock = _clock(rest)
            return datetime.combine(day, clock, _zone(rest, zone)) if clock else day
    return None


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year, day = int(parts["y"]), int(parts["d"])
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
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    match = _CLOCK.search(text)
    if not match:
        return None
    hour = int(match["h"] or match["h2"])
    minute, second = int(match["m"] or match["m2"] or 0), int(match["s"] or 0)
    return time(_hour(hour, match["half"] or match["half2"] or ""), minute, second)


def _hour(hour: int, half: str) -> int:
    """The hour of the day, 0 to 23, from one of the clock face and the half it is said to be in."""
    if hour > 12 or not half:
        return hour
    if half.startswith(("ص", "ف", "a")):
        return hour % 12
    if half.startswith("ل"):  # "at night" reaches from the evening into the small hours
        return hour % 12 + 12 if 6 <= hour < 12 else hour % 12
    if half.startswith("ظ"):
        return hour if hour >= 10 else hour + 12
    return hour % 12 + 12


def _zone(text: str, zone: tzinfo) -> tzinfo:
    match = _OFFSET.search(text)
    if not match:
        return zone
    if match["zone"]:
        return ZoneInfo(ZONES[" ".join(match["zone"].split())])
    if match["utc"]:
        return UTC
    ahead = timedelta(hours=int(match["h"]), minutes=int(match["m"] or 0))
    return timezone(-ahead if match["sign"] == "-" else ahead)


def _relative(folded: str, zone: tzinfo, now: datetime) -> Published | None:
    here = now.astimezone(zone)
    if match := _YESTERDAY.search(folded):
        day = here.date() - timedelta(days=2 if match["two"] else 1)
        clock = _clock(folded)
        return datetime.combine(day, clock, zone) if clock else day
    match = _AGO.search(folded)
    if not match:
        return None
    minutes = _minutes(match)
    then = (here - timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    return then if minutes < 1440 else then.date()


def _minutes(match: re.Match[str]) -> int:
    if match["en"]:
        return int(match["en"]) * _EN_MINUTES[match["en_unit"]]
    unit, count = match["unit"], match["n"]
    one = _MINUTES[unit[:2]]
    if unit.endswith(("تين", "مين", "عين")):
        return 2 * one
    if count == "نصف":
        return one // 2
    if not count:
        return one
    return (int(count) if count.isdigit() else NUMBERS[count]) * one
