"""What is made of a fetched page besides its text: its identity, its age, where it really was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from spiders.pages import astray, is_old

HOME = "https://www.minbar.example"
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "old"),
    [
        (None, False),
        (NOON - timedelta(hours=47), False),
        (NOON - timedelta(hours=49), True),
        (NOON + timedelta(days=400), False),
        ((NOON - timedelta(hours=49)).astimezone(timezone(timedelta(hours=3))), True),
        (date(2026, 3, 5), False),
        (date(2026, 3, 3), False),
        (date(2026, 3, 2), True),
        (date(2030, 1, 1), False),
        (date.max, False),
    ],
)
def test_only_what_is_known_to_be_old_is_old(published: date | None, old: bool) -> None:
    assert is_old(published, NOON, 48) is old
    assert is_old(published, NOON, 0) is False


@pytest.mark.parametrize(
    ("answered", "reason"),
    [
        (f"{HOME}/news/7", None),
        (f"{HOME}/news/7-slug/", None),
        ("https://m.minbar.example/news/7", None),
        (f"{HOME}/", "redirected to the front page"),
        (f"{HOME}/?utm_source=404", "redirected to the front page"),
        ("https://other.example/news/7", "redirected to another outlet"),
    ],
)
def test_a_redirect_must_lead_to_the_article(make_site, answered: str, reason: str | None) -> None:
    assert astray(make_site(), f"{HOME}/news/7", answered) == reason
