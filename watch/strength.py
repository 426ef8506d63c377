"""How strongly one find speaks for its topic, from the words around it.

"القصف على حلب" is about Aleppo. "نازحون من حلب", "منذ الهدنة", "في حمص وحلب وحماة", "في حلب عام
2016" and "مثل حلب" name it on the way to something else. Rules, not fitted: each takes away about
half of what a find weighs, and several together leave little.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from math import prod
from typing import NamedTuple

from watch.arabic import FATHATAN, fold
from watch.document import Document
from watch.gazetteer import Kind, Name
from watch.phrases import Found, carried


def _words(written: str) -> frozenset[str]:
    """Fold a row of words and let each also follow و, and carry fathatan: سابقا, سابقاً."""
    row = fold(written).split()
    row += [f"{word}{FATHATAN}" for word in row if word.endswith("ا")]
    return frozenset(row) | frozenset(f"و{word}" for word in row)


def _carried(written: str) -> frozenset[str]:
    """Fold a row of words and let each carry its proclitics too: لشارع, بالفيلم."""
    return frozenset(each for word in fold(written).split() for each in carried(word))


_TOWARDS = _words("إلى نحو صوب باتجاه")
_FROM = _words("من")
# Part or all of a place, and no way out of it: الشطر الشرقي من حلب, كل من حلب وحمص.
_PARTS = _words(
    "الشمالي الشمالية الجنوبي الجنوبية الشرقي الشرقية الغربي الغربية"
    " جزء جزءا الجزء أجزاء الأجزاء قسم القسم شطر الشطر أنحاء أحياء مناطق قرى كل كلا"
)
_AND_BACK = _words("إليها إليه")  # رحلات من حلب وإليها: news of it, no origin
_REACHED = _words("توصل توصلت توصلا توصلوا التوصل يتوصل تتوصل")  # إلى هدنة: there it is, no aim
_SINCE = _words("منذ")
_LIKE = _words(
    "مثل مثلما غرار سيناريو كما نموذج تجربة خطة ثان ثانية"
    " تكرار يكرر يكررون تكرر كررت يشبه تشبه شبيه شبيهة أشبه"
)
_IS_NOT = _words("ليس ليست")  # right before a name: الغوطة ليست حلب
_FATE = _words("مصير المصير")  # so too, after these: تلقى إدلب مصير حلب
_MEETS = _words("تلقى يلقى تلاقي يلاقي لاقت لاقى نفس ذات")
# Right before a name: a street, a club or a house that is only called so.
_CALLED = _carried("شارع أهلي اتحاد مطعم مقهى فندق")
# So too where quotation marks open right after: فيلم «ليل حلب».
_TITLED = _carried(
    "فيلم الفيلم فيلمه فيلمها وثائقي الوثائقي مسلسل المسلسل مسلسله مسلسلها"
    " رواية الرواية روايته روايتها"
    " مسرحية المسرحية قصيدة قصيدته قصيدتها أغنية الأغنية أغنيته أغنيتها ديوان ديوانه مطعم مقهى فندق"
)
_OPENED = re.compile(r"\S+(?:\s+[^\s«\"“„]+)?\s*[«\"“„][^«\"“„»”]*")  # and not closed again
# Those who leave, and their leaving: فروا من الحرب في حلب.
_LEAVING = _words(
    "فر فرت فروا يفرون فارين الفارين نزح نزحوا نازحين نازحون النازحين هرب هربت هربوا لجأ لجؤوا"
    " هجر هجروا مهجرين المهجرين مهجري ينحدر تنحدر ينحدرون القادم القادمين قادمين قادمة"
    " غادر غادرت غادروا مغادرة خرج خرجوا خروج انسحب انسحبت انسحاب انسحابها أصل أصله"
)
_EARLIER = _words("كان كانت سبق سابقا يذكر يشار وتابع عام سنة السابق السابقة الماضي الماضية منذ")
# How a line begins that sends the reader on to another article: اقرأ أيضا, للمزيد.
_READ = _words("اقرأ اقرؤوا اقرأوا طالع طالعوا شاهد شاهدوا انظر راجع read see")
_ALSO = _words("أيضا كذلك المزيد also more")
_FOR_MORE = _words("للمزيد")

# Without one of these, only time makes a find weaker.
_HINTS = _FROM | _TOWARDS | _SINCE | _LIKE | _IS_NOT | _FATE | _CALLED | _TITLED

_NAME_WORDS = 3  # a year among these is part of the name of what is no place
_YEAR_WORDS = 15  # a year this near in the same sentence dates the find
_REACHED_WORDS = 3  # how far before إلى: توصل الطرفان في جنيف إلى هدنة
_SINCE_WORDS = 3  # how far back each of these is looked for, in the same sentence
_LIKE_WORDS = 4
_FROM_WORDS = 5
_LEAVING_WORDS = 9
_FARTHEST_WORDS = max(_SINCE_WORDS, _LIKE_WORDS, _FROM_WORDS, _LEAVING_WORDS)
_LISTED = 0.7  # by each other name in the list
_LIST_ENOUGH = 9  # more of them say no more
_MOVED = 0.3
_AIMED = 0.7
_SINCE_THEN = 0.3
_DATED = 0.4
_BACKGROUND = 0.4
_COMPARED = 0.3
_NISBA = 0.7
_PART_OF_NAME = 0.2
_POINTED = 0.2

_WAY = (
    (_MOVED, "the place someone comes from or goes to"),
    (_AIMED, "an aim, or what something sets out from"),  # of a concept: دعا إلى هدنة
)


class Strength(NamedTuple):
    """What a find weighs, 0 to 1, and the reasons it weighs less than 1."""

    weight: float
    why: tuple[str, ...]


_WHOLE = Strength(1.0, ())


class Settings(dict[int, Strength]):
    """What a find weighs that begins at a word, by the words before it, once for all topics.

    What stands before a row of places holds for each of them: من دمشق وحلب والقاهرة.
    """

    def __init__(
        self, document: Document, rows: Mapping[int, int], named: Mapping[int, Kind]
    ) -> None:
        super().__init__()
        self._document = document
        self._rows = rows  # where the row begins that a place stands in
        self._named = named  # what begins at a word: a place, a concept
        self._sizes = Counter(rows.values())  # how many places follow the first of each row

    def row(self, start: int) -> int:
        """Return where the row begins that a find stands in; one in no row is a row by itself."""
        return self._rows.get(start, start)

    def others(self, start: int, own: Counter[int]) -> int:
        """Count the places in a find's row that are not among so many `own` of each row."""
        row = self.row(start)
        return self._sizes[row] + 1 - own[row]

    def origin(self, start: int) -> bool:
        """Tell whether what begins at a word, or its row, stands right after من."""
        first, words = self.row(start), self._document.words
        left = _comes_from(words[max(0, first - 2) : first], self._kind(start))
        return left and _AND_BACK.isdisjoint(words[start + 1 : start + 2])

    def __missing__(self, start: int) -> Strength:
        first = self._rows.get(start)
        stands = self._stands(start)
        self[start] = stands if first is None else min(stands, self[first])
        return self[start]

    def _kind(self, start: int) -> Kind | None:
        """Return what is named there or a word later (مدينة حلب), None for any other word."""
        return self._named.get(start) or self._named.get(start + 1)

    def _stands(self, start: int) -> Strength:
        document = self._document
        sentence = document.sentence(start)
        before = document.words[max(sentence.start, start - _FARTHEST_WORDS) : start]
        hinted = not _HINTS.isdisjoint(before)  # seldom, and soon told
        kind = self._kind(start)
        years: Sequence[int] = document.years
        if years and not kind:  # كأس العالم 2026 is what it is called
            years = [year for year in years if not start < year < start + _NAME_WORDS]
        dated = _dated(start, sentence, years)
        opening = document.words[sentence.start : sentence.start + 3]
        background = not _EARLIER.isdisjoint(opening)
        pointed = _points_on(opening)
        if not (hinted or dated or background or pointed):
            return _WHOLE
        checks = (
            (*_WAY[kind is Kind.CONCEPT], self._moved(before, start, kind)),
            (_SINCE_THEN, "a mark in time", _ends(before, _SINCE, _SINCE_WORDS)),
            (_DATED, "something of another year", dated),
            (_BACKGROUND, "background", background),
            (_COMPARED, "a comparison", _compared(before)),
            (_PART_OF_NAME, "part of another name", self._in_name(before, start, kind)),
            (_POINTED, "a pointer to another article", pointed),
        )
        held = [(factor, why) for factor, why, holds in checks if holds]
        weight = prod([factor for factor, _ in held], start=1.0)
        return Strength(weight, tuple([why for _, why in held]))

    def _moved(self, before: Sequence[str], start: int, kind: Kind | None) -> bool:
        """Tell whether someone comes from, or goes to, what stands after these words.

        من and إلى alone say so of a name that is known, not of just any word (كفاية من القمح), and
        of the first name after them: المبعوث إلى اليمن: الهدنة فرصة.
        """
        if not _AND_BACK.isdisjoint(self._document.words[start + 1 : start + 2]):
            return False
        towards = 1 if start - 1 in self._named else 2
        if _comes_from(before, kind) or (kind and _leads_to(before, towards)):
            return True
        return _ends(before, _FROM, _FROM_WORDS) and _ends(before, _LEAVING, _LEAVING_WORDS)

    def _in_name(self, before: Sequence[str], start: int, kind: Kind | None) -> bool:
        """Tell whether what stands after these words is in the name of a street, club or work."""
        if kind is Kind.PLACE and _ends(before, _CALLED, 1):
            return True
        titled = [at for at, word in enumerate(before) if word in _TITLED]
        if not titled:
            return False
        printed = self._document.printed(start - len(before) + titled[-1], start + 1)
        return bool(_OPENED.fullmatch(printed))


def strength(
    found: Found[Name], own: Counter[int], rivals: frozenset[int], settings: Settings
) -> Strength:
    """Weigh one find of a topic, of which so many are its `own` in each row.

    `rivals` are the words where other places begin.
    """
    weight, why = stands = settings[found.start]
    listed = min(_LIST_ENOUGH, settings.others(found.start, own) or _listed(found, rivals))
    nisba = found.owner.nisba
    if not (listed or nisba):
        return stands
    if listed:
        weight, why = weight * _LISTED**listed, ("one name in a list", *why)
    if nisba:
        weight, why = weight * _NISBA, (*why, "an adjective")
    return Strength(weight, why)


def _comes_from(before: Sequence[str], kind: Kind | None) -> bool:
    """Tell whether something comes from what is named after these words, and is no part of it."""
    part = kind is Kind.PLACE and _ends(before[:-1], _PARTS, 1)
    return kind is not None and _ends(before, _FROM, 1) and not part


def _leads_to(before: Sequence[str], reach: int) -> bool:
    """Tell whether something goes to, or aims at, what is named after these words."""
    return _ends(before, _TOWARDS, reach) and not _ends(before, _REACHED, reach + _REACHED_WORDS)


def _compared(before: Sequence[str]) -> bool:
    """Tell whether something is said to be, or not to be, like what stands after these words."""
    if _ends(before, _LIKE, _LIKE_WORDS) or _ends(before, _IS_NOT, 1):
        return True
    return _ends(before, _FATE, 1) and _ends(before[:-1], _MEETS, _LIKE_WORDS)


def _ends(row: Sequence[str], words: frozenset[str], reach: int) -> bool:
    """Tell whether one of these words is among the last so many of a row."""
    return not words.isdisjoint(row[-reach:])


def _points_on(opening: Sequence[str]) -> bool:
    """Tell whether a sentence that opens so sends the reader on to another article."""
    if opening[0] in _FOR_MORE:
        return True
    return opening[0] in _READ and not _ALSO.isdisjoint(opening[1:2])


def _listed(found: Found[Name], rivals: frozenset[int]) -> bool:
    """Tell whether another place begins within a word of this one."""
    near = (found.end, found.end + 1, found.start - 1, found.start - 2)
    return not rivals.isdisjoint(near)


def _dated(start: int, sentence: range, years: Sequence[int]) -> bool:
    if not years:
        return False
    first = max(sentence.start, start - _YEAR_WORDS)
    last = min(sentence.stop, start + _YEAR_WORDS)
    return bisect_left(years, first) < bisect_left(years, last)
