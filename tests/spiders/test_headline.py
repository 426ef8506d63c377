"""Which of a page's lines is the headline, and with which of its signs and words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.reading import headline
from spiders.reading.extract import Extracted, extract

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
TITLE = "ورشة الخزف تستقبل أطفال الحي في العطلة الصيفية"
TEXT = """
    <p>تستقبل ورشة الخزف في بيت الحرفيين أطفال الحي خلال العطلة الصيفية من دون رسوم.</p>
    <p>ويتعلم المشاركون عجن الطين وتشكيله وتلوينه على أيدي ثلاثة من شيوخ المهنة.</p>
    <p>وتعرض الأعمال المنجزة في سوق الحي نهاية آب.</p>"""


def title(top: str, tag: str) -> str:
    """The title of a page with something above its text, and a <title>."""
    return read(top, tag).title


def read(top: str, tag: str) -> Extracted:
    page = f"<html><head><title>{tag}</title></head><body><div>{top}{TEXT}</div></body></html>"
    found = extract(page, "https://bayt.example/a/12", None, NOW)
    assert isinstance(found, Extracted)
    return found


@pytest.mark.parametrize(
    "whole",
    [
        "«الآثار» تفتتح متحف الخزف في المدينة القديمة",
        "مدير «الآثار»: المتحف الجديد مجاني للطلاب",
        "قراءة في كتاب «أيام الخزف»",
        "«الآثار»: المتحف مجاني | «السياحة»: والقلعة أيضا",
    ],
)
def test_quotation_marks_part_no_headline(whole: str) -> None:
    assert headline.bare(f"{whole} | بيت الحرف", ["بيت الحرف"]) == whole
    assert headline.bare(whole, ["الآثار", "أيام الخزف"]) == whole


def test_the_name_of_an_outlet_stands_behind_pointed_signs() -> None:
    assert headline.bare(f"{TITLE} « بيت الحرف", ["بيت الحرف"]) == TITLE
    assert headline.bare(f"بيت الحرف » {TITLE}", ["بيت الحرف"]) == TITLE


@pytest.mark.parametrize("label", ["<span>صور</span> ", '<span class="k">صور</span> '])
def test_a_label_before_a_headline_goes_if_no_title_tells_it(label: str) -> None:
    assert title(f"<h1>{label}{TITLE}</h1>", f"{TITLE} - بيت") == TITLE
    assert title(f"<h1>{label}{TITLE}</h1>", f"صور {TITLE} - بيت") == f"صور {TITLE}"


def test_a_headline_broken_in_two_is_read_whole() -> None:
    broken = TITLE.replace("الحي ", "الحي<br>")
    found = read(f"<h1>{broken}</h1><div>4 آب 2021</div>", f"{TITLE} - بيت")
    assert (found.title, str(found.published)) == (TITLE, "2021-08-04")
    assert found.text.startswith("تستقبل")


def test_a_title_of_the_outlet_alone_yields_to_the_line_that_the_text_tells_of() -> None:
    assert title(f"<div><b>{TITLE}</b></div>", "خزف الحي") == TITLE
    assert title(f"<div>بيت الخزف</div><div>{TITLE}</div>", "بيت الخزف") == TITLE
    headline = (
        "<i>تعليم</i><div>أطفال الخزف</div><div>كيف صارت ورشة الخزف في بيت الحرفيين مدرسة</div>"
    )
    assert title(headline, "أطفال الخزف") == "أطفال الخزف"
    assert title("<div><b>كتبت من المدينة القديمة سعاد</b></div>", "بيت الخزف") == "بيت الخزف"


def test_a_caption_below_the_headline_is_not_the_title() -> None:
    assert title(f"<div>{TITLE}</div><div>بيت الحرفيين القديم</div>", "") == TITLE


def test_a_short_headline_below_a_longer_kicker_is_the_title() -> None:
    kicker = "<div>من أخبار الأحياء والبلدات هذا الأسبوع</div>"
    assert title(f"{kicker}<div>ورشة الخزف والأطفال</div>", "") == "ورشة الخزف والأطفال"


def test_a_title_between_two_names_is_the_line_that_prints_it() -> None:
    assert title(f"<p>{TITLE}</p>", f"بيت الحرف القديم » {TITLE} » نسخة للطباعة") == TITLE
