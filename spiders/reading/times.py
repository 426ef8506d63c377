"""Which of a page's times is the article's: when it was published, and when it was changed.

The rule. The candidates, in the order of trust: the seed's selector, JSON-LD, microdata, meta
tags, a time printed between the title and the text. Then:
1. A date in the address was set when the article was made: a candidate more than two days from it
   loses to it.
2. Of candidates that tell the same instant, one with a local offset wins over one in UTC, which
   is often a day off.
3. A UTC instant whose day is not the day that the page prints is told in the seed's zone if that
   mends it, else the printed day alone is told.
4. A time labelled "last update" is not the publication, unless it is the only time between title
   and text, a day or more from the visit. One above the title is the page's header: it is the day
   of the visit. One beside or behind other articles is not looked at.
5. A time that counts from the visit ("two hours ago") yields to another that is printed.
6. Where there is no other, these count, in this order, if they are not the visit's: a time printed
   right behind the text; a day that is a part of the <title> of its own; a time in any box between
   title and text; one right above the title in one element with it.
7. A claimed time that is the visit's loses to an older one that is printed.
8. `updated` is told only if it is later than the publication; one that is merely printed, and more
   than a month later, is the day of the visit, as is one that is claimed for the instant of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import unquote, urlsplit

from spiders.reading import dates
from spiders.reading.markup import Line
from spiders.reading.printed_times import AT_VISIT, DATE_LINE_WORDS, HEADER_LINES
from watch.records import Published

_FAR = timedelta(days=2)
_LATE = timedelta(days=31)
_IN_PATH = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?:[a-z_]+/)?(?P<m>[01]?\d)/(?P<d>[0-3]?\d)(?=/|$)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"/(?P<d>[0-3]\d)-(?P<m>[01]\d)-(?P<y>20\d\d)(?!\d)"),
)
# arabstoday.net and its sisters name an article by day, month, year, hour, minute, second, in GMT.
_STAMP = re.compile(r"/\d{1,4}/(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d\d)(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)-")
_MAY_TELL = re.compile(r"(?:19|20)\d\d|\d{12}")


def in_address(url: str, now: datetime) -> Published | None:
    """The time that an address carries, or None."""
    told = urlsplit(url).path
    if not _MAY_TELL.search(told):
        return None
    path = unquote(told)
    stamp = _STAMP.search(path)
    if stamp:
        try:
            found = datetime.strptime("".join(stamp.groups()), "%d%m%y%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            pass
        else:
            return dates.accept(found, now)
    for pattern in _IN_PATH:
        for match in pattern.finditer(path):
            try:
                day = date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
            if dates.accept(day, now):
                return day
    return None


def of_visit(claimed: Published | None, shown: Published | None, now: datetime) -> bool:
    """Whether a claimed time is that of the visit, on a page that prints an older day."""
    if claimed is None or shown is None or _apart(claimed, shown) <= _FAR:
        return False
    if isinstance(claimed, datetime):
        return abs(now - claimed) <= AT_VISIT
    return claimed == now.date()


def undated(claimed: Sequence[str], head: Sequence[Line], zone: tzinfo) -> str:
    """Why a page tells no publication: what its dates lack, or that it prints none."""
    texts = [
        *claimed,
        *(line.text for line in head[:HEADER_LINES] if line.words <= DATE_LINE_WORDS),
    ]
    reasons = (dates.why_not(text, zone) for text in texts if text)
    return next(filter(None, reasons), "no date is printed")


def decide(
    candidates: Sequence[tuple[str, Published | None]],
    shown: Published | None,
    address: Published | None,
    zone: tzinfo | None,
) -> tuple[Published | None, str]:
    """The publication and the layer that gave it; `zone` is the seed's, None without a seed."""
    told = [(layer, value) for layer, value in candidates if value is not None]
    if shown is not None:
        told.append(("printed", shown))
    if address is not None:
        told = [(layer, value) for layer, value in told if _apart(value, address) <= _FAR]
        told.append(("address", address))
    if not told:
        return None, ""
    layer, value = told[0]
    if isinstance(value, datetime) and value.utcoffset() == timedelta(0):
        local = next((one for one in told[1:] if _retold(one[1], value)), None)
        if local:
            return local[1], local[0]
        return _local_day(
            value, [one for name, one in told[1:] if name in ("printed", "address")], zone
        ), layer
    if not isinstance(value, datetime):
        finer = next(
            (one for one in told[1:] if isinstance(one[1], datetime) and one[1].date() == value),
            None,
        )
        if finer:
            return finer[1], finer[0]
    return value, layer


def later(updated: Published | None, published: Published | None) -> Published | None:
    """`updated` if it is later than the publication, else None."""
    if updated is None or published is None:
        return updated
    if isinstance(updated, datetime) and isinstance(published, datetime):
        return updated if updated > published else None
    return updated if _day(updated) > _day(published) else None


def plausible_update(shown: Published | None, published: Published | None) -> Published | None:
    """A printed update, unless it is so late that it is the day of the visit."""
    if shown is None or published is None or _apart(shown, published) <= _LATE:
        return shown
    return None


def claimed_update(
    claimed: Published | None, published: Published | None, now: datetime
) -> Published | None:
    """A claimed update, unless it is the instant of the visit to a page more than a month old."""
    if not isinstance(claimed, datetime) or published is None or abs(now - claimed) > AT_VISIT:
        return claimed
    return claimed if _apart(claimed, published) <= _LATE else None


def _local_day(value: datetime, days: Sequence[Published], zone: tzinfo | None) -> Published:
    """A UTC instant, told so that its day is the day the page prints."""
    if not days or _day(days[0]) == value.date():
        return value
    if zone is not None and value.astimezone(zone).date() == _day(days[0]):
        return value.astimezone(zone)
    return _day(days[0]) if abs(_day(days[0]) - value.date()) <= timedelta(days=1) else value


def _retold(other: Published, value: datetime) -> bool:
    """Whether `other` is the same instant with a local offset."""
    return isinstance(other, datetime) and bool(other.utcoffset()) and other == value


def _apart(one: Published, other: Published) -> timedelta:
    return abs(_day(one) - _day(other))


def _day(value: Published) -> date:
    return value.date() if isinstance(value, datetime) else value
