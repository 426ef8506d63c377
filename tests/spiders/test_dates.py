"""Times as Arabic pages write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from spiders.reading import dates
from spiders.reading.months import month_number

DAMASCUS = ZoneInfo("Asia/Damascus")
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)  # 12:30 in Damascus


TABLE = Path(__file__).with_name("dates.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text().splitlines()[1:]]


@pytest.mark.parametrize(("text", "zone", "expected"), ROWS)
def test_expression(text: str, zone: str, expected: str) -> None:
    """Every row of the table: a day, an instant with its offset, or "-" where none is certain."""
    found = dates.parse(text, ZoneInfo(zone), NOW)
    assert (found.isoformat() if found else "-") == expected


def test_the_table_is_long_and_holds_nothing_twice() -> None:
    assert len(ROWS) >= 200
    assert len({(text, zone) for text, zone, _ in ROWS}) == len(ROWS)


def test_a_future_date_within_a_zone_of_now_is_taken() -> None:
    tomorrow = NOW + timedelta(hours=12)
    assert dates.parse(tomorrow.isoformat(), UTC, NOW) == tomorrow
    assert dates.parse((NOW + timedelta(days=3)).isoformat(), UTC, NOW) is None


def test_offsets_of_a_page_are_kept() -> None:
    found = dates.parse("2020-12-25T01:59:50+02:00", DAMASCUS, NOW)
    assert isinstance(found, datetime)
    assert found.isoformat() == "2020-12-25T01:59:50+02:00"


def test_leftover_counts_the_words_that_are_not_the_time() -> None:
    assert dates.leftover("الجمعة 24 نيسان 2020 09:22 مساءً") == 0
    assert dates.leftover("كتب مراسلنا في 24 نيسان 2020") == 3


def test_a_month_has_one_number_in_every_spelling() -> None:
    assert month_number("تشرين  الثاني") == month_number("نونبر") == month_number("nov") == 11


def test_a_very_long_text_is_looked_at_only_in_part() -> None:
    assert dates.parse("كلام " * 100_000 + "15 أبريل 2016", UTC, NOW) is None
