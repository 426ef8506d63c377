"""What a telling says, made ready to be compared: its runs of words, its lead, what it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from watch.arabic import fold
from watch.numbers import value, values
from watch.records import Telling
from watch.sketch import Gram, grams, paragraphs, words

RUN_WORDS = 3
FRAME_WORDS = 4
LEAD_WORDS = 40

_SLOT = "#"
_CLITICS = re.compile("^[وف]?(?:[بك]?ال|لل)?(?=...)")
_WEAK = re.compile("[اويه]")  # long vowels and endings: Amriki and Amiriki are one name

DAYS = frozenset(fold("السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة").split())

# Words that carry no news of their own: particles, and the verbs that outlets exchange freely.
_COMMON = frozenset(
    fold(
        """
        في من على إلى عن مع بعد قبل بين خلال حول عند لدى منذ حتى ضد دون نحو أمام تحت فوق عبر ضمن
        هذا هذه ذلك تلك هؤلاء الذي التي الذين اللذين ما ماذا مما عما فيما كما مثل كذلك أيضا فقط جدا
        كان كانت يكون تكون وكان وكانت ليس ليست إن أن إنه أنها إنهم بأن بأنه لأن قد لقد لم لن لا سوف
        هو هي هم هما نحن أنا وهو وهي أو أم ثم بل لكن ولكن إذا إذ حيث حين عندما بينما كل بعض غير أي
        أكثر أقل أحد إحدى تم يتم اليوم أمس غدا الآن يوم عام العام هناك هنا وفي ومن وعلى وأن وإلى
        فيه فيها منه منها عليه عليها له لها لهم به بها بهم إليه إليها عنه عنها معه معها
        قال وقال قالت وقالت أضاف وأضاف أضافت وأضافت أكد وأكد أكدت أوضح وأوضح ذكر وذكر ذكرت
        أعلن وأعلن أعلنت أشار وأشار أشارت تابع وتابع إثر وفق وفقا بحسب حسب عاجل
        """
    ).split()
)


# Four words in a row, numbers and weekdays masked -> the ways in which the text fills them.
Frames = Mapping[Gram, frozenset[Gram]]


@dataclass(frozen=True, slots=True)
class Gist:
    """A telling as it is compared; stems are words without proclitics and long vowels."""

    title_words: Gram
    said: Gram  # the text's words, repeated paragraphs once
    runs: frozenset[Gram]  # every three words in a row
    lead_runs: tuple[Gram, ...]
    title: tuple[str, ...]  # stems, without common words and numbers
    lead: tuple[str, ...]  # likewise
    named: Mapping[str, int]  # stem -> how often title and text say it
    figured: float  # of the text's words, how many are numbers in digits
    counts: frozenset[str]  # numbers and units of time, in digits or spelt, see `watch.numbers`
    days: frozenset[str]  # weekdays in the title
    frames: Frames  # of the text
    top_frames: Frames  # of title and lead


@lru_cache(maxsize=128)
def gist(telling: Telling) -> Gist:
    """Read a telling; the last ones are kept, since a busy story is compared many times."""
    title = words(telling.title)
    said = [word for told in paragraphs(telling.text) for word in told] or title
    lead = said[:LEAD_WORDS]
    return Gist(
        title_words=tuple(title),
        said=tuple(said),
        runs=frozenset(grams(said, RUN_WORDS)),
        lead_runs=tuple(grams(lead, RUN_WORDS)),
        title=tuple(stems(title)),
        lead=tuple(stems(lead)),
        named=Counter(stems([*title, *said])),
        figured=sum(map(str.isdigit, said)) / max(1, len(said)),
        counts=values({*title, *said}),
        days=frozenset(day for word in title if (day := _day(word))),
        frames=_frames(said),
        top_frames=_frames(title) | _frames(lead),
    )


def stems(said: Iterable[str]) -> list[str]:
    """Return what words name, in order; common words and numbers are left out."""
    return [name for word in said if (name := stem(word))]


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Return what a word names; nothing for common words, numbers and single letters."""
    if len(word) == 1 or word in _COMMON or word.isdigit() or value(word).isdecimal():
        return ""
    bare = _CLITICS.sub("", word)
    bones = _WEAK.sub("", bare)
    return bones if len(bones) > 1 else bare


def _day(word: str) -> str | None:
    bare = word[1:] if word[0] in "وفبل" and word[1:] in DAYS else word
    return bare if bare in DAYS else None


def _frames(said: list[str]) -> dict[Gram, frozenset[Gram]]:
    """Return the runs that hold a number or a weekday, by what is left when these are masked.

    A number in words fills its place as in digits.
    """
    filled = [number if (number := value(word)).isdecimal() else word for word in said]
    masked = [_SLOT if word.isdigit() or word in DAYS else word for word in filled]
    last = max(0, len(said) - FRAME_WORDS)
    starts = {
        start
        for at, word in enumerate(masked)
        if word is _SLOT
        for start in range(max(0, at - FRAME_WORDS + 1), min(at, last) + 1)
    }
    frames: dict[Gram, set[Gram]] = {}
    for start in starts:
        frame = tuple(masked[start : start + FRAME_WORDS])
        if frame.count(_SLOT) < len(frame):
            frames.setdefault(frame, set()).add(tuple(filled[start : start + FRAME_WORDS]))
    return {frame: frozenset(told) for frame, told in frames.items()}
