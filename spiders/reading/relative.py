"""Times that count from the visit: "منذ ساعتين", "أمس 22:10", "اليوم الساعة 9".

Not told: what is no measure ("منذ قليل"), months and years, and "اليوم" without its hour.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from spiders.reading.clocks import CLOCK, clock
from spiders.reading.months import NUMBER, NUMBERS
from watch.records import Published

_UNIT = (
    r"ثانيتين|ثانيه|ثواني|ثوان|دقيقتين|دقيقتان|دقيقه|دقايق|دقائق|ساعتين|ساعتان|ساعه|ساعات|يومين|يومان|"
    r"يوما|يوم|ايام|اسبوعين|اسبوعان|اسبوع|اسابيع"
)
_COUNT = rf"\d{{1,3}}|{NUMBER}|نصف|ربع|ثلث"
AGO = re.compile(
    rf"(?<!\w)(?:منذ|قبل)\s+(?:(?P<n>{_COUNT})\s+)?(?P<unit>{_UNIT})(?!\w)(?P<half>\s+و\s?نصف(?!\w))?"
    rf"|(?<!\w)(?:منذ|قبل)\s+(?P<short>\d{{1,3}})\s?(?P<letter>[دس])(?!\w)"
    rf"|(?<!\w)(?P<past>{_COUNT})\s+(?P<past_unit>{_UNIT})\s+مضت(?!\w)"
    r"|(?<!\w)(?P<en>\d{1,3}|an?|one)\s+(?P<en_unit>min|hr|minute|hour|day|week)s?\s+ago"
)
YESTERDAY = re.compile(
    r"(?<!\w)(?P<two>(?:اول|قبل)\s+(?:من\s+)?امس|امس\s+الاول)"
    r"|(?<!\w)(?:امس|البارحه|yesterday)(?!\w)"
)
# What each form cannot do without; one look for it spares most lines the closer one.
AGO_SIGN, YESTERDAY_SIGN = "منذ|قبل|مضت|ago", "امس|البارحه|yesterday"
_SIGN = re.compile(f"{AGO_SIGN}|{YESTERDAY_SIGN}|اليوم|today")
_TODAY = re.compile(
    rf"(?:نشرت?\s+)?(?:اليوم|today)(?:\s+\w+day)?[\s,،|\-–]*(?:(?:في|at)\s+)?(?={CLOCK.pattern})"
)
_MINUTES = {"ثا": 1 / 60, "ثو": 1 / 60, "دق": 1, "سا": 60, "يو": 1440, "اي": 1440, "اس": 10080}
_EN_MINUTES = {"min": 1, "minute": 1, "hr": 60, "hour": 60, "day": 1440, "week": 10080}
_PARTS = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3}
_DUAL = ("تين", "تان", "مين", "مان", "عين", "عان")


def told(folded: str) -> bool:
    """Whether a folded text may tell a time that counts from the visit."""
    return _SIGN.search(folded) is not None


def read(folded: str, zone: tzinfo, now: datetime) -> Published | None:
    """The time that a folded text tells in relation to `now`, or None.

    Hours and minutes give an aware datetime in `zone`, to the minute; days a date.
    """
    if not told(folded):
        return None
    here = now.astimezone(zone)
    if match := YESTERDAY.search(folded):
        day = here.date() - timedelta(days=2 if match["two"] else 1)
        hour = clock(folded)
        return datetime.combine(day, hour, zone) if hour else day
    if (match := _TODAY.match(folded)) and (hour := clock(folded)):
        then = datetime.combine(here.date(), hour, zone)
        return then if then <= now else None
    match = AGO.search(folded)
    if not match:
        return None
    minutes = _minutes(match)
    then = (here - timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    return then if minutes < 1440 else then.date()


def _minutes(match: re.Match[str]) -> float:
    if count := match["en"]:
        return (int(count) if count.isdigit() else 1) * _EN_MINUTES[match["en_unit"]]
    if match["short"]:
        return int(match["short"]) * (60 if match["letter"] == "س" else 1)
    unit, number = match["unit"] or match["past_unit"], match["n"] or match["past"]
    one = _MINUTES[unit[:2]]
    if unit.endswith(_DUAL):
        times = 2.0
    elif number in _PARTS:
        times = _PARTS[number]
    elif number:
        times = int(number) if number.isdigit() else NUMBERS[number]
    else:
        times = 1
    return one * (times + (0.5 if match["half"] else 0))
