"""Numbers as news writes them: in digits or spelt, and the units of time they count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from watch.arabic import fold

# A correction may be one word: five months, not five years.
_SPELT = """
2 اثنان اثنين اثنتان اثنتين
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
    first, second = sorted(map(value, one)), sorted(map(value, other))
    return _sum(first) == _sum(second)


def in_digits(words: str) -> str:
    """Return a number below a hundred, or a round one, in digits; "" for all other words."""
    values = [value(word) for word in fold(words).split()]
    if not values or not all(each.isdecimal() for each in values):
        return ""
    numbers = list(map(int, values))
    return str(sum(numbers)) if len(numbers) == 1 or max(numbers) < 100 else ""


def _sum(counted: Iterable[str]) -> tuple[int, tuple[str, ...]]:
    total, units = 0, []
    for each in counted:
        if each.isdecimal():
            total += int(each)
        elif each:
            units.append(each)
    return total, tuple(units)
