"""What a headline says besides the event: who speaks, who answers, which bulletin of a row it is.

What a man says of an event is other news than the event, however much of it his words repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watch.arabic import fold
from watch.changes import retitled
from watch.gist import DAYS, Gist, stems
from watch.numbers import values
from watch.sketch import words

SPEAKER_WORDS = 4  # the most that stand before the colon of a quotation

# A family is one answer in all its forms.
_ANSWERS = tuple(
    re.compile(f"[وف]?(?:ال|[بل])?(?:{fold(family)})(?:ت|وا|ون|ين|ا|ه|ها|هم)?")
    for family in (
        "يرحب|ترحب|رحب|ترحيب",
        "يدين|تدين|أدان|إدان|دان|يندد|تندد|ندد|تنديد|يستنكر|تستنكر|استنكر|استنكار|يشجب|تشجب",
        "ينفي|تنفي|نفى|نفت|نفي",
        "يتبنى|تتبنى|تبنى|تبنت|تبني",
        "يرفض|ترفض|رفض",
        "يعزي|تعزي|عزى|عزت|تعازي|تعزية",
        "يتوعد|تتوعد|توعد",
        "يعتذر|تعتذر|اعتذر|اعتذار",
    )
)
# Who is quoted by any copy of a text, and labels: no speaker of his own.
_SOURCES = frozenset(
    fold(
        """
        عاجل تحديث تصحيح توضيح فيديو بالفيديو صور بالصور شاهد خاص حصري تقرير تقارير رأي تحليل
        مصدر مصادر وكالة وكالات صحيفة صحف قناة تلفزيون إعلام الإعلام رويترز فرانس برس بيان
        مسؤول مسؤولون شهود ناشطون خبراء محللون دراسة رسميا بالأسماء بالأرقام
        """
    ).split()
)
AFTER = frozenset(fold("بعد وبعد عقب غداة").split())
_AGAIN = frozenset(fold("ثانية ثان الثانية الثاني ثالثة ثالث جديدة جديد أخرى مجددا").split())
_QUOTED = re.compile(r"\s*([^:]*[^\W\d]):\s")


@dataclass(frozen=True, slots=True)
class Headlines:
    """Two titles side by side."""

    answers: bool  # the newer is somebody's word on the event, and the older article has none of it
    again: bool  # it says "once more", and the older article does not
    numbered_alike: bool  # they are one but for numbers and weekdays, as those of bulletins are
    days_conflict: bool  # they name different weekdays
    names_alike: int  # how many stand in both
    afterwards: bool  # the newer tells of something behind "after", and the older does not
    told_early: float  # of what a title names, how much the other's title and lead do; lower side
    numbers_known: bool  # each article gives those of the other's title
    renamed: bool  # they run alike around another name


def headlines(title: str, new: Gist, old: Gist) -> Headlines:
    """Compare a newer title with an older one and its article."""
    told = {*old.title_words, *old.said}
    return Headlines(
        answers=_answers(title, new, old),
        again=not _AGAIN.isdisjoint({*new.title_words} - told),
        numbered_alike=_plain(new.title_words) == _plain(old.title_words) != [],
        days_conflict=bool(new.days and old.days and not new.days & old.days),
        names_alike=names_alike(new, old),
        afterwards=not AFTER.isdisjoint(new.title_words) and AFTER.isdisjoint(old.title_words),
        told_early=min(_told(new.title, old), _told(old.title, new)),
        numbers_known=values(new.title_words) <= old.counts
        and values(old.title_words) <= new.counts,
        renamed=retitled(new, old),
    )


def _told(title: Sequence[str], other: Gist) -> float:
    early = {*other.title, *other.lead}
    return sum(name in early for name in title) / max(1, len(title))


def names_alike(new: Gist, old: Gist) -> int:
    """Return how many names stand in both titles."""
    return len({*new.title} & {*old.title})


def _answers(title: str, new: Gist, old: Gist) -> bool:
    """Tell whether who is quoted is named nowhere in the older article, or answers as nobody there.

    To answer is to welcome, condemn, deny or claim: the older has no form of that word, or does
    not name who says it here.
    """
    told = {*old.title_words, *old.said}
    return _unknown(_speaker(title), old) or any(
        _unknown(who, old) or not any(map(family.fullmatch, told))
        for family in _ANSWERS
        for who in _answering(family, new.title_words)
    )


def _answering(family: re.Pattern[str], title: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield who answers, for each form of a word: those before it, or the one after it."""
    for at, word in enumerate(title):
        if family.fullmatch(word):
            yield title[:at] or title[at + 1 : at + 2]


def _unknown(who: Sequence[str], old: Gist) -> bool:
    """Tell whether the older article names nobody of these."""
    names = stems(who)
    return bool(names) and not any(name in old.named for name in names)


def _speaker(title: str) -> tuple[str, ...]:
    """Return the folded words before the colon of a quotation; none where a source stands there."""
    found = _QUOTED.match(title)
    said = tuple(words(found[1])) if found else ()
    return said if len(said) <= SPEAKER_WORDS and _SOURCES.isdisjoint(said) else ()


def _plain(title: Sequence[str]) -> list[str]:
    return [word for word in title if not word.isdigit() and word not in DAYS]
