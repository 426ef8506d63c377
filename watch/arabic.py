"""Arabic words as a reader sees them: one folding of spelling, and words with their exact places.

Articles, topics and searches all pass through `fold`, so that the same word in another spelling
(إدلب and ادلب, حلـب, ﺣﻠﺐ, سورية and سوريه, ٢٠١٦) is the same string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from sys import intern
from typing import NamedTuple

FATHATAN = "\u064b"
TANWIN = (FATHATAN, "\ufe70", "\ufe71")

# Marks written over and under letters, and signs that are not seen: they never part a word.
_MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u08ca-\u08e1\u08e3-\u08ff"
)
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_ACCENTS = "\u0300-\u036f"
_IGNORED = _MARKS + _UNSEEN + _ACCENTS

_SPELLINGS = {
    "ا": "أإآٱٲٳٵ",
    "و": "ؤٶۆۇ",
    "ي": "ىئیېۍےۓٸ",
    "ه": "ةہھۀۂۃەۿ",
    "ك": "کڪګڬگݢ",
    "ب": "پ",
    "ج": "چ",
    "ف": "ڤڢڡ",
    "ق": "ڨڧ",
    "ز": "ژ",
    " ": "ﷺﷻ﷼",  # signs, not words: prayers glued to a name, a currency to its sum
}
_DIGITS = {zero + value: str(value) for zero in (0x0660, 0x06F0) for value in range(10)}
# Letters that stay as they are: what the table does not hold costs `str.translate` an exception.
_USUAL = (range(0x100), range(0x600, 0x700), range(0x2000, 0x2070))


def _characters(ranges: str) -> str:
    """Spell out the ranges of a character class."""
    out = []
    for first, last in re.findall(r"(.)(?:-(.))?", ranges, re.DOTALL):
        out += [chr(code) for code in range(ord(first), ord(last or first) + 1)]
    return "".join(out)


def _table() -> dict[int, str]:
    """Return what each character becomes; accents of Latin letters are left out with the rest."""
    table = {code: chr(code) for block in _USUAL for code in block}
    table |= {ord(spelt): letter for letter, many in _SPELLINGS.items() for spelt in many}
    table |= _DIGITS | {ord(ignored): "" for ignored in _characters(_IGNORED + "ـ")}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.casefold()
    return table


_TABLE = _table()
_SUBSCRIPT_IOTA = "\u0345"  # a mark that casefold() would turn into a letter
_PRESENTATION = re.compile("[\ufb50-\ufdf9\ufe70-\ufefc]")
# Letters or digits, never both: "48ساعة" is two words. Unseen signs count only inside a word. The
# first branch is the second for plain Arabic letters and marks, and faster.
_WORD = re.compile(
    rf"[\u0621-\u0652]++(?![^\W\d_]|[{_IGNORED}])"
    rf"|[^\W\d_ﷺﷻ]+(?:[{_IGNORED}]+[^\W\d_ﷺﷻ]+)*[{_MARKS}{_ACCENTS}]*"
    rf"|\d+(?:[{_UNSEEN}]+\d+)*"
)


class Token(NamedTuple):
    """A word of a text: as folded, and where it stands in the text as printed."""

    word: str
    start: int  # in characters of the original
    end: int
    tanwin: bool  # it carries fathatan, so it is a common noun: درعاً is a shield, not درعا


Row = tuple[str, int, int, bool]  # a token as a plain tuple


def fold(text: str) -> str:
    """Spell a text in the one way that is compared; idempotent.

    Leaves out tashkeel, tatweel and signs that are not seen; joins the seats of alef and hamza,
    ى and ي, ة and ه, Farsi and Arabic letters and digits; lower-cases Latin. Presentation forms
    are resolved by NFKC, which is kept from the rest: it would change more than spelling.
    """
    folded = text.replace(_SUBSCRIPT_IOTA, "").casefold()
    if _PRESENTATION.search(folded):
        folded = _PRESENTATION.sub(_resolve, folded)
    return folded.translate(_TABLE)


def tokens(text: str) -> list[Token]:
    """Split a text into its folded words with their places in the original.

    Hashtags, slashes, hyphens and full stops without a space part words; marks and unseen signs
    do not.
    """
    return [Token(*row) for row in rows(text)]


def rows(text: str) -> list[Row]:
    """Return what `tokens` returns as plain tuples: three times as fast, for whole articles."""
    known = _KNOWN
    found = []
    for match in _WORD.finditer(text):
        word, tanwin = known[match.group()]
        if word:
            start, end = match.span()
            found.append((word, start, end, tanwin))
    return found


def spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of `rows` stand, and those that fold to nothing; twice as fast."""
    return [match.span() for match in _WORD.finditer(text)]


def words(text: str) -> Iterator[str]:
    """Yield the words of `tokens` as `spelt`, without their places; some five times as fast.

    What stands between white space is looked up whole, because news repeats its words.
    """
    return chain.from_iterable(map(_SPELT.__getitem__, text.split()))


def spelt(word: str, tanwin: bool) -> str:
    """Return a folded word, with its fathatan where that parts it from a name.

    A name that ends in alef (درعا) is not the noun whose alef only carries the mark (درعاً).
    """
    return word + FATHATAN if tanwin and word[-1] == "ا" else word


def _resolve(form: re.Match[str]) -> str:
    """Turn one presentation form into its letters; the lone mark's carrier space is dropped."""
    return unicodedata.normalize("NFKC", form.group()).replace(" ", "")


class _Known(dict[str, tuple[str, bool]]):
    """Words as folded, and whether each ends in fathatan. Kept, because news repeats its words."""

    def __missing__(self, printed: str) -> tuple[str, bool]:
        folded = fold(printed), any(mark in printed for mark in TANWIN)
        if len(self) >= _KEPT:
            self.clear()
        self[printed] = folded
        return folded


class _Spelt(dict[str, tuple[str, ...]]):
    """The words of each printed piece between white space, as they are compared."""

    def __missing__(self, printed: str) -> tuple[str, ...]:
        found = tuple([intern(spelt(word, tanwin)) for word, _, _, tanwin in rows(printed)])
        if len(printed) <= _KEPT_CHARACTERS:
            if len(self) >= _KEPT:
                self.clear()
            self[printed] = found
        return found


_KEPT = 1 << 16  # words, and pieces: about 15 MB of each when full
_KEPT_CHARACTERS = 60  # longer pieces are addresses and other noise
_KNOWN = _Known()
_SPELT = _Spelt()
