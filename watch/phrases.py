"""Phrases to look for, and finding all of them in one reading of the words.

A phrase is written as plain words. Each word may have alternatives and an optional article, and
after the first word a gap may be allowed:

    وقف|وقفا ... إطلاق|لإطلاق (ال)نار

`...` allows up to three other words. The first word may carry the proclitics و ف and ب ك ل.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from watch.arabic import FATHATAN, tokens

GAP = "..."
GAP_WORDS = 3  # وقف فوري وشامل ودائم لإطلاق النار
KNOWN_WORDS = 1 << 16  # words whose phrases are kept at hand
_ARTICLE = "(ال)"

Owner = TypeVar("Owner")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The folded forms each word may have, and how many words may stand after the first."""

    words: tuple[frozenset[str], ...]
    gap: int = 0


def parse(written: str) -> Phrase:
    """Read a phrase as people write it; `ValueError` says what to write instead."""
    parts = written.replace("…", GAP).split()
    gap = GAP_WORDS if GAP in parts else 0
    if gap and (parts.count(GAP) > 1 or parts.index(GAP) != 1 or len(parts) < 3):
        raise ValueError("write ... once, between the first word and the second")
    words = [form for part in parts if part != GAP for form in _forms(part)]
    if not words:
        raise ValueError("write at least one word of letters or digits")
    return Phrase(tuple(words), gap)


def _forms(part: str) -> Iterator[frozenset[str]]:
    """Yield the forms of one written word; `cease-fire` is two words, as it is in an article."""
    choices = []
    for choice in part.split("|"):
        optional = choice.startswith(_ARTICLE)
        bare = [spelt(token.word, token.tanwin) for token in tokens(choice.removeprefix(_ARTICLE))]
        choices.append((bare, optional))
    if len(choices) > 1 and any(len(bare) != 1 for bare, _ in choices):
        raise ValueError(f"write whole words on both sides of | in {part!r}")
    if len(choices) > 1:
        yield frozenset().union(*(_articled(bare[0], optional) for bare, optional in choices))
        return
    bare, optional = choices[0]
    for position, word in enumerate(bare):
        yield _articled(word, optional and position == 0)


@lru_cache(maxsize=1 << 16)  # a hundred thousand topics share their words
def _articled(word: str, optional: bool) -> frozenset[str]:
    bare = {word, word.removesuffix(FATHATAN)}  # what is written with fathatan may go without
    return frozenset(bare | {"ال" + form for form in bare} if optional else bare)


def spelt(word: str, tanwin: bool) -> str:
    """Return a folded word, with its fathatan where that parts it from a name.

    A name that ends in alef (درعا) is not the noun whose alef only carries the mark (درعاً).
    """
    return word + FATHATAN if tanwin and word[-1] == "ا" else word


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


class Found(NamedTuple, Generic[Owner]):
    """One place where a phrase stands: words `start` to `end` of the document."""

    owner: Owner
    start: int
    end: int


Entry = tuple[Phrase, Owner]


class _Head(Generic[Owner]):
    """The phrases that begin with one word."""

    __slots__ = ("alone", "gapped", "longer")

    def __init__(self) -> None:
        self.alone: list[Entry[Owner]] = []  # of this word only
        self.longer: dict[str, list[Entry[Owner]]] = {}  # by their second word
        self.gapped: list[Entry[Owner]] = []

    def rows(self, phrase: Phrase) -> list[list[Entry[Owner]]]:
        """Return the lists that hold a phrase."""
        if len(phrase.words) == 1:
            return [self.alone]
        if phrase.gap:
            return [self.gapped]
        return [self.longer.setdefault(second, []) for second in phrase.words[1]]


class Lexicon(Generic[Owner]):
    """Many phrases, each with its owner, found in one reading however many they are.

    The first words are keys of one dict, so a word of the text only nominates the few phrases that
    begin with it and go on with the word after it; the rest of each is then compared.
    """

    def __init__(self, entries: Iterable[Entry[Owner]] = ()) -> None:
        self._heads: dict[str, _Head[Owner]] = {}
        self._known = _Known(self._heads)
        for phrase, owner in entries:
            self.add(phrase, owner)

    def add(self, phrase: Phrase, owner: Owner) -> None:
        """Look for one more phrase from now on."""
        entry = (phrase, owner)
        for word in phrase.words[0]:
            head = self._heads.get(word)
            if head is None:
                head = self._heads[word] = _Head()
                self._known.clear()  # words that began nothing may begin this
            for row in head.rows(phrase):
                row.append(entry)

    def discard(self, phrase: Phrase, mine: Callable[[Owner], bool]) -> None:
        """Stop looking for a phrase of such owners."""
        for word in phrase.words[0]:
            if head := self._heads.get(word):
                for row in head.rows(phrase):
                    row[:] = [entry for entry in row if not mine(entry[1])]

    def find(self, words: Sequence[str]) -> list[Found[Owner]]:
        """Return every place where a phrase stands, in the order of the text."""
        found: list[Found[Owner]] = []
        begun = list(map(self._known.__getitem__, words))
        if not any(begun):
            return found
        for position, heads in [(at, heads) for at, heads in enumerate(begun) if heads]:
            after = words[position + 1] if position + 1 < len(words) else ""
            for head in heads:
                found += [Found(owner, position, position + 1) for _, owner in head.alone]
                rest = head.longer.get(after) if head.longer else None
                for phrase, owner in (*rest, *head.gapped) if rest else head.gapped:
                    end = _end(phrase, words, position)
                    if end:
                        found.append(Found(owner, position, end))
        return found


class _Known(dict[str, tuple[_Head[Owner], ...]], Generic[Owner]):
    """What each word may begin, with and without its proclitics; news repeats its words."""

    def __init__(self, heads: dict[str, _Head[Owner]]) -> None:
        super().__init__()
        self._heads = heads

    def __missing__(self, word: str) -> tuple[_Head[Owner], ...]:
        if len(self) >= KNOWN_WORDS:
            self.clear()
        heads = self._heads
        self[word] = tuple(heads[stem] for stem in stems(word) if stem in heads)
        return self[word]


def _end(phrase: Phrase, words: Sequence[str], position: int) -> int:
    """Return where the phrase that begins at `position` ends, 0 if it does not go on."""
    for gap in range(phrase.gap + 1):
        start = position + 1 + gap
        rest = words[start : start + len(phrase.words) - 1]
        if len(rest) == len(phrase.words) - 1 and all(
            word in forms for word, forms in zip(rest, phrase.words[1:], strict=True)
        ):
            return start + len(rest)
    return 0
