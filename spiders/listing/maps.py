"""Which sitemaps of an index are read: the newest, and of those only what may have changed. Pure.

An index names the maps of years. Only the newest few can hold news; an old map that is edited now
and then is an archive, and reading it would bring a flood of old articles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

from spiders.listing.entries import Map
from spiders.listing.times import freshness
from storage.maps import MapRead

NEWEST = 3  # today's, yesterday's around midnight, and one for a clock that is behind
AHEAD = timedelta(hours=26)  # a map of a later day holds nothing yet

_DAY_IN_NAME = re.compile(
    r"(?<!\d)(20\d\d)(?:\D{1,7}(\d{1,2})(?:\D{1,5}(\d{1,2}))?|(\d\d)(\d\d)?)(?!\d)"
)
_NEWS = re.compile(r"(?i)news|latest|recent|today")
_NO_NEWS = re.compile(r"(?i)categor|tag|author|writer|page|image|photo|video|static|misc|archive")


def newest(maps: Sequence[Map], now: datetime) -> list[Map]:
    """The maps that can hold news, the likeliest first."""
    known = {each.url: each for each in reversed(maps)}  # of two that say the same, the first
    unique = [each for each in dict.fromkeys(maps) if known[each.url] is each]
    latest = (now + AHEAD).date()
    likely = [each for each in unique if (day := day_in_name(each.url)) is None or day <= latest]
    return sorted(likely, key=_rank)[:NEWEST]


def changed(chosen: Sequence[Map], read: Mapping[str, MapRead]) -> list[Map]:
    """Of these maps, those whose lastmod is not the one they were read with, or who tell none."""
    return [
        each
        for each in chosen
        if each.lastmod is None or each.url not in read or read[each.url].lastmod != each.lastmod
    ]


def day_in_name(url: str) -> date | None:
    """The day, or the last of the month, that a map's address names."""
    for found in _DAY_IN_NAME.finditer(unquote(url)):
        year, month, day = int(found[1]), found[2] or found[4], found[3] or found[5]
        try:
            return date(year, int(month), int(day) if day else 28)
        except ValueError:
            continue
    return None


def _rank(each: Map) -> tuple[bool, bool, float]:
    name = each.url.rpartition("//")[2].partition("/")[2]
    day = day_in_name(each.url)
    told = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() if day else None
    fresh = freshness(each.lastmod) if told is None else told
    return bool(_NO_NEWS.search(name)), not _NEWS.search(name), -fresh
