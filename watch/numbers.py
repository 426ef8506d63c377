"""Numbers as news writes them: in digits or spelt, and the units of time they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from watch.arabic import fold

# A correction may be one word: five months, not five years.
_SPELT = """
2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي
3 ثلاث ثلاثة
4 أربع أربعة
5 خمس خمسة
6 ست ستة
7 سبع سبعة
8 ثمان ثماني ثمانية
9 تسع تسعة
10 عشر عشرة
20 عشرون عشرين
30 ثلاثون ثلاثين
40 أربعون أربعين
50 خمسون خمسين
60 ستون ستين
70 سبعون سبعين
80 ثمانون ثمانين
90 تسعون تسعين
100 مئة مائة
200 مئتان مئتين مائتان مائتين
tens عشرات
hundreds مئات
thousand ألف آلاف
2000 ألفان ألفين
million مليون ملايين
milliard مليار مليارات
hour ساعة ساعات
day أيام
days2 يومان يومين
week أسبوع أسابيع
weeks2 أسبوعان أسبوعين
month شهر أشهر شهور
months2 شهران شهرين
year سنة سنوات أعوام
years2 سنتان سنتين عامان عامين
"""
_VALUES = {
    word: value for value, *words in map(str.split, fold(_SPELT).strip().splitlines())
    for word in words
}  # fmt: skip
_CLITICS = re.compile("^[وف]?(?:[بك]?ال|لل|[بل])?(?=...)")
_ONE = frozenset(fold("أحد إحدى وأحد وإحدى بأحد").split())
_GROUPS = frozenset({"000"})  # of thousands, as in 5,000


@lru_cache(maxsize=1 << 15)
def value(word: str) -> str:
    """Return what a folded word counts, the same for digits and spelling; "" for other words."""
    if word.isdecimal():
        return "thousand" if word in _GROUPS else str(int(word))
    return _VALUES.get(word) or _VALUES.get(_CLITICS.sub("", word), "")


def values(said: Iterable[str]) -> frozenset[str]:
    """Return all that is counted in a text."""
    return frozenset(counted for word in said if (counted := value(word)))


def same_sum(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether two wordings count the same: 25 is five and twenty."""
    return _sum(one) == _sum(other)


def as_told(words: str) -> str:
    """Return a printed fact as it is compared: a number in digits whatever its spelling."""
    folded = fold(words)
    total, units = _sum(folded.split())
    return " ".join((str(total), *units)) if total or units else folded


def in_digits(words: str) -> str:
    """Return a number below a hundred, or a round one, in digits; "" for all other words."""
    values = _counted(fold(words).split())
    if not values or not all(each.isdecimal() for each in values):
        return ""
    numbers = list(map(int, values))
    return str(sum(numbers)) if len(numbers) == 1 or max(numbers) < 100 else ""


def _sum(said: Iterable[str]) -> tuple[int, tuple[str, ...]]:
    """Add up what folded words count; the units apart, in a fixed order."""
    counted = sorted(_counted(list(said)))
    numbers = [int(each) for each in counted if each.isdecimal()]
    return sum(numbers), tuple(each for each in counted if each and not each.isdecimal())


def _counted(said: Sequence[str]) -> list[str]:
    """Return what each word counts; the word for "one" counts in eleven, else it is "anyone"."""
    counted = [value(word) for word in said]
    return [
        "1" if word in _ONE and counted[at + 1 : at + 2] == ["10"] else counted[at]
        for at, word in enumerate(said)
    ]
