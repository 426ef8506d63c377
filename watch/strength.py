"""How strongly one find speaks for its topic, from the words around it.

"القصف على حلب" is about Aleppo. "نازحون من حلب", "منذ الهدنة", "في حمص وحلب وحماة", "في حلب عام
2016" and "مثل حلب" name it on the way to something else. Rules, not fitted: each takes away about
half of what a find weighs, and several together leave little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from watch.arabic import fold
from watch.document import Document
from watch.gazetteer import Name
from watch.phrases import Found


def _words(written: str) -> frozenset[str]:
    """Fold a row of words and let each also follow و."""
    row = fold(written).split()
    return frozenset(row) | frozenset(f"و{word}" for word in row)


_TOWARDS = _words("إلى نحو صوب باتجاه")
_FROM = _words("من")
_SINCE = _words("منذ قبل بعد خلال عقب إثر رغم")
_LIKE = _words("مثل مثلما غرار سيناريو تكرار يكرر كما نموذج تجربة")
_EARLIER = _words("كان كانت سبق سابقا يذكر يشار وتابع عام سنة السابق السابقة الماضي الماضية منذ")
_YEAR = re.compile(r"(?:19|20)\d\d")

_YEAR_WORDS = 25  # a year this near in the same sentence dates the find
_LISTED = 0.7
_MOVED = 0.4
_SINCE_THEN = 0.5
_DATED = 0.4
_BACKGROUND = 0.4
_COMPARED = 0.3
_NISBA = 0.7


@dataclass(frozen=True, slots=True)
class Strength:
    """What a find weighs, 0 to 1, and the reasons it weighs less than 1."""

    weight: float
    why: tuple[str, ...]


def strength(found: Found[Name], rivals: frozenset[int], document: Document) -> Strength:
    """Weigh one find; `rivals` are the words where other places begin."""
    sentence = document.sentence(found.start)
    checks = (
        (_LISTED, "one name in a list", _listed(found, rivals)),
        (_MOVED, "where someone comes from or goes", moved(found, document)),
        (_SINCE_THEN, "a mark in time", _before(found, document, _SINCE, 3)),
        (_DATED, "in a dated sentence", _dated(found, sentence, document)),
        (
            _BACKGROUND,
            "in a sentence that looks back",
            not _EARLIER.isdisjoint(document.words[sentence.start : sentence.start + 3]),
        ),
        (_COMPARED, "a comparison", _before(found, document, _LIKE, 2)),
        (_NISBA, "only an adjective", found.owner.nisba),
    )
    weight = 1.0
    for factor, _, holds in checks:
        weight *= factor if holds else 1.0
    return Strength(weight, tuple(why for _, why, holds in checks if holds))


def moved(found: Found[Name], document: Document) -> bool:
    """Tell whether a find is where someone comes from or goes."""
    return origin(found, document) or _before(found, document, _TOWARDS, 2)


def origin(found: Found[Name], document: Document) -> bool:
    """Tell whether a find stands right after من."""
    return _before(found, document, _FROM, 1)


def _before(found: Found[Name], document: Document, words: frozenset[str], reach: int) -> bool:
    return not words.isdisjoint(document.words[max(0, found.start - reach) : found.start])


def _listed(found: Found[Name], rivals: frozenset[int]) -> bool:
    """Tell whether another place begins within a word of this one."""
    near = (found.end, found.end + 1, found.start - 1, found.start - 2)
    return any(position in rivals for position in near)


def _dated(found: Found[Name], sentence: range, document: Document) -> bool:
    first = max(sentence.start, found.start - _YEAR_WORDS)
    last = min(sentence.stop, found.start + _YEAR_WORDS)
    return any(_YEAR.fullmatch(word) for word in document.words[first:last] if word[0] in "12")
