"""Folding byte by byte gives what folding letter by letter gives."""

from __future__ import annotations

import pytest

from spiders.reading.spelling import fold
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
