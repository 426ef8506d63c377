"""Finding all of many phrases in one reading of the words, however many phrases there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, product
from math import prod
from typing import Generic

from watch.phrases import Found, Owner, Phrase, carried, stems

KNOWN_WORDS = 1 << 16  # words whose phrases are kept at hand
SPELLINGS = 256  # of what follows the first word of one phrase, that are looked up at once

Entry = tuple[Phrase, Owner]


# One place where phrases stand: all whose phrases they are, and words `start` to `end`.
Event = tuple[Sequence[Owner], int, int]


class _Head(Generic[Owner]):
    """The phrases that begin with one word."""

    __slots__ = ("alone", "lengths", "longer", "others")

    def __init__(self) -> None:
        self.alone: list[Owner] = []  # phrases of this word only
        # By what follows it, with single spaces; each second word stands there too, if need be with
        # no owners, so that one look tells that nothing goes on: with most words nothing does.
        self.longer: dict[str, list[Owner] | None] = {}
        self.lengths: tuple[int, ...] = ()  # how many words follow it in those
        self.others: dict[Phrase, list[Owner]] = {}  # with a gap, or of too many spellings

    def rows(self, phrase: Phrase) -> list[list[Owner]]:
        """Return the rows that hold the owners of a phrase."""
        rest = phrase.words[1:]
        if not rest:
            return [self.alone]
        if phrase.gap or prod(map(len, rest)) > SPELLINGS:
            return [self.others.setdefault(phrase, [])]
        if len(rest) not in self.lengths:
            self.lengths = (*self.lengths, len(rest))
        for second in rest[0]:
            self.longer.setdefault(second)
        return [self._row(" ".join(spelling)) for spelling in product(*rest)]

    def _row(self, following: str) -> list[Owner]:
        """Return the owners of the phrase that goes on so, to add to."""
        row = self.longer.get(following)
        if row is None:
            row = self.longer[following] = []
        return row


class Lexicon(Generic[Owner]):
    """Many phrases, each with its owner.

    The first words are keys of one dict, and what follows each is looked up as a whole, so the time
    that a text takes grows with the finds in it and hardly with the number of phrases.
    """

    def __init__(self, entries: Iterable[Entry[Owner]] = ()) -> None:
        self._heads: dict[str, _Head[Owner]] = {}
        self._known = _Known(self._heads)
        self._begins: frozenset[str] | None = None  # every word that begins a phrase, once asked
        for phrase, owner in entries:
            self.add(phrase, owner)

    def add(self, phrase: Phrase, owner: Owner) -> None:
        """Look for one more phrase from now on."""
        for word in phrase.words[0]:
            head = self._heads.get(word)
            if head is None:
                head = self._heads[word] = _Head()
                self._known.clear()  # words that began nothing may begin this
                self._begins = None
            for row in head.rows(phrase):
                row.append(owner)

    def discard(self, phrase: Phrase, owner: Owner) -> None:
        """Stop looking for a phrase of an owner."""
        for word in phrase.words[0]:
            if head := self._heads.get(word):
                for row in head.rows(phrase):
                    if owner in row:
                        row.remove(owner)

    def events(self, words: Sequence[str]) -> list[Event[Owner]]:
        """Return every place where phrases stand, in the order of the text."""
        events: list[Event[Owner]] = []
        begun = list(map(self._known.__getitem__, words))
        following = (*words[1:], "")
        for position, heads in compress(enumerate(begun), begun):
            for head in heads:
                if head.alone:
                    events.append((head.alone, position, position + 1))
                if following[position] in head.longer:
                    _go_on(head, words, position, events)
                if head.others:
                    _leap(head, words, position, events)
        return events

    def stands_in(self, words: Sequence[str]) -> bool:
        """Tell whether any phrase stands among a few words."""
        return self.may_stand_in(words) and bool(self.events(words))

    def may_stand_in(self, words: Sequence[str]) -> bool:
        """Tell whether a phrase may stand among words, since one begins there: soon told."""
        if self._begins is None:
            self._begins = frozenset(word for head in self._heads for word in carried(head))
        return not self._begins.isdisjoint(words)

    def find(self, words: Sequence[str]) -> list[Found[Owner]]:
        """Return every find of every owner, in the order of the text."""
        return [
            Found(owner, start, end)
            for owners, start, end in self.events(words)
            for owner in owners
        ]


class _Known(dict[str, tuple[_Head[Owner], ...]], Generic[Owner]):
    """What each word may begin, with and without its proclitics; news repeats its words."""

    def __init__(self, heads: dict[str, _Head[Owner]]) -> None:
        super().__init__()
        self._heads = heads

    def __missing__(self, word: str) -> tuple[_Head[Owner], ...]:
        heads = self._heads
        begun = tuple([heads[stem] for stem in stems(word) if stem in heads])
        if len(self) >= KNOWN_WORDS:
            self.clear()
        self[word] = begun
        return begun


def _go_on(
    head: _Head[Owner], words: Sequence[str], position: int, events: list[Event[Owner]]
) -> None:
    """Add the phrases of a head whose next words stand after `position`."""
    for length in head.lengths:
        end = position + 1 + length
        if end <= len(words) and (owners := head.longer.get(" ".join(words[position + 1 : end]))):
            events.append((owners, position, end))


def _leap(
    head: _Head[Owner], words: Sequence[str], position: int, events: list[Event[Owner]]
) -> None:
    """Add the phrases of a head with a gap, and those of too many spellings."""
    for phrase, owners in head.others.items():
        if owners and (end := phrase.end(words, position)):
            events.append((owners, position, end))
