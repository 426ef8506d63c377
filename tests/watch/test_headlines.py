"""Somebody's word on an event is other news, and so is tomorrow's bulletin under today's title."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flood import told

from watch.records import Relation, Telling
from watch.stories import JOINED, weigh

DEAL = (
    "اتفقت السلطات المحلية في ضفتي نهر الزان على تقاسم مياه السد الجديد بعد مفاوضات استمرت ثلاثة "
    "أسابيع برعاية الأمم المتحدة، وفق ما أعلن الوسيط الأممي مساء الثلاثاء."
)
SHARES = (
    "وينص الاتفاق على تحويل ثلث المياه إلى القرى الشرقية في الصيف، وعلى لجنة مشتركة تراقب البوابات "
    "وتنشر أرقامها كل شهر."
)
WELCOMED = "ورحب رئيس بلدية الزان بالاتفاق وقال إنه ينهي خلافا دام عشرين عاما."
TITLE = "اتفاق على تقاسم مياه سد الزان برعاية أممية"
EVENT = told(TITLE, DEAL, SHARES, WELCOMED)
BACKGROUND = (DEAL, SHARES, WELCOMED)
ANSWER = (
    "{who} مساء الثلاثاء بالاتفاق الذي توصلت إليه السلطات المحلية في ضفتي نهر الزان لتقاسم مياه "
    "السد الجديد برعاية الأمم المتحدة، ودعت إلى تنفيذه سريعا."
)


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("الجزائر ترحب باتفاق تقاسم مياه سد الزان", "رحبت الخارجية الجزائرية"),
        ("ترحيب نرويجي باتفاق تقاسم مياه سد الزان", "رحبت الحكومة النرويجية"),
        ("نقابة المزارعين تندد باتفاق مياه سد الزان", "نددت نقابة المزارعين"),
        ("أبو حامد: اتفاق مياه سد الزان خسارة للقرى", "وصف النائب فراس أبو حامد تمسكه"),
    ],
)
@pytest.mark.parametrize("below", [(), (DEAL, SHARES)])
def test_a_word_on_an_event_is_not_the_event(title: str, who: str, below: tuple[str, ...]) -> None:
    newer = told(title, ANSWER.format(who=who), *below, hours=2, outlet="وكالة المدى")
    assert weigh(newer, EVENT).relation not in JOINED


@pytest.mark.parametrize(
    "title",
    [
        "بلدية الزان ترحب باتفاق المياه",
        "الوسيط الأممي: اتفاق على تقاسم مياه سد الزان",
        "عاجل: اتفاق على تقاسم مياه سد الزان",
        "رويترز: اتفاق بين ضفتي الزان على المياه",
        "الزان تتبنى اتفاقا لتقاسم مياه السد",
    ],
)
def test_a_copy_under_a_title_that_quotes_it_joins(title: str) -> None:
    newer = told(title, *BACKGROUND, hours=2, outlet="وكالة المدى")
    assert weigh(newer, EVENT).relation in JOINED


def bulletin(first: int, day: str, *, title: str = "مواعيد القطارات اليوم") -> Telling:
    return told(
        title,
        f"ينطلق القطار من محطة السرو إلى المرفأ {day} عند 06:{first} و09:{first + 2} "
        f"و14:{first + 4}، ويعود عند 08:{first + 6} و16:{first + 8} كما أعلنت الشركة.",
        "وتنصح الشركة الركاب بالوصول قبل الموعد بربع ساعة وشراء التذاكر من النوافذ.",
    )


def later(telling: Telling, hours: float) -> Telling:
    moved = told(telling.title, telling.text, hours=hours)
    return replace(moved, url=f"{moved.url}/{hours}")


@pytest.mark.parametrize("title", ["مواعيد القطارات اليوم", "مواعيد القطارات اليوم 4"])
@pytest.mark.parametrize(("first", "day"), [(11, "الأربعاء"), (10, "الأربعاء"), (21, "الثلاثاء")])
def test_tomorrows_bulletin_is_other_news(title: str, first: int, day: str) -> None:
    newer = later(bulletin(first, day, title=title), 24)
    assert weigh(newer, bulletin(10, "الثلاثاء")).relation is Relation.NEW


def test_the_same_bulletin_at_another_address_is_no_news() -> None:
    assert weigh(later(bulletin(10, "الثلاثاء"), 24), bulletin(10, "الثلاثاء")).relation in JOINED


def test_a_toll_that_rose_overnight_stays_with_its_story() -> None:
    crews = "وقالت فرق الإنقاذ إن البحث تحت الأنقاض مستمر في حي النهر وإن الطرق إليه مقطوعة."
    title = "ارتفاع حصيلة زلزال السرو إلى {} قتيلا"
    lead = "ارتفعت حصيلة الزلزال الذي ضرب مدينة السرو إلى {} قتيلا و{} جريحا و{} مفقودا."
    older = told(title.format(40), lead.format(40, 90, 12), crews)
    newer = later(told(title.format(64), lead.format(64, 130, 9), crews), 22)
    assert weigh(newer, older).relation is Relation.UPDATE
