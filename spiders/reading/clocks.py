"""The hour in a date line, and the zone it is told in; both in folded spelling."""

from __future__ import annotations

import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from spiders.reading.months import ZONE, ZONES

_MERIDIEM = (
    r"صباحا|صباح|فجرا|ظهرا|عصرا|مساءا|مساء|ليلا|(?:بعد|قبل)\s+الظهر|ضحي|ص|م|a\.?m\.?|p\.?m\.?"
)
CLOCK = re.compile(
    rf"(?<![\d:.])(?P<h>[01]?\d|2[0-3])\s?[:h]\s?(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d+)?)?(?![\d:])"
    rf"\s*(?P<half>(?:{_MERIDIEM})(?!\w))?"
    rf"|الساعه\s+(?P<h2>[01]?\d|2[0-3])(?:[.:](?P<m2>[0-5]\d)(?::(?P<s2>[0-5]\d))?)?(?!\d)\s*(?P<half2>(?:{_MERIDIEM})(?!\w))?"
)
OFFSET = re.compile(
    rf"(?:gmt|utc)?\s?(?<!\d\d\d\d)(?<!\d-\d)(?<!\d-\d\d)(?P<sign>[+-])(?P<h>0?\d|1[0-4]):?(?P<m>[0-5]\d)?(?!\d)"
    rf"|(?P<utc>(?<![a-z])(?:gmt|utc|z)(?![a-z])|(?<!\w)(?:ت\.?\s?غ|غرينتش|جرينتش|غرينيتش)(?!\w))"
    rf"|(?:ب?توقيت\s+(?P<zone>{ZONE})(?!\w))"
)


def clock(text: str) -> time | None:
    """The time of day in a text, or None.

    Of two, the second counts if the zone that the text tells stands behind it, and another's name
    in brackets before it: "13:20 (مكة المكرمة)، 10:20 (غرينتش)".
    """
    match = CLOCK.search(text)
    if not match:
        return None
    if ")" in text[match.end() :] and (again := CLOCK.search(text, match.end())):
        zone = OFFSET.search(text)
        if ")" in text[match.end() : again.start()] and zone and zone.start() >= again.end():
            match = again
    hour = int(match["h"] or match["h2"])
    minute, second = int(match["m"] or match["m2"] or 0), int(match["s"] or match["s2"] or 0)
    return time(_hour(hour, match["half"] or match["half2"] or ""), minute, second)


def _hour(hour: int, half: str) -> int:
    """The hour of the day, 0 to 23, from one of the clock face and the half it is said to be in."""
    if hour > 12 or not half:
        return hour
    if half.startswith(("ص", "ف", "a", "ض", "ق")):
        return hour % 12
    if half.startswith("ل"):  # "at night" reaches from the evening into the small hours
        return hour % 12 + 12 if 6 <= hour < 12 else hour % 12
    if half.startswith("ظ"):
        return hour if hour >= 10 else hour + 12
    return hour % 12 + 12


def zone_in(text: str, zone: tzinfo) -> tzinfo:
    """The zone that a text tells, else `zone`."""
    match = OFFSET.search(text)
    if not match:
        return zone
    if match["zone"]:
        return ZoneInfo(ZONES[" ".join(match["zone"].split())])
    if match["utc"]:
        return UTC
    ahead = timedelta(hours=int(match["h"]), minutes=int(match["m"] or 0))
    return timezone(-ahead if match["sign"] == "-" else ahead)
