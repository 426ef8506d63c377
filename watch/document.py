"""An article as the watch reads it: one row of words, title first, with their sentences.

Where the words stand in the print is looked up only for those that are asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise, repeat

from watch.arabic import rows, spans, words
from watch.records import Span

# A full stop ends a sentence before a space or an Arabic letter, not inside 2.5 or example.org.
# The pattern begins with one set of characters, which Python's search looks for ten times as fast.
_SENTENCE = re.compile(r"[.!?؟…\n][.!?؟…\n]*(?:(?<=[!?؟…\n])|(?=[\s\"'»”)\]ء-ي]|$))")
_YEARS = frozenset(map(str, range(1900, 2100)))


@dataclass(frozen=True)
class Document:
    """A title and a text as words; word numbers count on from the title into the text."""

    title: str
    text: str
    words: tuple[str, ...]  # as `watch.arabic` spells them
    title_words: int
    first_words: tuple[int, ...]  # the word that each sentence begins with
    openings: tuple[int, ...]  # the word that each paragraph begins with, the title's first
    pieces: tuple[tuple[int, int], ...]  # where each sentence stands in its field
    _places: dict[int, list[tuple[int, int]]] = field(default_factory=dict, compare=False)

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraph of each word; the title is paragraph 0, the text begins at 1."""
        return _numbers(self.openings, len(self.words))

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """The sentence of each word, counted through the whole document."""
        return _numbers(self.first_words, len(self.words))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The words that are years of this century or the last."""
        if _YEARS.isdisjoint(self.words):
            return ()
        return tuple([at for at, word in enumerate(self.words) if word in _YEARS])

    def paragraph(self, word: int) -> range:
        """Return the words of the paragraph that holds a word."""
        return _around(word, self.openings, len(self.words))

    def sentence(self, word: int) -> range:
        """Return the words of the sentence that holds a word."""
        return _around(word, self.first_words, len(self.words))

    def span(self, start: int, end: int) -> Span:
        """Return where words `start` to `end` stand in the article as printed."""
        first, last = self._place(start)
        if end - start > 1:
            last = self._place(end - 1)[1]
        return Span("title" if start < self.title_words else "text", first, last)

    def printed(self, start: int, end: int) -> str:
        """Return words `start` to `end` as they were printed, marks and all."""
        return self.shown(self.span(start, end))

    def shown(self, span: Span) -> str:
        """Return what stands there in print."""
        return (self.title if span.field == "title" else self.text)[span.start : span.end]

    def _place(self, word: int) -> tuple[int, int]:
        """Return where a word begins and ends in its field; its sentence is split once."""
        number = bisect_right(self.first_words, word) - 1
        begin, end = self.pieces[number]
        places = self._places.get(number)
        if places is None:
            printed = (self.title if word < self.title_words else self.text)[begin:end]
            places = spans(printed)
            if len(places) > len(self.sentence(word)):  # a lone tatweel is no word
                places = [(start, stop) for _, start, stop, _ in rows(printed)]
            self._places[number] = places
        start, stop = places[word - self.first_words[number]]
        return begin + start, begin + stop


def read(title: str, text: str) -> Document:
    """Split an article into words."""
    found: list[str] = []
    first_words: list[int] = []
    pieces: list[tuple[int, int]] = []
    _split(title, found, first_words, pieces)
    title_words = len(found)
    openings = _split(text, found, first_words, pieces)
    return Document(
        title, text, tuple(found), title_words, tuple(first_words), (0, *openings), tuple(pieces)
    )


def _split(
    printed: str, found: list[str], first_words: list[int], pieces: list[tuple[int, int]]
) -> list[int]:
    """Append the words of a field and its sentences; return where its paragraphs begin."""
    openings: list[int] = []
    begin, opens = 0, True
    borders = [(match.start(), match.end()) for match in _SENTENCE.finditer(printed)]
    for end, following in (*borders, (len(printed), 0)):
        count = len(found)
        found += words(printed[begin:end])
        if len(found) > count:
            first_words.append(count)
            pieces.append((begin, end))
            if opens:
                openings.append(count)
                opens = False
        opens = opens or "\n" in printed[end:following]
        begin = following
    return openings


def _numbers(starts: Sequence[int], count: int) -> tuple[int, ...]:
    """Number each of `count` words by the last of these starts at or before it."""
    lengths = (after - start for start, after in pairwise((*starts, count)))
    return tuple(chain.from_iterable(map(repeat, range(len(starts)), lengths)))


def _around(word: int, starts: Sequence[int], count: int) -> range:
    """Return the words from the last start at or before a word up to the next."""
    after = bisect_right(starts, word)
    return range(starts[after - 1], starts[after] if after < len(starts) else count)
