"""Which of a page's times is the article's: when it was published, and when it was changed.

The rule. The candidates, in the order of trust: the seed's selector, JSON-LD, microdata, meta
tags, a time printed between the title and the text. Then:
1. A date in the address was set when the article was made: a candidate more than two days from it
   loses to it.
2. Of candidates that tell the same instant, one with a local offset wins over one in UTC, which
   is often a day off.
3. A UTC instant whose day is not the day that the page prints is told in the seed's zone if that
   mends it, else the printed day alone is told.
4. A time labelled "last update" is never the publication. One above the title is the page's
   header: it is the day of the visit. One beside or behind other articles is not looked at.
5. A time printed right behind the text counts where there is no other.
6. A claimed time that is the visit's loses to an older one that is printed.
7. `updated` is told only if it is later than the publication; one that is merely printed, and more
   than a month later, is the day of the visit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import takewhile
from urllib.parse import unquote, urlsplit

from spiders.reading import dates, labels
from spiders.reading.labels import Kind
from spiders.reading.markup import Line
from watch.records import Published

_FAR = timedelta(days=2)
_LATE = timedelta(days=31)
_AT_VISIT = timedelta(minutes=10)
_HEADER_LINES = 14  # between the title and the text
_FOOTER_LINES = 5  # behind it
_IN_PATH = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?:[a-z_]+/)?(?P<m>[01]?\d)/(?P<d>[0-3]?\d)(?=/|$)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"/(?P<d>[0-3]\d)-(?P<m>[01]\d)-(?P<y>20\d\d)(?!\d)"),
)
# arabstoday.net and its sisters name an article by day, month, year, hour, minute, second, in GMT.
_STAMP = re.compile(r"/\d{1,4}/(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d\d)(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)-")
_UPDATED = (
    "اخر تحديث",
    "التحديث الاخير",
    "تحديث",
    "تم التحديث",
    "حدث في",
    "عدل في",
    "اخر تعديل",
    "update",
    "last update",
    "modified",
)


def in_address(url: str, now: datetime) -> Published | None:
    """The time that an address carries, or None."""
    path = unquote(urlsplit(url).path)
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


def printed(
    head: Sequence[Line], zone: tzinfo, now: datetime
) -> tuple[Published | None, Published | None]:
    """The publication and the update that the lines between title and text print."""
    published = updated = None
    lines = [line for line in head[:_HEADER_LINES] if line.words <= 20 and _printed(line)]
    for at, line in enumerate(lines):
        spelt = labels.label(line.text)
        before, after = _parted(line.text) if any(name in spelt for name in _UPDATED) else ("", "")
        if after:
            whole = after if dates.holds_date(after) else line.text  # "4/3/2020, updated 10:40"
            if before and dates.holds_date(before):
                published = published or _told(line.times[:1], before, zone, now)
                updated = updated or _told(line.times[1:], whole, zone, now)
            else:
                updated = updated or _told(line.times, whole, zone, now)
        elif published is None and dates.leftover(line.text) <= 8:
            published = _told(line.times, line.text, zone, now)
            if published is not None and not isinstance(published, datetime):
                published = _with_hour(published, lines, at, zone, now)
    return published, updated


def _printed(line: Line) -> bool:
    """Whether a line is no link to something else; some pages link their time to themselves."""
    return not line.linked or (dates.holds_date(line.text) and not dates.leftover(line.text))


def _told(machine: Sequence[str], text: str, zone: tzinfo, now: datetime) -> Published | None:
    """The time that a line tells to machines, or else to people."""
    told = (dates.parse(one, zone, now) for one in (*machine[:1], text))
    return next((one for one in told if one is not None), None)


def _with_hour(
    day: Published, lines: Sequence[Line], at: int, zone: tzinfo, now: datetime
) -> Published:
    """A day with the hour that stands on a line of its own before or behind it."""
    for near in (lines[at + 1 : at + 2], lines[max(0, at - 1) : at]):
        for line in near:
            if dates.hour_alone(line.text):
                return dates.parse(f"{day.isoformat()} {line.text}", zone, now) or day
    return day


def unlabelled(lines: Sequence[Line], zone: tzinfo, now: datetime) -> Published | None:
    """The publication that stands right above the title or behind the text, if not the time of the
    visit.

    A day alone that is the visit's may be the page's header, an hour only if it is the visit's too.
    """
    published, _ = printed([line for line in lines if dates.holds_date(line.text)], zone, now)
    if isinstance(published, datetime):
        return published if now - published > _AT_VISIT else None
    if published is None or _apart(published, now.astimezone(zone)) <= timedelta(days=1):
        return None
    return published


def below_text(lines: Sequence[Line], zone: tzinfo, now: datetime) -> Published | None:
    """The publication that stands right behind the text, before anything else does: a link, a
    heading of furniture or more text.
    """
    others = (Kind.BOX, Kind.END, Kind.COMMENTS)
    near = list(
        takewhile(
            lambda line: not (line.linked_words or line.prose or line.kind in others),
            lines[:_FOOTER_LINES],
        )
    )
    labelled, _ = printed([line for line in near if line.kind], zone, now)
    return labelled or unlabelled(near, zone, now)


def of_visit(claimed: Published | None, shown: Published | None, now: datetime) -> bool:
    """Whether a claimed time is that of the visit, on a page that prints an older day."""
    if claimed is None or shown is None or _apart(claimed, shown) <= _FAR:
        return False
    if isinstance(claimed, datetime):
        return abs(now - claimed) <= _AT_VISIT
    return claimed == now.date()


def undated(claimed: Sequence[str], head: Sequence[Line], zone: tzinfo) -> str:
    """Why a page tells no publication: what its dates lack, or that it prints none."""
    texts = [*claimed, *(line.text for line in head[:_HEADER_LINES] if line.words <= 20)]
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


def _parted(text: str) -> tuple[str, str]:
    """A line before and from the word that says it was updated: one line often tells both times."""
    found = re.search(
        r"آخر تحديث|اخر تحديث|التحديث ال[أا]خير|تحديث|حُ?دّ?ث|عُ?دّ?ل|update|last update|modified",
        text,
        re.IGNORECASE,
    )
    at = found.start() if found else 0
    return text[:at], text[at:]


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
