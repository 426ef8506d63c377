"""Hours and counts in words, put into digits: a quarter to eleven is 10:45; pure.

Words are folded, as `watch.arabic` folds them.
"""

from __future__ import annotations

import re

from watch.arabic import fold
from watch.numbers import value

_HOURS = {
    spoken: hour
    for hour, names in enumerate(
        (
            *("الواحدة|one", "الثانية|two", "الثالثة|three", "الرابعة|four", "الخامسة|five"),
            *("السادسة|six", "السابعة|seven", "الثامنة|eight", "التاسعة|nine", "العاشرة|ten"),
            *("الحادية عشرة|الحادية عشر|eleven", "الثانية عشرة|الثانية عشر|twelve"),
        ),
        start=1,
    )
    for spoken in fold(names).split("|")
}
_MINUTES = {
    spoken: minutes
    for names, minutes in (
        *(("والنصف|ونصف", 30), ("والربع|وربع", 15), ("والثلث|وثلث", 20)),
        *(("إلا ربعا|إلا ربع|إلا الربع", -15), ("إلا ثلثا|إلا ثلث|إلا الثلث", -20)),
    )
    for spoken in fold(names).split("|")
}
_PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
_ENGLISH = {name: hour for name, hour in _HOURS.items() if name.isascii()} | {
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
}


def _any(names: dict[str, int]) -> str:
    """Any of the names, the longest first."""
    return "|".join(sorted(names, key=len, reverse=True))


_SPOKEN = re.compile(
    rf"(?<![\w:.])(?:(?P<past>{_any(_PAST)})\s)?(?P<hour>{_any(_HOURS)}|\d{{1,2}}(?![\d:.]))"
    rf"(?:\s(?P<more>{_any(_MINUTES)}))?(?!\w)"
)


def clocks(said: str) -> str:
    """The text with the hours that it says in words in digits."""
    return _SPOKEN.sub(_clock, said)


def counted(word: str) -> str:
    """A count in digits, in whatever way it is said; "" for other words."""
    number = str(_ENGLISH.get(word, "")) or value(word)
    return number if number.isdecimal() else ""


def _clock(found: re.Match[str]) -> str:
    hour = _HOURS.get(found["hour"]) or int(found["hour"])
    minutes = _PAST.get(found["past"] or "", 0) + _MINUTES.get(found["more"] or "", 0)
    if minutes == 0:
        return found[0] if found[0].isdecimal() else str(hour)
    if minutes < 0:
        hour = 12 if hour == 1 else hour - 1
    return f"{hour}:{minutes % 60:02}"
