"""A guess at an outlet's time zone, and how sure it is. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_OF_COUNTRY = {
    "sy": "Asia/Damascus",
    "lb": "Asia/Beirut",
    "jo": "Asia/Amman",
    "ps": "Asia/Hebron",
    "iq": "Asia/Baghdad",
    "sa": "Asia/Riyadh",
    "ye": "Asia/Aden",
    "kw": "Asia/Kuwait",
    "bh": "Asia/Bahrain",
    "qa": "Asia/Qatar",
    "ae": "Asia/Dubai",
    "om": "Asia/Muscat",
    "eg": "Africa/Cairo",
    "sd": "Africa/Khartoum",
    "ly": "Africa/Tripoli",
    "tn": "Africa/Tunis",
    "dz": "Africa/Algiers",
    "ma": "Africa/Casablanca",
    "mr": "Africa/Nouakchott",
    "so": "Africa/Mogadishu",
    "dj": "Africa/Djibouti",
    "km": "Indian/Comoro",
    "tr": "Europe/Istanbul",
    "ir": "Asia/Tehran",
    "il": "Asia/Jerusalem",
    "uk": "Europe/London",
    "fr": "Europe/Paris",
    "de": "Europe/Berlin",
    "ru": "Europe/Moscow",
}
_OF_OFFSET = {
    "+0000": "UTC",
    "+0100": "Africa/Algiers",
    "+0200": "Africa/Tripoli",
    "+0300": "Asia/Riyadh",
    "+0400": "Asia/Dubai",
}
_OFFSET = re.compile(r"([+-]\d\d):?(\d\d)$")


def guess(host: str, dates: Iterable[str | None]) -> tuple[str, str]:
    """A zone, and what it rests on: the country of the host's name, else the offset of most dates.

    What it rests on begins with "uncertain" where the guess may well be wrong.
    """
    country = host.partition(":")[0].rpartition(".")[2].lower()
    if zone := _OF_COUNTRY.get(country):
        return zone, f"from the host's .{country}"
    offsets = Counter(
        f"{found[1]}{found[2]}" for date in dates if (found := _OFFSET.search((date or "").strip()))
    )
    for offset, _ in offsets.most_common(1):
        if offset in _OF_OFFSET and offset != "+0000":
            said = f"uncertain: its dates say {offset}; of which city?"
            return _OF_OFFSET[offset], said
    return "UTC", "uncertain: nothing tells it; pages that print times without a zone need it"
