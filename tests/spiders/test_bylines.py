"""Lines that name who wrote, from where and for which wire, in the forms of real pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from spiders.reading.extract import Extracted, extract
from spiders.sites import Site

ROWS = [
    tuple(row.split("\t"))
    for row in (Path(__file__).parent / "bylines.tsv").read_text().splitlines()
    if not row.startswith("#")
]
SITE = Site.model_validate(
    {"id": "sahel", "name": "صوت الساحل", "home": "https://sahel.example/", "zone": "Asia/Damascus"}
    | {"article": ".", "feeds": ["https://sahel.example/feed"]}
)
TITLE = "البلدية تعيد فتح الكورنيش البحري أمام المشاة"
TEXT = (
    "أعادت بلدية المدينة فتح الكورنيش البحري أمام المشاة بعد إصلاح الأضرار التي خلفتها العاصفة.",
    "وشمل الإصلاح الأرصفة والإنارة ومقاعد الجلوس على امتداد كيلومترين.",
)


@pytest.mark.parametrize(("printed", "author", "place", "wire"), ROWS, ids=lambda one: one)
def test_a_line_tells_who_where_and_for_which_wire(
    printed: str, author: str, place: str, wire: str
) -> None:
    line = "" if printed.startswith(">") else f"<p>{printed}</p>"
    start = f"{printed[1:]} " if printed.startswith(">") else ""
    page = (
        f"<html lang='ar'><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
        f"<div>12 أيار 2025 - 10:30</div>{line}<p>{start}{TEXT[0]}</p><p>{TEXT[1]}</p></article>"
    )
    found = extract(page, "https://sahel.example/1", SITE, datetime(2026, 3, 1, tzinfo=UTC))
    assert isinstance(found, Extracted)
    told = (found.author, found.place, found.agency)
    assert tuple(one or "-" for one in told) == (author, place, wire)
    assert found.text.endswith(TEXT[1])
