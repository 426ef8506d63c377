"""The whole play, as `make demo` gives it."""

from __future__ import annotations

import io
import time

import pytest
from rich.console import Console

from munadi.demo.play import play

SECONDS = 30.0


@pytest.fixture(scope="module")
def shown() -> tuple[int, str, float]:
    """The exit status, what the terminal showed, and the seconds it took."""
    console = Console(file=io.StringIO(), record=True, width=200)
    started = time.monotonic()
    status = play(console)
    return status, console.export_text(), time.monotonic() - started


def test_all_comes_out_as_it_must_in_time(shown: tuple[int, str, float]) -> None:
    status, text, seconds = shown
    assert status == 0, text
    assert "all as it must be" in text
    assert seconds < SECONDS


def test_the_alert_shows_the_title_as_printed_and_the_second_outlet(
    shown: tuple[int, str, float],
) -> None:
    _, text, _ = shown
    assert "معلمة من حلب تشرح لماذا 3 < 5: درس <b>بلا سبورة</b> في الحساب & اللغة" in text
    assert "نشرته أيضا: شبكة السنابل" in text


def test_nothing_held_back_was_told(shown: tuple[int, str, float]) -> None:
    told = shown[1].partition("What was found")[0]
    for title in (
        "حلب تفتتح حديقة عامة",
        "وسطاء: جولة جديدة",
        "معرض الكتاب في بيروت",
        "سائقة شابة تحطم",
        "تمديد الهدنة في اليمن",
        "هدف في الوقت الضائع",
        "آلات الحلب الحديثة",
    ):
        assert title not in told
