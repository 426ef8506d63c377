"""Texts that no newsroom would print: nothing raises, and the time stays in bounds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from watch.matching import match
from watch.query import LINE_CHARACTERS, understand
from watch.topics import load

TOPICS = load(Path(__file__).parents[2] / "seeds")
LONG_WORDS = 30_000
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


def test_one_word_of_a_million_letters_takes_bounded_time() -> None:
    begun = time.process_time()
    match("", "ح" * 1_000_000, TOPICS)
    match("", "حَ" * 500_000, TOPICS)
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("piece", ["ا|", '"', "-", "@", "في:", "حلب ", "أو ", "|" * 9 + "x "])
def test_the_longest_line_takes_bounded_time(piece: str) -> None:
    begun = time.process_time()
    understand((piece * LINE_CHARACTERS)[:LINE_CHARACTERS], TOPICS.gazetteer)
    assert time.process_time() - begun < SECONDS
