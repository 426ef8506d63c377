"""An article as the watch reads it: one row of words, title first, with their sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from watch.arabic import Row, rows
from watch.phrases import spelt
from watch.records import Span

_PARAGRAPH = re.compile(r"\n+")
# A full stop ends a sentence before a space or an Arabic letter, not inside 2.5 or example.org.
_SENTENCE = re.compile(r"[!?؟…\n]+|\.+(?=[\s\"'»”)\]ء-ي]|$)")


@dataclass(frozen=True)
class Document:
    """A title and a text as words; word numbers count on from the title into the text."""

    title: str
    text: str
    rows: tuple[Row, ...]
    words: tuple[str, ...]  # as `watch.phrases` spells them
    title_words: int

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraph of each word; the title is paragraph 0, the text begins at 1."""
        body = self.rows[self.title_words :]
        return (*[0] * self.title_words, *_numbers(self.text, body, _PARAGRAPH, first=1))

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """The sentence of each word, counted through the whole document."""
        heads, body = self.rows[: self.title_words], self.rows[self.title_words :]
        title = tuple(_numbers(self.title, heads, _SENTENCE, first=0))
        after = title[-1] + 1 if title else 0
        return (*title, *_numbers(self.text, body, _SENTENCE, first=after))

    def paragraph(self, word: int) -> range:
        """Return the words of the paragraph that holds a word."""
        number = self.paragraphs[word]
        return range(bisect_left(self.paragraphs, number), bisect_right(self.paragraphs, number))

    def sentence(self, word: int) -> range:
        """Return the words of the sentence that holds a word."""
        number = self.sentences[word]
        return range(bisect_left(self.sentences, number), bisect_right(self.sentences, number))

    def span(self, start: int, end: int) -> Span:
        """Return where words `start` to `end` stand in the article as printed."""
        first, last = self.rows[start][1], self.rows[end - 1][2]
        return Span("title" if start < self.title_words else "text", first, last)

    def printed(self, start: int, end: int) -> str:
        """Return words `start` to `end` as they were printed, marks and all."""
        span = self.span(start, end)
        return (self.title if span.field == "title" else self.text)[span.start : span.end]


def read(title: str, text: str) -> Document:
    """Split an article into words."""
    heads = rows(title)
    everything = (*heads, *rows(text))
    words = tuple([spelt(word, tanwin) for word, _, _, tanwin in everything])
    return Document(title, text, everything, words, len(heads))


def _numbers(text: str, row: Sequence[Row], border: re.Pattern[str], first: int) -> Iterator[int]:
    """Number each word by how many borders with words between them lie before it."""
    borders = [match.start() for match in border.finditer(text)]
    borders.append(len(text) + 1)
    passed, number, begun = 0, first, False
    for _, start, _, _ in row:
        if start > borders[passed]:
            while start > borders[passed]:
                passed += 1
            number += begun
        begun = True
        yield number
