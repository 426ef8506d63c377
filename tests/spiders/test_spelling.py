"""Folding byte by byte gives what folding letter by letter gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.reading import cleaning, windows1256
from spiders.reading.spelling import fold, folded_words
from watch import arabic


def test_every_sign_is_folded_as_the_watch_folds_it() -> None:
    signs = [chr(code) for code in range(0x3000) if not 0xD800 <= code < 0xE000]
    assert [fold(sign) for sign in signs] == [arabic.fold(sign) for sign in signs]


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت مديريّةُ الريّ إعادةَ فتحِ القناةِ الشرقيـــة",
        "سعة الخزّان ٣٠٠ متر مكعب، وكانت 250",
        "جرعة من 5 µg لكل طفل",
        "CAFÉ الرصيف",
        "گزارش از شهر",
        "",
    ],
)
def test_a_line_is_folded_as_the_watch_folds_it(text: str) -> None:
    assert fold(text) == arabic.fold(text)
    assert fold(text * 400) == arabic.fold(text * 400)
    assert folded_words(text) == tuple(re.findall(r"\w+", arabic.fold(text)))


@given(st.text(alphabet=windows1256.decode(bytes(range(256))) + "ێ٥ﻻ"))
def test_any_words_and_lines_are_spelt_as_letter_by_letter(text: str) -> None:
    assert folded_words(text) == tuple(re.findall(r"\w+", arabic.fold(text)))
    if cleaning.plain(text):
        assert cleaning.line(text) == " ".join(text.split())
