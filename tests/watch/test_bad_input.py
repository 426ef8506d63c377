"""Texts that no newsroom would print: nothing raises, and the time stays in bounds."""

from __future__ import annotations

import time
from itertools import islice, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import TOPICS

from watch.matching import match
from watch.query import LINE_CHARACTERS, Understood, understand
from watch.seeds import Match
from watch.topics import Topic, Topics, written_rule

LONG_WORDS = 30_000
MANY = ["".join(letters) for letters in islice(product("بتثجحخد", repeat=4), 499)]
SECONDS = 10.0  # of the processor; an idle core takes about one


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "خبر",
        "Aleppo and nothing else " * 50,
        "2026 12 1974 " * 50,
        "١٢٣٤٥",
        "🙂🚒🔥" * 200,
        "این یک متن فارسی درباره هیچ چیز است و گپ می‌زنیم",
        "halab el yom fiha matar",
        "قالتالوزارةإنالطريقمفتوح" * 100,
        "".join(f"{letter}ـــــ" for letter in "خبر من المدينة") * 50,
        "دمشق، " * 3000 + "حلب",
        "\u202e\u200f\u0640" * 500,
        "\ud800",
        "\x00",
    ],
    ids=str.__len__,
)
def test_odd_texts_raise_nothing(text: str) -> None:
    match(text, text, TOPICS)
    match("", text, TOPICS)


def test_every_letter_stretched_is_the_same_word() -> None:
    stretched = "قصف على " + "ـــ".join("حلب") + "."
    assert [hit.topic for hit in match("", stretched, TOPICS)] == ["aleppo"]


def test_persian_letters_and_transliteration() -> None:
    assert not match("", "halab", TOPICS) or match("", "Halab", TOPICS)
    assert match("", "قصف در حلب و اِدلِب", TOPICS)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "piece",
    [
        "كلمة ",
        "الهدنة في سوريا ",
        "خرق الهدنة في غزة. ",
        "حلب وحمص وحماة وإدلب، ",
    ],
)
def test_thirty_thousand_words_take_bounded_time(piece: str) -> None:
    words = len(piece.split())
    begun = time.process_time()
    match("حلب", piece * (LONG_WORDS // words), TOPICS)
    assert time.process_time() - begun < SECONDS


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "asked",
    [
        {"all": ("مجلس", "قرار"), "near": 5},
        {"all": ("مجلس", "قرار"), "same_sentence": True},
        {"any": (*MANY, "قرار")},
        {"all": ("مجلس ... قرار",), "none": ("حلب",)},
        {"phrases": ("مجلس", "قرار", "مجلس قرار", "|".join((*MANY, "مجلس")))},
        {"phrases": (f"{'|'.join((*MANY, 'مجلس'))} {'|'.join((*MANY, 'قرار'))}",)},
    ],
    ids=["near", "sentence", "any", "gap", "alternatives", "pairs"],
)
def test_time_grows_with_the_words_whatever_a_topic_asks_for(asked: dict[str, Any]) -> None:
    """Four times the words, all of them the topic's, cost at most eight times as much."""
    asks = Match(**asked)
    topic = Topic(id="t", name_ar="ت", name_en="t", match=asks, rule=written_rule(asks))
    topics = TOPICS.with_topics([topic])

    def seconds(words: int) -> float:
        text = "مجلس قرار. " * (words // 2)
        begun = time.process_time()
        match("مجلس", text, topics)
        return time.process_time() - begun

    shorter = min(seconds(LONG_WORDS // 4) for _ in range(2))
    assert seconds(LONG_WORDS) < min(SECONDS, 8 * shorter + 0.2)


@settings(deadline=None)
@given(st.text(alphabet='حلبدمشق هنة"|-@:()«» فيأو.…٣3\u200f', max_size=60))
def test_any_line_is_understood_or_refused_in_both_languages(line: str) -> None:
    read = understand(line, TOPICS.gazetteer)
    if isinstance(read, Understood):
        assert read.said.ar
        assert read.said.en
        match("هدنة في حلب", "قصف على دمشق. " * 3, Topics([read.topic], TOPICS.gazetteer))
    else:
        assert read.why.ar
        assert read.why.en


@pytest.mark.no_cover
def test_one_word_of_a_million_letters_takes_bounded_time() -> None:
    begun = time.process_time()
    match("", "ح" * 1_000_000, TOPICS)
    match("", "حَ" * 500_000, TOPICS)
    assert time.process_time() - begun < SECONDS


@pytest.mark.no_cover
@pytest.mark.parametrize("piece", ["ا|", '"', "-", "@", "في:", "حلب ", "أو ", "|" * 9 + "x "])
def test_the_longest_line_takes_bounded_time(piece: str) -> None:
    begun = time.process_time()
    understand((piece * LINE_CHARACTERS)[:LINE_CHARACTERS], TOPICS.gazetteer)
    assert time.process_time() - begun < SECONDS
