"""An article as words: where they stand, and which sentence and paragraph holds each."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from watch.arabic import fold, spelt, tokens, words
from watch.document import read

PRINT = st.text(
    st.one_of(
        st.sampled_from("ابحلهةىًـ .…!؟?\n\r\t\u200f\u2067\"'»)]،12aé\u00a0\ufefb"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=120,
)
BORDER = re.compile(r"[!?؟…\n]+|\.+(?=[\s\"'»”)\]ء-ي]|$)")


def numbered(text: str, border: re.Pattern[str]) -> list[int]:
    """Number words one by one by the borders with words between, the slow and plain way."""
    numbers, number, last = [], -1, -1
    for token in tokens(text):
        passed = sum(match.start() < token.start for match in border.finditer(text))
        number += passed > last
        last = passed
        numbers.append(number)
    return numbers


@given(PRINT)
def test_words_are_the_tokens(text: str) -> None:
    assert list(words(text)) == [spelt(token.word, token.tanwin) for token in tokens(text)]


@given(PRINT, PRINT)
def test_sentences_and_paragraphs_part_where_a_plain_reading_parts_them(
    title: str, text: str
) -> None:
    document = read(title, text)
    heads, body = numbered(title, BORDER), numbered(text, BORDER)
    after = heads[-1] + 1 if heads else 0
    assert document.sentences == (*heads, *(number + after for number in body))
    inside = [1 + number for number in numbered(text, re.compile("\n+"))]
    assert document.paragraphs == (*[0] * len(heads), *inside)
    for word in range(len(document.words)):
        assert {document.sentences[each] for each in document.sentence(word)} == {
            document.sentences[word]
        }
        assert {document.paragraphs[each] for each in document.paragraph(word)} == {
            document.paragraphs[word]
        }


@given(PRINT, PRINT)
def test_every_word_is_shown_as_it_was_printed(title: str, text: str) -> None:
    document = read(title, text)
    places = [("title", token) for token in tokens(title)]
    places += [("text", token) for token in tokens(text)]
    for word, (field, token) in enumerate(places):
        span = document.span(word, word + 1)
        assert (span.field, span.start, span.end) == (field, token.start, token.end)
        assert fold(document.printed(word, word + 1)) == token.word
