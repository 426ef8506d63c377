"""Folding and splitting: what counts as the same word, and where it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watch.arabic import fold, tokens

ARABIC = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.sampled_from(" ـ.،_#/ab\n\u200f\u200d\u2066\u2069"),
    )
)
ANY = st.one_of(st.text(), ARABIC)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("إِدْلِب", "ادلب"),
        ("حـــلـب", "حلب"),
        ("ﺣﻠﺐ", "حلب"),
        ("ح\u200dل\u200dب", "حلب"),
        ("سورية", "سوريه"),
        ("مستشفى", "مستشفي"),
        ("کیف", "كيف"),
        ("٢٠١٦ ۲۰۱۷", "2016 2017"),
        ("Ceasefire ALEPPO Café", "ceasefire aleppo cafe"),
        ("مؤتمر شئون", "موتمر شيون"),
        ("أوپك", "اوبك"),
        ("\u202bدمشق\u202c", "دمشق"),
    ],
)
def test_spellings_of_one_word_fold_to_one_string(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#أغيثوا_حلب الآن", ["اغيثوا", "حلب", "الان"]),
        ("حلب/حماة", ["حلب", "حماه"]),
        ("عادوا إلى حلب.وغادر غيرهم", ["عادوا", "الي", "حلب", "وغادر", "غيرهم"]),
        ("مهلة 48ساعة", ["مهله", "48", "ساعه"]),
        ("النبيﷺ قال", ["النبي", "قال"]),
        ("cease-fire", ["cease", "fire"]),
        ("ـــ", []),
        ("", []),
    ],
)
def test_words_part_at_punctuation_and_digits(text: str, words: list[str]) -> None:
    assert [token.word for token in tokens(text)] == words


def test_a_word_is_shown_as_it_was_printed() -> None:
    text = "سقط في \u200fحَـلـبَ\u200f أمس"
    found = next(token for token in tokens(text) if token.word == "حلب")
    assert text[found.start : found.end] == "حَـلـبَ"


@pytest.mark.parametrize("printed", ["درعاً", "درعًا", "درعا\ufe70"])
def test_fathatan_is_remembered(printed: str) -> None:
    (token,) = tokens(printed)
    assert token.tanwin
    assert token.word == "درعا"


def test_a_name_without_fathatan_is_plain() -> None:
    assert not tokens("درعا")[0].tanwin


@given(ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_places_slice_back_to_the_words(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert fold(text[token.start : token.end]) == token.word
        assert token.word
        assert " " not in token.word
        end = token.end


@pytest.mark.no_cover
def test_ten_articles_are_split_in_well_under_a_second() -> None:
    text = " ".join(f"كلمةٌ{chr(0x0627 + n % 26)}{chr(0x0628 + n % 19)}" for n in range(3000))
    begun = time.process_time()
    assert len(tokens(text)) == 3000
    assert time.process_time() - begun < 0.5  # about 10 ms on a quiet machine


def test_a_currency_sign_is_no_word_to_either() -> None:
    assert fold("٥٠﷼").split() == [token.word for token in tokens("٥٠﷼")] == ["50"]
