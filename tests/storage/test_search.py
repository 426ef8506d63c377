"""Searching the archive by a line: it finds what the line would have told of, and shows where."""

from __future__ import annotations

import pytest
from newsroom import Newsroom, a_hit
from shipped import TOPICS

from watch.matching import match
from watch.query import Understood, understand
from watch.records import Level
from watch.topics import Topics

GAZETTEER = TOPICS.gazetteer
ARTICLES = {
    "جسر جديد": "افتتحت البلدية جسرا فوق النهر.\n\nويعبر الجسرَ مئات العمال كل يوم.",
    "النهر يجف": "قال مزارعون إن النهر جف تماما منذ شهر.",
    "هدوء في الشمال": "صمدت الهدنة في حلب ليلة أخرى، وعاد سكان إلى بيوتهم قرب الجسر.",
    "تهدئة بعيدة": "أعلنت تهدئة في عدن، ولم يخرقها أحد.",
    "مباراة": "فاز فريق المدينة بكأس البلدية. وسجل لاعب من حلب الهدفين في سوريا.",
}


@pytest.fixture
def archive(newsroom: Newsroom) -> Newsroom:
    for title, text in ARTICLES.items():
        newsroom.prints(a_hit("watch-7"), title=title, text=text)
    return newsroom


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("جسر", ["هدوء في الشمال", "جسر جديد"]),
        ("جسر نهر", ["جسر جديد"]),
        ("النهر -جسر", ["النهر يجف"]),
        ('"فوق النهر"', ["جسر جديد"]),
        ("تهدئة أو مزارعون", ["تهدئة بعيدة", "النهر يجف"]),
        ("@هدنة", ["هدوء في الشمال"]),
        ("@هدنة في:حلب", ["هدوء في الشمال"]),
        ("في:حلب", ["مباراة", "هدوء في الشمال"]),
        ("في:سوريا", ["مباراة"]),
        ("بلديه", ["مباراة", "جسر جديد"]),
        ("قطار", []),
    ],
)
def test_a_line_finds_what_it_would_have_told_of(
    archive: Newsroom, line: str, titles: list[str]
) -> None:
    read = understand(line, GAZETTEER)
    assert isinstance(read, Understood)
    found = archive.store.archive.matching(read.topic, GAZETTEER)
    assert [each.title for each in found] == titles
    topics = Topics([read.topic], GAZETTEER)
    assert {title for title, text in ARTICLES.items() if match(title, text, topics)} >= set(titles)


def test_the_passage_shows_the_words_and_the_level_is_said(archive: Newsroom) -> None:
    read = understand("العمال", GAZETTEER)
    assert isinstance(read, Understood)
    (found,) = archive.store.archive.matching(read.topic, GAZETTEER)
    assert "مئات العمال" in found.passage
    assert found.level in set(Level)


def test_no_more_than_asked_for_and_the_newest_first(archive: Newsroom) -> None:
    read = understand("جسر | تهدئة | مباراة", GAZETTEER)
    assert isinstance(read, Understood)
    found = archive.store.archive.matching(read.topic, GAZETTEER, 2)
    assert [each.title for each in found] == ["مباراة", "تهدئة بعيدة"]


def test_a_line_that_one_reader_saved_is_shown_to_nobody(archive: Newsroom) -> None:
    assert {each.topics for each in archive.store.archive.search("جسرا")} == {()}
