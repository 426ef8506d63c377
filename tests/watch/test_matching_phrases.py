"""Phrases as they are written in seeds, and where they are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watch.document import read
from watch.lexicon import Lexicon
from watch.phrases import Phrase, carried, parse, stems


def found(written: str, text: str) -> list[str]:
    document = read("", text)
    lexicon = Lexicon([(parse(written), None)])
    return [document.printed(each.start, each.end) for each in lexicon.find(document.words)]


@pytest.mark.parametrize(
    ("written", "text", "printed"),
    [
        ("حلب", "سافر إلى حلب", ["حلب"]),
        ("حلب", "وبحلب نزل المطر", ["وبحلب"]),
        ("حلب", "فلحلب طريقان", ["فلحلب"]),
        ("حلب", "كحلب وحمص", ["كحلب"]),
        ("حلب", "مضمار الحلبة", []),
        ("حلب", "المطالب كثيرة", []),
        ("الرقة", "للرقة جسران", ["للرقة"]),
        ("الرقة", "والرقة بعيدة", ["والرقة"]),
        ("الرقة", "إقليم برقة", []),
        ("لبنان", "عاد إلى لبنان", ["لبنان"]),
        ("لبنان", "للبنان شواطئ", ["للبنان"]),
        ("درعا", "ودرعا هادئة", ["ودرعا"]),
        ("درعا", "نال درعاً", []),
        ("(ال)هدنة", "بالهدنة وهدنةً أخرى", ["بالهدنة", "وهدنةً"]),
        (
            "وقف|وقفاً ... إطلاق|لإطلاق (ال)نار",
            "وقف فوري وشامل لإطلاق النار",
            ["وقف فوري وشامل لإطلاق النار"],
        ),
        ("وقف|وقفاً ... إطلاق|لإطلاق (ال)نار", "أعلن وقفاً لإطلاق نار", ["وقفاً لإطلاق نار"]),
        ("وقف ... إطلاق النار", "وقف السير قبل أن يبدأ أحد إطلاق النار", []),
        ("cease-fire", "A Cease-Fire and a ceasefire", ["Cease-Fire"]),
        ("48 ساعة", "مهلة 48ساعة", ["48ساعة"]),
    ],
)
def test_a_phrase_is_found_where_a_reader_sees_it(
    written: str, text: str, printed: list[str]
) -> None:
    assert found(written, text) == printed


@pytest.mark.parametrize(
    "written",
    ["", " ، ", "... نار", "وقف ...", "وقف إطلاق ... النار", "أ ... ب ... ج", "ريف دمشق|"],
)
def test_a_phrase_that_finds_nothing_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="write"):
        parse(written)


def test_every_proclitic_is_known() -> None:
    grid = [first + second + "حلب" for first in ("", "و", "ف") for second in ("", "ب", "ك", "ل")]
    assert all("حلب" in stems(word) for word in grid)


def test_a_phrase_added_later_is_found_at_once() -> None:
    lexicon: Lexicon[str] = Lexicon([(parse("حمص"), "homs")])
    assert lexicon.find(["حمص", "حماه"])[0].owner == "homs"
    lexicon.add(parse("حماة"), "hama")
    assert [each.owner for each in lexicon.find(["حمص", "حماه"])] == ["homs", "hama"]


@given(st.text(alphabet="وفبكلاحن", min_size=1, max_size=6))
def test_what_a_word_carries_is_what_is_taken_off(word: str) -> None:
    assert all(word in stems(each) for each in carried(word))
    assert all(word in carried(stem) for stem in stems(word))


@given(st.text(alphabet="وفبكلاحن ", max_size=12))
def test_stems_are_never_empty_and_begin_with_the_word(text: str) -> None:
    for word in text.split():
        assert stems(word)[0] == word
        assert all(stems(word))


WORDS = ("سد", "وسد", "بسد", "السد", "نهر", "ونهر", "كبير", "على")
PHRASES = st.lists(
    st.lists(st.sampled_from([*WORDS, "سد|نهر", "(ال)سد"]), min_size=1, max_size=4).map(" ".join)
    | st.just("سد ... نهر كبير"),
    max_size=8,
)


def plainly(phrase: Phrase, row: list[str], start: int) -> int:
    """Say where a phrase that begins at a word ends, by trying every gap; 0: it does not stand."""
    if phrase.words[0].isdisjoint(stems(row[start])):
        return 0
    for gap in range(phrase.gap + 1):
        rest = row[start + 1 + gap :][: len(phrase.words) - 1]
        if len(rest) == len(phrase.words) - 1 and all(
            word in forms for word, forms in zip(rest, phrase.words[1:], strict=True)
        ):
            return start + 1 + gap + len(rest)
    return 0


@given(PHRASES, PHRASES, st.lists(st.sampled_from(WORDS), max_size=12))
def test_all_phrases_together_find_what_each_finds_alone(
    written: list[str], dropped: list[str], row: list[str]
) -> None:
    lexicon: Lexicon[int] = Lexicon()
    for number, phrase in enumerate([*written, *dropped]):
        lexicon.add(parse(phrase), number)
    for number, phrase in enumerate(dropped, len(written)):
        lexicon.discard(parse(phrase), number)
    expected = {
        (number, start, end)
        for number, phrase in enumerate(map(parse, written))
        for start in range(len(row))
        if (end := plainly(phrase, row, start))
    }
    found = lexicon.find(row)
    assert {(each.owner, each.start, each.end) for each in found} == expected
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert lexicon.stands_in(row) is bool(found)
