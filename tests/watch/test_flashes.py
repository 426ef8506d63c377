"""Flashes: a line or two of one outlet, the same of another, and the report that comes after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flood import told

from watch.records import Relation, Telling
from watch.stories import JOINED, revise, weigh
from watch.stream import Stream

OTHER = "وكالة المدى"
FLASH = told("عاجل: انهيار سقف مدرسة ابتدائية في بلدة السرو")
REPORT = told(
    "انهيار سقف مدرسة في السرو خلال الدوام",
    "انهار صباح اليوم سقف مدرسة ابتدائية في بلدة السرو فوق صفين فارغين، ولم يصب أحد من التلاميذ، "
    "وفق مديرية التربية.",
    "وقال مدير المدرسة إن المياه تسربت إلى السقف منذ أسابيع، وإنه طلب من المديرية مرتين إرسال فريق "
    "هندسي لفحص الأبنية القديمة في البلدة.",
    "وأوقفت المديرية الدوام ثلاثة أيام ونقلت التلاميذ إلى مدرستين مجاورتين.",
    outlet=OTHER,
    hours=0.5,
)


def stories(*tellings: Telling) -> list[object]:
    stream = Stream()
    return [stream.tell(at, telling).story for at, telling in enumerate(tellings)]


@pytest.mark.parametrize("outlet", [FLASH.outlet, OTHER])
def test_the_report_after_a_flash_joins_it(outlet: str) -> None:
    assert stories(FLASH, replace(REPORT, outlet=outlet)) == [0, 0]


@pytest.mark.parametrize(
    "newer",
    [
        told(REPORT.title, REPORT.text, outlet=OTHER, hours=9),
        told("انهيار سقف مدرسة ثانية في السرو", REPORT.text, outlet=OTHER, hours=1),
        told("إصابة 4 تلاميذ بانهيار سقف مدرسة في السرو", REPORT.text, outlet=OTHER, hours=1),
        told(
            "نقابة المعلمين تدين إهمال مدارس السرو",
            "دانت نقابة المعلمين انهيار سقف مدرسة ابتدائية في بلدة السرو وطالبت بفحص كل المدارس.",
            REPORT.text,
            outlet=OTHER,
            hours=1,
        ),
        told(
            "اعتصام أهالي تلاميذ أمام مدرسة ابتدائية في بلدة السرو",
            "اعتصم أهالي تلاميذ في بلدة السرو بعد ساعة من انهيار سقف مدرسة ابتدائية فيها.",
            REPORT.text,
            outlet=OTHER,
            hours=1,
        ),
    ],
    ids=["hours later", "another", "a number that the flash did not know", "an answer", "after"],
)
def test_what_tells_more_than_the_flash_is_an_alert(newer: Telling) -> None:
    assert stories(FLASH, newer) == [0, 1]


@pytest.mark.parametrize(
    "title",
    ["انهيار سقف مدرسة ابتدائية في السرو", "السرو: انهيار سقف مدرسة ابتدائية في البلدة",
     "عاجل | انهيار سقف مدرسة ابتدائية في بلدة السرو وإخلاؤها"],
)  # fmt: skip
@pytest.mark.parametrize("first", [FLASH, told(FLASH.title, "انهار سقف مدرسة ابتدائية في السرو.")])
def test_the_same_flash_of_another_outlet_joins(title: str, first: Telling) -> None:
    assert stories(first, told(title, outlet=OTHER, hours=0.1)) == [0, 0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("وصول قافلة المساعدات إلى بلدة السرو", "قافلة المساعدات تغادر بلدة السرو"),
        ("غارة على أطراف بلدة السرو الشرقية", "غارة ثانية على أطراف بلدة السرو الشرقية"),
        ("هزة بقوة 4.1 درجات تضرب ساحل السرو", "زلزال بقوة 6.2 درجات يضرب وادي الصنوبر"),
        ("التوصل إلى هدنة في بلدة السرو", "الأردن يرحب بالتوصل إلى هدنة في بلدة السرو"),
    ],
)
@pytest.mark.parametrize("outlet", [FLASH.outlet, OTHER])
def test_flashes_of_two_events_are_two_alerts(first: str, second: str, outlet: str) -> None:
    assert stories(told(first), told(second, outlet=outlet, hours=0.7)) == [0, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("هدنة في السرو بين الطرفين", "هدنة السرو بين الطرفين تبدأ عند منتصف الليل"),
        ("هزة بقوة 4.1 درجات تضرب ساحل السرو", "هزة بقوة 3.7 درجات تضرب ساحل السرو"),
    ],
)
def test_another_outlet_may_tell_more_or_measure_otherwise(first: str, second: str) -> None:
    assert stories(told(first), told(second, hours=0.2)) == [0, 1]
    assert stories(told(first), told(second, hours=0.2, outlet=OTHER)) == [0, 0]


def test_an_outlets_flash_hours_later_is_news_and_anothers_is_a_late_copy() -> None:
    sirens = "عاجل: صفارات الإنذار تدوي في بلدة السرو"
    first, again = told(sirens), told(sirens, hours=5)
    assert stories(first, again) == [0, 1]
    assert stories(first, told(sirens, hours=5, outlet=OTHER)) == [0, 0]
    assert stories(first, told(sirens, hours=0.3)) == [0, 0]
    assert revise(replace(again, url=first.url), first) is None


def test_a_toll_that_rose_in_a_flash_rings() -> None:
    older = told("عاجل: 3 قتلى في حريق سوق السرو")
    newer = told("عاجل: ارتفاع حصيلة قتلى حريق سوق السرو إلى 5", hours=3)
    assert weigh(newer, older).relation is Relation.UPDATE


def test_a_label_below_every_title_makes_no_story() -> None:
    label = "شاهدوا التفاصيل في التقرير المصور على منصاتنا"
    older, newer = (
        told("مقتل بحارين في غرق زورق", label),
        told("افتتاح معرض الكتاب", label, hours=1),
    )
    assert weigh(newer, older).relation not in JOINED
