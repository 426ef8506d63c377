"""Hijri dates, and when to believe them.

The months begin with the sighting of the moon, so a Hijri day is another Gregorian day in Riyadh
than in Rabat. The Umm al-Qura calendar is reckoned, and civil in Saudi Arabia. So a Hijri date
without a Gregorian one beside it is told only
- with the name of its day, which then decides between the reckoned day and its two neighbours; or
- by a site of Saudi Arabia, where Umm al-Qura is what people go by.
"""

from __future__ import annotations

import re
from datetime import date, timedelta, tzinfo

from hijridate import Hijri

from spiders.reading.months import DAY_NAME, HIJRI_MONTH, HIJRI_NUMBERS, WEEKDAYS

_GAP = r"[\s,،;.|/\-–—()]*"
HIJRI = re.compile(
    rf"(?<!\w)(?:{HIJRI_MONTH}){_GAP}1[345]\d\d|(?<!\d)1[345]\d\d\s*ه(?!\w)"
    r"|(?<!\d)1[34]\d\d\s?[-/]\s?\d{1,2}\s?[-/]\s?\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}\s?[-/]\s?\d{1,2}\s?[-/]\s?1[34]\d\d(?!\d)"
)
SIGN = r"1[345]\d\d"  # what each of these has; one look at it spares most lines the closer one
_HAS_SIGN = re.compile(SIGN)
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:\s+من)?(?:\s+شهر)?{_GAP}(?P<name>{HIJRI_MONTH}){_GAP}(?P<y>1[34]\d\d)(?!\d)",
        r"(?<!\d)(?P<y>1[34]\d\d)\s?[-/]\s?(?P<m>\d{1,2})\s?[-/]\s?(?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s?[-/]\s?(?P<m>\d{1,2})\s?[-/]\s?(?P<y>1[34]\d\d)(?!\d)",
    )
)
_DAY = re.compile(rf"(?<!\w)(?P<day>{DAY_NAME})(?!\w)")
_CIVIL = "Asia/Riyadh"


def told(folded: str) -> bool:
    """Whether a folded text holds a Hijri date."""
    return _HAS_SIGN.search(folded) is not None and HIJRI.search(folded) is not None


def read(folded: str, zone: tzinfo) -> date | None:
    """The Gregorian day of a Hijri date in a folded text, if it can be believed."""
    reckoned = next(filter(None, (_reckoned(form.search(folded)) for form in _FORMS)), None)
    if reckoned is None:
        return None
    named = _DAY.search(folded)
    if not named:
        return reckoned if str(zone) == _CIVIL else None
    near = (reckoned + timedelta(days=shift) for shift in (0, -1, 1))
    return next((day for day in near if day.weekday() == WEEKDAYS[named["day"]]), None)


def _reckoned(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    parts = match.groupdict()
    name = parts.get("name")
    month = HIJRI_NUMBERS[" ".join(name.split())] if name else int(parts["m"])
    try:
        told = Hijri(int(parts["y"]), month, int(parts["d"])).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(told.year, told.month, told.day)
