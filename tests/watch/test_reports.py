"""Reports of one event that share hardly a passage, and news that only names the same things."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flood import told

from watch.likeness import shared_runs
from watch.records import Relation, Telling
from watch.stories import HARDLY_SHARED, JOINED, weigh
from watch.stream import Stream

OTHER = "وكالة المدى"
FIRST = told(
    "بلدية الصفصاف تغلق جسر الوادي القديم لتشقق أعمدته",
    "قررت بلدية الصفصاف اليوم إغلاق جسر الوادي القديم أمام السيارات والشاحنات، بعدما رصد مهندسون "
    "تشققات في اثنين من أعمدته.",
    "وذكر رئيس البلدية مازن الحداد أن المشاة يستطيعون عبوره إلى أن تنتهي أعمال التدعيم.",
)
SECOND = told(
    "تشقق أعمدة جسر الوادي في الصفصاف يدفع البلدية إلى إغلاقه",
    "لم يعد بإمكان السائقين في الصفصاف عبور جسر الوادي بعد اليوم، فقد أغلقته البلدية خوفا من "
    "تشققات ظهرت في أعمدته القديمة.",
    "وأوضح مازن الحداد، وهو رئيس البلدية، أن فريق مهندسين أوصى بتدعيم عمودين، وسمح للمشاة بالمرور.",
    outlet=OTHER,
    hours=0.7,
)


def test_another_outlets_own_report_of_the_event_joins_its_story() -> None:
    assert shared_runs(SECOND, FIRST) < HARDLY_SHARED
    assert weigh(SECOND, FIRST).relation is Relation.SAME_EVENT
    stream = Stream()
    assert [stream.tell(at, each).story for at, each in enumerate((FIRST, SECOND))] == [0, 0]


@pytest.mark.parametrize(
    "newer",
    [
        replace(SECOND, outlet=FIRST.outlet),
        told(SECOND.title, SECOND.text, outlet=OTHER, hours=3),
        replace(SECOND, published=None, first_seen=None),
        replace(SECOND, title="تشقق أعمدة جسر الوادي في الصفصاف يغلقه 6 أشهر"),
        replace(SECOND, title="تشقق جديد في أعمدة جسر الوادي بالصفصاف والبلدية تغلقه"),
        replace(SECOND, title="تجار الصفصاف يرفضون إغلاق البلدية جسر الوادي القديم"),
        told(
            FIRST.title.replace("الوادي القديم", "الميناء القديم"),
            SECOND.text.replace("الوادي", "الميناء"),
            outlet=OTHER,
        ),
        replace(SECOND, title="طوابير قرب جسر الوادي في الصفصاف بعد إغلاق البلدية له"),
        replace(SECOND, title="البلدية تشرح أسباب إغلاق الجسر"),
        replace(SECOND, text=f"{SECOND.text}\n\nمن جهة أخرى، بدأت البلدية تعبيد طريق السوق."),
    ],
    ids=["one outlet", "later", "no time", "a number", "again", "an answer", "another place",
         "after", "few names", "a turn"],
)  # fmt: skip
def test_what_only_names_the_same_is_news(newer: Telling) -> None:
    assert weigh(newer, FIRST).relation not in JOINED


def test_names_that_stand_deep_in_a_long_text_are_not_what_it_tells() -> None:
    other = told(
        "لجنة من مهندسي البلدية تقيس أعمدة جسر الوادي في الصفصاف",
        "بدأت لجنة شكلتها البلدية قياس ارتفاع المياه تحت الجسور قبل موسم الأمطار، بعد شكاوى من "
        "سكان الأحياء الغربية الذين غمرت المياه بيوتهم في الشتاء الماضي، ولم تعوضهم وزارة "
        "المالية عن ما "
        "تضرر من أثاثهم ومن سياراتهم حتى اليوم رغم وعودها المتكررة في كل اجتماع.",
        "وكانت بلدية الصفصاف تغلق جسر الوادي القديم عند تشقق أعمدته.",
        outlet=OTHER,
        hours=0.5,
    )
    assert weigh(other, FIRST).relation not in JOINED


def test_a_toll_that_rose_is_no_copy() -> None:
    risen = replace(
        SECOND, title="قتيلان بسقوط عمود من جسر الوادي المتشقق في الصفصاف والبلدية تغلقه"
    )
    assert weigh(risen, FIRST).relation not in {Relation.SAME_EVENT, Relation.REPRINT}
