"""Short lines that are the text: paragraphs without closing stops, and the verses of a poem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spiders.reading.markup import Line
from spiders.reading.trees import Element

_SHORT_WORDS = 7  # of a line that may be running text without a stop
_TEXT_WORDS = 40  # of such lines together
_VERSES = 6  # in elements that breaks part


def take_for_text(lines: Sequence[Line]) -> None:
    """Take lines without closing stops for running text, on a page that has no other.

    They must stand side by side in one element and be a text together, not a few headlines.
    """
    if any(line.prose for line in lines):
        return
    around: dict[Element, list[Line]] = {}
    for line in lines:
        if line.words >= _SHORT_WORDS and not (line.linked or line.heading or line.kind):
            around.setdefault(line.around, []).append(line)
    found = max(around.values(), key=lambda one: sum(line.words for line in one), default=[])
    found = found if len(found) >= 3 else _verses(lines)
    if len(found) >= 3 and sum(line.words for line in found) >= _TEXT_WORDS:
        for line in found:
            line.prose = True


def _verses(lines: Sequence[Line]) -> list[Line]:
    """The lines of a poem: short ones in elements that breaks part, all around in one element."""
    parted = Counter(line.element for line in lines)
    around: dict[Element, list[Line]] = {}
    for line in lines:
        if not (line.linked or line.heading or line.kind):
            around.setdefault(line.around, []).append(line)
    found = max(
        around.values(), key=lambda one: sum(parted[line.element] > 1 for line in one), default=[]
    )
    return found if sum(parted[line.element] > 1 for line in found) >= _VERSES else []
