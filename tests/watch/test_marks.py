"""Marks, stretched letters, old forms and unseen signs change nothing, and the print is kept."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import TOPICS

from watch.arabic import fold
from watch.matching import match

TITLE = "غارات على حلب"
TEXT = (
    "صمدت الهدنة في سوريا ليلة أخرى. وقصفت طائرات أحياء في حلب صباحا، وقال طبيب إن الجرحى كثر.\n\n"
    "وعاد سكان إلى إدلب وريف دمشق بعد توقف القتال! أما في غزة فلا هدنة."
)
SIGNS = (
    "\u064e\u064f\u0650\u0651\u0652\u0654\u0655\u0670"  # short vowels and their kin
    "\u0640\u06d6"  # the stretch, a sign of recitation
    "\u200c\u200d\u200e\u200f\u061c\u202b\u202c\u2067\u2069\ufeff\u00ad"  # unseen
)


def forms(letter: str) -> list[str]:
    """Return a letter as it is and as it was written in older sets of characters."""
    return [letter, *OLDER.get(letter, ())]


OLDER: dict[str, list[str]] = {}
for _code in range(0xFE80, 0xFEF5):
    OLDER.setdefault(unicodedata.normalize("NFKC", chr(_code)), []).append(chr(_code))


@st.composite
def dressed(draw: st.DrawFn, text: str) -> str:
    """Return a text with other forms of its letters, and signs after some of them."""
    chance = draw(st.randoms(use_true_random=False))
    out = []
    for letter in text:
        out.append(chance.choice(forms(letter)))
        if letter.isalpha() and chance.random() < 0.3:
            out += chance.choices(SIGNS, k=chance.randint(1, 3))
    return "".join(out)


@settings(max_examples=60, deadline=None)
@given(dressed(TITLE), dressed(TEXT))
def test_a_dressed_text_is_judged_as_the_plain_one_and_shown_as_printed(
    title: str, text: str
) -> None:
    plain, found = match(TITLE, TEXT, TOPICS), match(title, text, TOPICS)
    assert [(hit.topic, hit.level, hit.score, hit.reason) for hit in found] == [
        (hit.topic, hit.level, hit.score, _dressed_alike(hit.reason, was.reason))
        for hit, was in zip(found, plain, strict=True)
    ]
    for hit, was in zip(found, plain, strict=True):
        for span, bare in zip(hit.spans, was.spans, strict=True):
            printed = (title if span.field == "title" else text)[span.start : span.end]
            meant = (TITLE if bare.field == "title" else TEXT)[bare.start : bare.end]
            assert fold(printed) == fold(meant)
            assert printed in hit.matched


def _dressed_alike(reason: str, plain: str) -> str:
    """Return a reason, once it is sure that it says what the plain one says."""
    assert fold(reason) == fold(plain)
    return reason
