"""Lines that a site's articles share are learned, and only those."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.reading.learned import edges, without
from storage.readings import LEAST_ARTICLES
from storage.store import Store

FOOT = "حمّلوا تطبيق المنبر ليصلكم كل جديد قبل الجميع"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "munadi.db")


def _read(store: Store, count: int, *, foot: str = FOOT, site: str = "minbar") -> None:
    for number in range(count):
        store.readings.observe(site, edges(_text(number, foot)))


def _text(number: int, foot: str) -> str:
    own = [f"وقع الحدث رقم {number} في حي من أحياء المدينة.", f"وحضره {number} من السكان."]
    return "\n\n".join([*own, foot] if foot else own)


def _learned(store: Store, site: str = "minbar") -> list[str]:
    return [line.printed for line in store.readings.learned(site)]


def test_a_line_is_learned_when_enough_articles_share_it(store: Store) -> None:
    _read(store, LEAST_ARTICLES - 1)
    assert _learned(store) == []
    _read(store, 1)
    assert _learned(store) == [FOOT]
    assert _learned(store, "other") == []


def test_a_line_of_some_articles_is_background_and_stays(store: Store) -> None:
    for number in range(60):
        foot = "ودخلت الهدنة بين الطرفين شهرها الثالث." if number % 3 == 0 else ""
        store.readings.observe("minbar", edges(_text(number, foot)))
    assert _learned(store) == []


def test_a_line_that_is_printed_no_more_is_unlearned(store: Store) -> None:
    _read(store, 10)
    assert _learned(store) == [FOOT]
    _read(store, 10, foot="")
    assert _learned(store) == []


def test_what_was_seen_once_is_forgotten(store: Store) -> None:
    for number in range(400):
        store.readings.observe("minbar", edges(_text(number, "")))
    counted = store._connection.execute("SELECT count(*) FROM shared_lines").fetchone()[0]
    assert counted <= 2 * 102


def test_only_learned_lines_at_the_ends_go() -> None:
    learned = set(edges(FOOT))
    text = _text(7, FOOT)
    assert without(text, learned) == _text(7, "")
    assert without(text, ()) == text
    assert without(FOOT, learned) == FOOT  # nothing else would be left
    middle = "\n\n".join(["أول.", "ثان.", FOOT, *(f"فقرة {n}." for n in range(6))])
    assert without(middle, learned) == middle


def test_long_paragraphs_are_never_in_question() -> None:
    assert edges("كلمة " * 60) == {}
    assert list(edges("أُولى\n\nثانية").values()) == ["أُولى", "ثانية"]
