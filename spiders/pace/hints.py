"""How long a server asks to be left alone between two polls: in its headers, in its feed. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from scrapy.http import Response

from spiders.answers import header
from spiders.pace.rhythm import DAY, HOUR

LONGEST = 30 * DAY  # nobody means more

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_AGE = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]")
_TTL = re.compile(rb"<ttl>\s*(\d{1,7})\s*</ttl>")
_SYNDICATION = re.compile(rb"<(?:\w+:)?update(Period|Frequency)>\s*(\w{1,10})\s*</")
_PERIODS = {
    b"hourly": HOUR,
    b"daily": DAY,
    b"weekly": 7 * DAY,
    b"monthly": 30 * DAY,
    b"yearly": 365 * DAY,
}


def fresh_seconds(response: Response) -> float | None:
    """For how long the answer is fresh by Cache-Control, less the age a cache gives it (RFC 9111).

    None if it does not say.
    """
    control = header(response, "Cache-Control") or ""
    if _NO_AGE.search(control):
        return 0.0
    said = _MAX_AGE.search(control)
    if said is None:
        return None
    age = header(response, "Age") or ""
    spent = int(age) if age.isascii() and age.isdigit() else 0
    return min(max(float(int(said[1]) - spent), 0.0), LONGEST)


def feed_seconds(body: bytes, published: Sequence[float]) -> float:
    """What a feed asks for between two polls, 0 if nothing; `published` are its items' times.

    `ttl` is a wish. `sy:updatePeriod` tells how often the feed changes, and most feeds say
    `hourly` because their software does: it counts unless two of the feed's own items came well
    within it.
    """
    first = _ITEM.search(body)
    head = body[: first.start()] if first else body
    ttl = _TTL.search(head)
    asked = int(ttl[1]) * 60.0 if ttl else 0.0
    said = {name: value.lower() for name, value in _SYNDICATION.findall(head)}
    if period := _PERIODS.get(said.get(b"Period", b"")):
        times = said.get(b"Frequency", b"1")
        period /= max(int(times), 1) if times.isdigit() else 1
        if not _sooner(published, period):
            asked = max(asked, period)
    return min(asked, LONGEST)


def _sooner(published: Sequence[float], period: float) -> bool:
    """Whether two items came within half the period, and not as one bundle."""
    times = sorted(published)
    gaps = (later - earlier for earlier, later in pairwise(times))
    return any(60 <= gap < period / 2 for gap in gaps)
