"""Sketches are the same everywhere, find relatives, and forgive spelling and repetition."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from watch.arabic import tokens
from watch.sketch import KEPT_AT_LEAST, grams, paragraphs, sketch, words

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
