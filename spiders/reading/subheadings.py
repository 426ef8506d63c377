"""The sub-headings of an article that are spelt like labels of furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.reading.markup import Line

_NEAR_LINES = 40
_YEAR = re.compile(r"[12]\d{3}")


def divides(lines: Sequence[Line], at: int) -> bool:
    """Whether a heading spelt like a label is one of the article's own: a year above running text;
    or running text stands right above and below it, all of them in one element, with another
    heading of its tag that is no label, or stands amid text too.
    """
    line = lines[at]
    if line.kind is None or not line.heading or line.linked_words or not 0 < at < len(lines) - 1:
        return False
    above, below = lines[at - 1], lines[at + 1]
    if below.prose and _YEAR.fullmatch(line.text):  # of a chronicle
        return True
    if not (above.prose and below.prose and above.around is line.around is below.around):
        return False
    first = max(1, at - _NEAR_LINES)
    near = enumerate(lines[first : at + _NEAR_LINES], first)
    return any(
        one.tag == line.tag
        and one.around is line.around
        and (one.kind is None or (one is not line and _amid(lines, other)))
        for other, one in near
    )


def _amid(lines: Sequence[Line], at: int) -> bool:
    """Whether running text stands right above and below a line."""
    return at + 1 < len(lines) and lines[at - 1].prose and lines[at + 1].prose
