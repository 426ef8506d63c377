"""Where on a page, and in which words, the time of its article is printed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.reading.extract import Extracted, extract

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
TITLE = "المجلس البلدي يقر خطة لتشجير ضفاف النهر"
TEXT = """
    <p>أقر المجلس البلدي أمس خطة لتشجير ضفاف النهر بخمسة آلاف شتلة من الحور والصفصاف.</p>
    <p>وتتولى المدارس القريبة سقاية الشتلات خلال الصيف بإشراف دائرة الحدائق.</p>
    <p>ومن المنتظر أن يكتمل العمل قبل نهاية العام.</p>"""


def read(between: str, *, above: str = "", behind: str = "", name: str = "صدى النهر") -> Extracted:
    """Read a page with something between its title and its text, above that or behind it."""
    found = extract(
        f"<html><head><title>{TITLE} | {name}</title></head><body><div class=page>{above}"
        f"<h1>{TITLE}</h1>{between}<div class=text>{TEXT}</div>{behind}</div></body></html>",
        "https://sada.example/a/71",
        None,
        NOW,
    )
    assert isinstance(found, Extracted)
    return found


def day(between: str, **parts: str) -> str:
    return str(read(between, **parts).published)[:10]


def test_a_time_for_machines_counts_before_what_people_read() -> None:
    abbr = '<div><abbr class="published" title="2012-10-14T23:41:00+03:00">11:41 م</abbr></div>'
    assert str(read(abbr).published) == "2012-10-14 23:41:00+03:00"


@pytest.mark.parametrize("tag", ["div", "p", "span"])
def test_a_time_that_a_script_fills_in_is_read_and_stays_out_of_the_text(tag: str) -> None:
    told = read(f'<{tag}><time datetime="2023-03-05T14:20:00Z"></time></{tag}>')
    assert str(told.published) == "2023-03-05 14:20:00+00:00"
    assert "2023" not in told.text
