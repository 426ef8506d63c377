"""An article as the watch reads it: one row of words, title first, with their sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from watch.arabic import Token, tokens
from watch.phrases import spelt
from watch.records import Span

_PARAGRAPH = re.compile(r"\n+")
# A full stop ends a sentence before a space or an Arabic letter, not inside 2.5 or example.org.
_SENTENCE = re.compile(r"[!?؟…\n]+|\.+(?=[\s\"'»”)\]ء-ي]|$)")


@dataclass(frozen=True, slots=True)
class Document:
    """A title and a text as words; word numbers count on from the title into the text."""

    title: str
    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]  # as `watch.phrases` spells them
    title_words: int
    paragraphs: tuple[int, ...]  # of each word; the title is paragraph 0, the text begins at 1
    sentences: tuple[int, ...]  # of each word, counted through the whole document

    def paragraph(self, word: int) -> range:
        """Return the words of the paragraph that holds a word."""
        number = self.paragraphs[word]
        return range(bisect_left(self.paragraphs, number), bisect_right(self.paragraphs, number))

    def sentence(self, word: int) -> range:
        """Return the words of the sentence that holds a word."""
        number = self.sentences[word]
        return range(bisect_left(self.sentences, number), bisect_right(self.sentences, number))

    def quoted(self, word: int) -> bool:
        """Tell whether a word of the text stands inside quotation marks, which end with their
        paragraph."""
        if word < self.title_words:
            return False
        first = self.tokens[self.paragraph(word).start].start
        before = self.text[max(0, first - 2) : self.tokens[word].start]
        opened = before.count("«") + before.count("“")
        closed = before.count("»") + before.count("”")
        return opened > closed or before.count('"') % 2 == 1

    def span(self, start: int, end: int) -> Span:
        """Return where words `start` to `end` stand in the article as printed."""
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        return Span("title" if start < self.title_words else "text", first, last)

    def printed(self, start: int, end: int) -> str:
        """Return words `start` to `end` as they were printed, marks and all."""
        span = self.span(start, end)
        return (self.title if span.field == "title" else self.text)[span.start : span.end]


def read(title: str, text: str) -> Document:
    """Split an article into words and number its paragraphs and sentences."""
    heads, body = tokens(title), tokens(text)
    paragraphs = _numbers(text, body, _PARAGRAPH, first=1)
    head_sentences = _numbers(title, heads, _SENTENCE, first=0)
    after = head_sentences[-1] + 1 if head_sentences else 0
    everything = (*heads, *body)
    return Document(
        title=title,
        text=text,
        tokens=everything,
        words=tuple([spelt(token) for token in everything]),
        title_words=len(heads),
        paragraphs=(*[0] * len(heads), *paragraphs),
        sentences=(*head_sentences, *_numbers(text, body, _SENTENCE, first=after)),
    )


def _numbers(text: str, row: list[Token], border: re.Pattern[str], first: int) -> list[int]:
    """Number each word by how many borders with words between them lie before it."""
    borders = [match.start() for match in border.finditer(text)]
    numbers: list[int] = []
    last = -1
    current = first - 1
    for token in row:
        passed = bisect_right(borders, token.start)
        if passed != last:
            current, last = current + 1, passed
        numbers.append(current)
    return numbers
