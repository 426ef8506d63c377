"""The day of the week beside a date in figures, which tells whether the month stands first."""

from __future__ import annotations

import re
from datetime import date

from spiders.reading.months import WEEKDAYS

# As Drupal writes them ("أحد, 03/05/2017"), and in English; "mon" and "monday" begin alike.
_BARE = {name.removeprefix("ال"): number for name, number in WEEKDAYS.items()}
_ENGLISH = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_BEFORE = re.compile(r"([^\W\d]+)[\s,،.(|\-–]*$")
_BEHIND = re.compile(r"^[\s,،.)|\-–]*([^\W\d]+)")
# As .NET writes a time in its American form, "5/3/2023 2:20:00 PM": without noughts before. Who
# puts the day first writes two figures there.
_AMERICAN = re.compile(
    r"(?=[\d/ :]*?(?<!\d)\d[/ :])[1-9]\d?/[1-9]\d?/\d{4} [1-9]\d?:\d\d:\d\d [ap]m(?!\w)"
)


def month_first(match: re.Match[str], year: int, month: int, day: int) -> bool:
    """Whether a matched date that reads as day and month says that it is month and day."""
    text, start, end = match.string, match.start(), match.end()
    if _AMERICAN.match(text, start):
        return True
    told = _named(_BEFORE.search(text[:start])), _named(_BEHIND.search(text[end:]))
    named = next((one for one in told if one is not None), None)
    return named is not None and _on(year, month, day) != named == _on(year, day, month)


def _named(word: re.Match[str] | None) -> int | None:
    if word is None:
        return None
    name = word[1]
    return WEEKDAYS.get(name, _BARE.get(name, _ENGLISH.get(name[:3]) if name.isascii() else None))


def _on(year: int, month: int, day: int) -> int | None:
    """The day of the week of a date, as `datetime` counts them; None if there is no such date."""
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None
