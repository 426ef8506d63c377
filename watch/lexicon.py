"""Finding all of many phrases in one reading of the words, however many phrases there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Generic

from watch.phrases import Found, Owner, Phrase, stand, stems

KNOWN_WORDS = 1 << 16  # words whose phrases are kept at hand
PAIRS = 256  # spellings of the first two words of one phrase that are looked up at once

Rest = tuple[frozenset[str], ...]
Entry = tuple[Phrase, Owner]


# One place where phrases stand: all whose phrases they are, and words `start` to `end`.
Event = tuple[Sequence[Owner], int, int]


class _Head(Generic[Owner]):
    """The phrases that begin with one word, each row by what comes after it."""

    __slots__ = ("alone", "longer", "others", "pairs")

    def __init__(self) -> None:
        self.alone: list[Owner] = []  # phrases of this word only
        self.pairs: dict[str, list[Owner]] = {}  # of two words, by the second
        self.longer: dict[str, dict[Rest, list[Owner]]] = {}  # by the second, and by the rest
        self.others: dict[Phrase, list[Owner]] = {}  # with a gap, or of too many spellings

    def rows(self, phrase: Phrase) -> list[list[Owner]]:
        """Return the rows that hold the owners of a phrase."""
        if len(phrase.words) == 1:
            return [self.alone]
        if phrase.gap or len(phrase.words[0]) * len(phrase.words[1]) > PAIRS:
            return [self.others.setdefault(phrase, [])]
        if len(phrase.words) == 2:
            return [self.pairs.setdefault(second, []) for second in phrase.words[1]]
        rest = phrase.words[2:]
        return [
            self.longer.setdefault(second, {}).setdefault(rest, []) for second in phrase.words[1]
        ]


class Lexicon(Generic[Owner]):
    """Many phrases, each with its owner.

    The first words are keys of one dict, and what follows each is looked up by the second word, so
    a word of the text only nominates the few phrases that go on as the text does.
    """

    def __init__(self, entries: Iterable[Entry[Owner]] = ()) -> None:
        self._heads: dict[str, _Head[Owner]] = {}
        self._known = _Known(self._heads)
        for phrase, owner in entries:
            self.add(phrase, owner)

    def add(self, phrase: Phrase, owner: Owner) -> None:
        """Look for one more phrase from now on."""
        for word in phrase.words[0]:
            head = self._heads.get(word)
            if head is None:
                head = self._heads[word] = _Head()
                self._known.clear()  # words that began nothing may begin this
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
        for position, heads in compress(enumerate(begun), begun):
            for head in heads:
                if head.alone:
                    events.append((head.alone, position, position + 1))
                if head.pairs or head.longer or head.others:
                    _go_on(head, words, position, events)
        return events

    def stands_in(self, words: Sequence[str]) -> bool:
        """Tell whether any phrase stands among a few words."""
        return any(map(self._known.__getitem__, words)) and bool(self.events(words))

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
    """Add the phrases of a head that go on after `position`."""
    second = words[position + 1] if position + 1 < len(words) else ""
    if owners := head.pairs.get(second):
        events.append((owners, position, position + 2))
    if longer := head.longer.get(second):
        for rest, owners in longer.items():
            if owners and stand(rest, words, position + 2):
                events.append((owners, position, position + 2 + len(rest)))
    for phrase, owners in head.others.items():
        if owners and (end := phrase.end(words, position)):
            events.append((owners, position, end))
