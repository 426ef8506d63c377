"""Every recorded page is read to exactly what its folder expects."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from spiders.reading.extract import Extracted, Unreadable, extract
from spiders.sites import Site

PAGES = Path(__file__).parents[1] / "pages"
CASES = sorted(folder for folder in PAGES.iterdir() if folder.is_dir())
MAX_PAGE_BYTES = 40_000
ABOUT = "من نحن".encode("ascii", "xmlcharrefreplace")  # for pages of every charset
FOOTER = b"<footer class='site-footer'><ul>%b</ul></footer>" % (
    b'<li><a href="/about/team">%b</a></li>' % ABOUT * 150
)


def _read(folder: Path, behind: bytes = b"") -> Extracted | Unreadable:
    meta = json.loads((folder / "meta.json").read_text())
    site = Site.model_validate({**meta["seed"], "id": "case"}) if "seed" in meta else None
    return extract(
        (folder / "page.html").read_bytes() + behind,
        meta["address"],
        site,
        datetime.fromisoformat(meta["visited"]),
        content_type=meta.get("content_type"),
    )


def _told(found: Extracted | Unreadable, keys: list[str]) -> dict[str, Any]:
    if isinstance(found, Unreadable):
        return {"unreadable": found.reason}
    told: dict[str, Any] = {key: getattr(found, key, None) for key in keys}
    for key in ("published", "updated"):
        told[key] = told[key].isoformat() if told.get(key) else None
    return {**told, "text": found.text.split("\n\n")}


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_page_is_read_as_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text())
    assert _told(_read(folder), list(expected)) == expected


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_long_footer_changes_nothing(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text())
    assert _told(_read(folder, FOOTER), list(expected)) == expected


def test_pages_are_small_and_say_where_they_come_from() -> None:
    assert len(CASES) >= 60
    for folder in CASES:
        meta = json.loads((folder / "meta.json").read_text())
        assert (folder / "page.html").stat().st_size <= MAX_PAGE_BYTES, folder.name
        assert meta["origin"] in ("made", "recorded"), folder.name
        assert datetime.fromisoformat(meta["visited"]).tzinfo is not None, folder.name
