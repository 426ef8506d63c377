"""Places told in one row: دمشق وحلب, حمص، حماة، وحلب, 9 في إدلب و3 في حلب."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from watch.document import Document
from watch.gazetteer import Name
from watch.phrases import Found

COMMAS = frozenset("،,؛;")
BETWEEN_WORDS = 4  # that may stand between two places of a row: حمص 12 و 7 في حلب
_BETWEEN = frozenset(("و", "في", "وفي"))


def rows(places: Iterable[Found[Name]], document: Document) -> dict[int, int]:
    """Return for each place that follows another in a row the word where the row begins."""
    begins: dict[int, int] = {}
    for last, place in pairwise([place for place in places if not place.owner.nisba]):
        if _in_one_row(last.end, place.start, document):
            begins[place.start] = begins.get(last.start, last.start)
    return begins


def _in_one_row(end: int, start: int, document: Document) -> bool:
    """Tell whether و or a comma joins two places, with no more between than what is counted."""
    if not end <= start <= end + BETWEEN_WORDS:
        return False
    words, sentences = document.words, document.sentences
    between = words[end:start]
    if sentences[end - 1] != sentences[start]:
        return False
    if not all(word.isdigit() or word in _BETWEEN for word in between):
        return False
    joined = any(word[0] == "و" for word in (*between, words[start]))
    return joined or not COMMAS.isdisjoint(document.printed(end - 1, start + 1))
