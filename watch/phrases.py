"""Phrases to look for, as people write them.

A phrase is written as plain words. Each word may have alternatives and an optional article, and
after the first word a gap may be allowed:

    وقف|وقفا ... إطلاق|لإطلاق (ال)نار

`...` allows up to three other words. The first word may carry the proclitics و ف and ب ك ل.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from watch.arabic import FATHATAN, words

GAP = "..."
GAP_WORDS = 3  # وقف فوري وشامل ودائم لإطلاق النار
ARTICLE = "(ال)"  # before a word: with it or without
_NO_OBJECT = ("ا", "ه", "ي", "ء", "ات")  # endings to which the alef of an object is not written

_CASES = {"ون": "ين", "ين": "ون"}
_PLURAL_LETTERS = 6  # shorter words may be names: حسين is not حسون

Owner = TypeVar("Owner")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The folded forms each word may have, and how many words may stand after the first."""

    words: tuple[frozenset[str], ...]
    gap: int = 0

    def end(self, row: Sequence[str], start: int) -> int:
        """Return where the phrase whose first word stands at `start` ends, 0 if it goes not on."""
        rest = self.words[1:]
        for begin in range(start + 1, start + 2 + self.gap):
            if stand(rest, row, begin):
                return begin + len(rest)
        return 0


def parse(written: str) -> Phrase:
    """Read a phrase as people write it; `ValueError` says what to write instead."""
    parts = written.replace("…", GAP).split()
    gap = GAP_WORDS if GAP in parts else 0
    if gap and (parts.count(GAP) > 1 or parts.index(GAP) != 1 or len(parts) < 3):
        raise ValueError("write ... once, between the first word and the second")
    forms = tuple([form for part in parts if part != GAP for form in _forms(part)])
    if not forms:
        raise ValueError("write at least one word of letters or digits")
    return Phrase(forms, gap)


@lru_cache(maxsize=1 << 16)  # a hundred thousand topics share their words
def _forms(part: str) -> tuple[frozenset[str], ...]:
    """Return the forms of one written word; `cease-fire` is two words, as it is in an article."""
    choices = []
    for choice in part.split("|"):
        optional = choice.startswith(ARTICLE)
        choices.append((list(words(choice.removeprefix(ARTICLE))), optional))
    if len(choices) > 1 and any(len(bare) != 1 for bare, _ in choices):
        raise ValueError(f"write whole words on both sides of | in {part!r}")
    if len(choices) > 1:
        return (frozenset().union(*(_articled(bare[0], optional) for bare, optional in choices)),)
    bare, optional = choices[0]
    return tuple(_articled(word, optional and position == 0) for position, word in enumerate(bare))


@lru_cache(maxsize=1 << 16)  # a hundred thousand topics share their words
def _articled(word: str, optional: bool) -> frozenset[str]:
    bare = {word, word.removesuffix(FATHATAN)}  # what is written with fathatan may go without
    return frozenset(bare | {"ال" + form for form in bare} if optional else bare)


def free_forms(word: str) -> tuple[str, ...]:
    """Return the phrases of a common noun: with the article or without, and its other cases.

    These are the object (زلزالاً of زلزال) and the plural of people (نازحين of نازحون). What is
    written with the article keeps it, and has no object of its own.
    """
    defined = word.startswith("ال")
    bare = word.removeprefix("ال") if defined else word
    plain = len(bare) > 3 and bare.isalpha() and not (bare.isascii() or bare.endswith(_NO_OBJECT))
    head = "ال" if defined else ARTICLE
    forms = [f"{head}{bare}"]
    if plain and not defined:
        forms.append(f"{bare}ا{FATHATAN}")
    if plain and len(bare) >= _PLURAL_LETTERS and bare[-2:] in _CASES:
        forms.append(f"{head}{bare[:-2]}{_CASES[bare[-2:]]}")
    return tuple(forms)


@lru_cache(maxsize=1 << 15)
def stems(word: str) -> tuple[str, ...]:
    """Return a folded word with each proclitic it may carry taken off: وبحلب, بحلب, حلب.

    The grid is {none, و, ف} x {none, ب, ك, ل}; ل swallows the alef of the article (للرقة).
    """
    found = [word]
    for whole in (word, word[1:]) if word[0] in "وف" else (word,):
        if whole is not word:
            found.append(whole)
        if whole[:1] in ("ب", "ك", "ل"):
            found.append(whole[1:])
        if whole[:2] == "لل":
            found.append("ال" + whole[2:])
    return tuple(form for form in found if form)


def carried(word: str) -> list[str]:
    """Return a word with each proclitic it may carry: all words that `stems` takes it from."""
    words = [f"{head}{word}" for head in ("", "ب", "ك", "ل")]
    if word.startswith("ال"):
        words.append(f"لل{word[2:]}")
    return [f"{joined}{each}" for joined in ("", "و", "ف") for each in words]


def stand(forms: Sequence[frozenset[str]], row: Sequence[str], start: int) -> bool:
    """Tell whether words of these forms stand in a row from `start` on."""
    here = row[start : start + len(forms)]
    return len(here) == len(forms) and all(map(frozenset.__contains__, forms, here))


class Found(NamedTuple, Generic[Owner]):
    """One place where a phrase stands: words `start` to `end` of the document."""

    owner: Owner
    start: int
    end: int
