"""The whole play, as `make demo` gives it; the wheel's trial holds it to its thirty seconds."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from munadi.demo.play import play


@pytest.fixture(scope="module")
def shown() -> tuple[int, str]:
    """The exit status, and what the terminal showed."""
    console = Console(file=io.StringIO(), record=True, width=200)
    with pytest.MonkeyPatch.context() as patch:  # its crawls begin twice as fast untraced
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        status = play(console)
    return status, console.export_text()


def test_all_comes_out_as_it_must(shown: tuple[int, str]) -> None:
    status, text = shown
    assert status == 0, text
    assert "all as it must be" in text


def test_the_alert_shows_the_title_as_printed_and_the_second_outlet(
    shown: tuple[int, str],
) -> None:
    _, text = shown
    assert "معلمة من حلب تشرح لماذا 3 < 5: درس <b>بلا سبورة</b> في الحساب & اللغة" in text
    assert "نشرته أيضا: شبكة السنابل" in text


def test_nothing_held_back_was_told(shown: tuple[int, str]) -> None:
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
