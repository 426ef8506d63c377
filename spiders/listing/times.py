"""When an entry was published, whatever way its listing writes it.

A machine's time keeps its offset; one without an offset is read in the site's zone; a time written
for people, in Arabic or French, is read as on a page. A bare day is no instant. What lies in the
future or before the web is not believed.
"""

from __future__ import annotations

import calendar
import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from spiders.reading import dates

OLDEST = datetime(1995, 1, 1, tzinfo=UTC)
MAX_CHARS = 200  # a time is shorter

_ZONELESS = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?"
    r"|([A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\s+\d{1,2}:\d\d(:\d\d)?"
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*[+-]\d\d:?\d\d$|(?:GMT|UTC)$")
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_FRENCH_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("janvier janv", "février fevrier févr fevr fév", "mars", "avril avr", "mai"),
            *("juin", "juillet juil", "août aout", "septembre sept", "octobre oct"),
            *("novembre nov", "décembre decembre déc"),
        )
    )
    for name in names.split()
}
_FRENCH = re.compile(
    rf"(?i)(?<!\d)(\d{{1,2}})(?:er)?\s+({'|'.join(sorted(_FRENCH_MONTHS, key=len, reverse=True))})"
    r"\.?,?\s+(\d{4})(?:,?\s+(?:à\s+)?(\d{1,2})\s*[:h]\s*(\d\d))?"
)


def of_struct(parsed: time.struct_time | None) -> datetime | None:
    """The instant of a time in UTC as feedparser gives it; None for one outside the calendar."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def of_text(text: str | None) -> datetime | None:
    """A W3C or mail date with an offset as an instant; None for anything vaguer."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text or "")
            return moment.astimezone(UTC) if moment.tzinfo else None
        except (ValueError, OverflowError):
            continue
    return None


def settled(
    text: str | None, instant: datetime | None, zone: ZoneInfo, now: datetime
) -> datetime | None:
    """The instant an entry tells: `instant` as its reader took it from `text`, put right."""
    words = " ".join((text or "").split())[:MAX_CHARS]
    if _ZONELESS.fullmatch(words) or (instant is None and _ARABIC.search(words)):
        instant = _parsed(words, zone, now)
    elif instant is None and (french := _FRENCH.search(words)):
        instant = _parsed(_in_english(words, french), zone, now)
    if instant is None or not OLDEST <= instant <= now + dates.TOLERANCE:
        return None
    return instant


def _in_english(words: str, found: re.Match[str]) -> str:
    day, month, year, hour, minute = found.groups()
    clock = f" {hour}:{minute}" if hour else ""
    offset = _OFFSET.search(words)
    name = _ENGLISH[_FRENCH_MONTHS[month.lower()]]
    return f"{day} {name} {year}{clock} {offset[0] if offset else ''}"


def _parsed(words: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    found = dates.parse(words, zone, now)
    try:
        return found.astimezone(UTC) if isinstance(found, datetime) else None
    except (ValueError, OverflowError):
        return None


def freshness(text: str | None) -> float:
    """How new a lastmod is, to compare two of them: seconds since 1970, -inf for none."""
    words = (text or "").strip()
    try:
        moment = datetime.fromisoformat(words)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        mailed = of_text(words)
        return mailed.timestamp() if mailed else float("-inf")
