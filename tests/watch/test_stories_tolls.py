"""A toll that rises is an update that says so; the same formula of another event is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flood import prices, seizure, told, weather

from watch.changes import replaced
from watch.records import Change, Relation, Telling
from watch.sketch import words
from watch.stories import weigh
from watch.tolls import toll

CREWS = "وقال الدفاع المدني في تل الورد إن فرقه أخمدت الحريق ونقلت المصابين إلى المستشفى الوطني."
SHOPS = "وتضررت واجهات محال مجاورة للمخبز، وأغلقت الشرطة الشارع أمام السيارات حتى المساء."
PLACE = "في انفجار خزان وقود داخل مخبز آلي في حي الزيتون ببلدة تل الورد"


def blast(
    dead: str, *, toll_title: str = "", hours: float = 0, outlet: str = "صحيفة السرو"
) -> Telling:
    title = toll_title or f"{dead} قتلى بانفجار خزان في مخبز ببلدة تل الورد"
    lead = f"قتل {dead} أشخاص وأصيب خمسة آخرون {PLACE} ظهر اليوم."
    return told(title, lead, CREWS, SHOPS, hours=hours, outlet=outlet)


def raised(lead: str, title: str = "ارتفاع حصيلة انفجار المخبز في تل الورد") -> Telling:
    return told(title, lead, CREWS, SHOPS, hours=2)


WORDS, DIGITS = blast("ثلاثة"), blast("3")

PAIRS = [
    (WORDS, blast("سبعة", hours=1), "ثلاثة", "سبعة"),
    (DIGITS, blast("7", hours=1), "3", "7"),
    (WORDS, blast("7", hours=1), "ثلاثة", "7"),
    (DIGITS, blast("سبعة", hours=1), "3", "سبعة"),
    (WORDS, blast("أربعة", hours=3), "ثلاثة", "أربعة"),
    (WORDS, blast("أحد عشر", hours=3), "ثلاثة", "أحد عشر"),
    (WORDS, raised(f"ارتفعت حصيلة قتلى الانفجار {PLACE} إلى سبعة قتلى."), "ثلاثة", "سبعة"),
    (DIGITS, raised(f"ارتفعت حصيلة القتلى {PLACE} إلى 7 قتلى و11 مصابا."), "3", "7"),
    (WORDS, raised(f"ارتفع عدد القتلى {PLACE} إلى سبعة."), "ثلاثة", "سبعة"),
    (DIGITS, raised(f"أعلن المستشفى الوطني ارتفاع عدد ضحايا الانفجار {PLACE} إلى 9."), "3", "9"),
]  # fmt: skip


@pytest.mark.parametrize(("older", "newer", "before", "now"), PAIRS)
@pytest.mark.parametrize("outlet", ["صحيفة السرو", "وكالة المدى"])
def test_a_higher_toll_rings(
    older: Telling, newer: Telling, before: str, now: str, outlet: str
) -> None:
    newer = replace(newer, outlet=outlet)
    assert weigh(newer, older).relation is Relation.UPDATE
    assert Change(before=before, now=now, toll=True) in replaced(newer, older)


@pytest.mark.parametrize("outlet", ["صحيفة السرو", "وكالة المدى"])
def test_dead_and_wounded_may_rise_together(outlet: str) -> None:
    newer = blast("سبعة", hours=1, outlet=outlet)
    newer = replace(newer, text=newer.text.replace("خمسة آخرون", "تسعة آخرون"))
    assert weigh(newer, WORDS).relation is Relation.UPDATE


def test_a_toll_told_in_other_numerals_is_no_news() -> None:
    assert weigh(blast("3", hours=1, outlet="وكالة المدى"), WORDS).relation is Relation.REPRINT
    assert replaced(DIGITS, WORDS) == ()


def tally(cases: int, dead: int, cured: int, hours: float) -> Telling:
    return told(
        f"الصحة: {dead} وفيات و{cases} إصابة جديدة",
        f"سجلت مديرية الصحة {cases} إصابة جديدة و{dead} وفيات و{cured} حالة شفاء.",
        "ودعت المديرية الأهالي إلى الالتزام بإجراءات الوقاية وغسل الأيدي.",
        hours=hours,
    )


def elsewhere() -> Telling:
    newer = blast("سبعة", hours=1)
    return replace(
        newer,
        title=newer.title.replace("تل الورد", "باب النهر"),
        text=newer.text.replace("تل الورد", "باب النهر").replace("الزيتون", "القلعة"),
    )


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (tally(112, 4, 61, 0), tally(130, 6, 75, 24)),
        (weather("الأربعاء", 21, 12, 30, 0), weather("الخميس", 23, 14, 35, 12)),
        (prices(9050, 9870, 595, 0), prices(9120, 9980, 601, 24)),
        (seizure("سالم الهندي", "الكروم", "رامي", 0), seizure("جابر القصار", "الكروم", "رامي", 5)),
        (WORDS, elsewhere()),
    ],
)  # fmt: skip
def test_one_formula_of_another_day_city_or_man_is_new(older: Telling, newer: Telling) -> None:
    assert weigh(newer, older).relation is Relation.NEW


@pytest.mark.parametrize(
    ("said", "dead"),
    [
        ("مقتل شخصين في حريق", 2), ("قتيلان في حريق", 2), ("لقي 12 شخصا مصرعهم", 12),
        ("مصرع خمسة وعشرين عاملا", 25), ("أصيب خمسة أشخاص", None), ("قتل شاب 20 عاما", None),
        ("ارتفاع حصيلة القتلى من ثلاثة إلى سبعة", 7), ("", None), ("قتيلا", None),
    ],
)  # fmt: skip
def test_the_dead_are_counted(said: str, dead: int | None) -> None:
    found = toll(words(said))
    assert (found and found.dead) == dead
