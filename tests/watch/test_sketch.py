"""Sketches are the same everywhere, find relatives, and forgive spelling and repetition."""

from __future__ import annotations

from hashlib import blake2b
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watch.arabic import tokens
from watch.sketch import KEPT_AT_LEAST, KEPT_ONE_IN, _least, grams, paragraphs, sketch, words

PRIME = (1 << 61) - 1
SKETCH_OF_RAIN = 93407333908408
LETTERS = st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=400)
ANY = st.text(max_size=300)


def made(count: int, stem: str = "كلمة") -> str:
    """A text of so many different words: one that is long, without being written."""
    digits = "ابجدهوزحطي"
    return " ".join(stem + "".join(digits[int(digit)] for digit in str(at)) for at in range(count))


def test_a_sketch_is_the_same_on_every_machine() -> None:
    assert sketch("", "سقط المطر على التلال فجرا") == (sketch("", "سَقَط المطر  على التلال، فجراً!"))
    assert sketch("", "سقط المطر على التلال") == (SKETCH_OF_RAIN,)


def plainly(text: str) -> tuple[int, ...]:
    """The sketch of a text of four words or more, as its definition has it."""
    said = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) for word in words(text)]
    factors = [pow(0x9E3779B97F4A7C15, power, PRIME) for power in range(1, 5)]
    runs = zip(said, said[1:], said[2:], said[3:], strict=False)
    hashes = {sum(a * b for a, b in zip(run, factors, strict=True)) % PRIME for run in runs}
    return tuple(sorted({value % (1 << 47) for value in kept(hashes)}))


def kept(hashes: set[int]) -> list[int]:
    below = [value for value in hashes if value < PRIME // KEPT_ONE_IN]
    return sorted(below if len(below) >= KEPT_AT_LEAST else sorted(hashes)[:KEPT_AT_LEAST])


@pytest.mark.parametrize("count", [4, 20, 23, 24, 40, 90, 270, 500, 1000, 3000])
def test_a_sketch_is_what_its_definition_says(count: int) -> None:
    assert sketch("", made(count)) == plainly(made(count))


@pytest.mark.parametrize("others", [0, 1000])
def test_no_hash_is_passed_over_at_the_edges_of_the_range(others: int) -> None:
    limit = PRIME // KEPT_ONE_IN
    near = [value + step for value in (0, limit, PRIME // 4, PRIME) for step in range(-4, 5)]
    sums = [
        value + times * PRIME for value in near for times in range(4) if value + times * PRIME >= 0
    ]
    spread = [at * (PRIME // 1000) for at in range(others)]
    lanes = b"".join(pack("<Q24x", each) for each in sums + spread)
    assert _least(lanes) == kept({each % PRIME for each in sums + spread})


def test_hashes_ascend_and_fit_a_signed_64_bit_integer() -> None:
    hashes = sketch("", made(2000))
    assert list(hashes) == sorted(set(hashes))
    assert 0 <= hashes[0] < hashes[-1] < 1 << 63


def test_short_texts_are_kept_whole_and_long_ones_by_the_sixteenth() -> None:
    assert len(sketch("", made(20))) == 17
    assert len(sketch("", made(100))) == KEPT_AT_LEAST
    assert 400 < len(sketch("", made(8000))) < 600


def test_a_part_shares_about_a_sixteenth_with_the_whole() -> None:
    whole = set(sketch("", made(8000)))
    part = sketch("", made(4000))
    assert set(part) <= whole
    assert not set(sketch("", made(4000, "غيره"))) & whole


def test_the_title_stands_in_for_a_missing_text_only() -> None:
    title = "عنوان من خمس كلمات هنا"
    assert sketch(title, "") == sketch("", title)
    assert sketch(title, "نص الخبر كما نشر") == sketch("", "نص الخبر كما نشر")


def test_what_has_no_words_has_no_sketch() -> None:
    assert sketch("", "") == sketch(" … ", "\n\n") == ()


def test_a_repeated_paragraph_counts_once() -> None:
    body = "فقرة أولى من الخبر\n\nفقرة ثانية منه"
    assert paragraphs(f"{body}\n\n{body}") == paragraphs(body)


def test_grams_are_runs_and_a_short_text_is_one() -> None:
    assert grams(["ا", "ب", "ج"], 2) == [("ا", "ب"), ("ب", "ج")]
    assert grams(["ا"], 4) == [("ا",)]
    assert grams([], 4) == []


@given(ANY)
@settings(deadline=None)
def test_words_are_those_of_the_tokens(text: str) -> None:
    assert words(text) == [token.word for token in tokens(text)]


@given(ANY, ANY)
@settings(deadline=None)
def test_any_text_can_be_sketched(title: str, text: str) -> None:
    assert sketch(title, text) == sketch(title, text)


@given(WORDS)
@settings(deadline=None)
def test_marks_tatweel_and_unseen_signs_change_nothing(said: list[str]) -> None:
    plain = " ".join(said)
    dressed = " ".join(f"\u200f{word[0]}\u064e\u0640{word[1:]}\u200f" for word in said)
    assert sketch("", dressed) == sketch("", plain)


@given(WORDS)
@settings(deadline=None)
def test_a_text_printed_twice_has_its_own_sketch(said: list[str]) -> None:
    text = " ".join(said)
    assert sketch("", f"{text}\n{text}") == sketch("", text)
