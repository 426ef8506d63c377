"""A toll that rises is an update that says so; the same formula of another event is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flood import prices, seizure, told, weather

from watch.changes import replaced
from watch.likeness import shared_runs
from watch.records import Change, Relation, Telling
from watch.sketch import words
from watch.stories import HARDLY_SHARED, revise, weigh
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
        ("قتيل في حريق", 1), ("12 قتيل في حريق", 12), ("سقطوا بين قتيل وجريح", None),
    ],
)  # fmt: skip
def test_the_dead_are_counted(said: str, dead: int | None) -> None:
    found = toll(words(said))
    assert (found and found.dead) == dead


UNHURT = told(
    "انفجار خزان وقود في مخبز ببلدة تل الورد",
    f"أصيب خمسة أشخاص بجروح {PLACE} ظهر اليوم، ولم ترد أنباء عن سقوط قتلى.",
    CREWS,
    SHOPS,
)


@pytest.mark.parametrize("outlet", ["صحيفة السرو", "وكالة المدى"])
@pytest.mark.parametrize(
    "title", ["قتيل بانفجار خزان في مخبز بتل الورد", "مقتل شخصين في مخبز بتل الورد"]
)
def test_the_first_dead_ring(title: str, outlet: str) -> None:
    lead = f"قتل عامل متأثرا بجروحه {PLACE} ظهر اليوم، وأصيب أربعة."
    newer = told(title, lead, CREWS, SHOPS, hours=2, outlet=outlet)
    assert weigh(newer, UNHURT).relation is Relation.UPDATE
    (change,) = replaced(newer, UNHURT)
    assert (change.before, change.toll) == ("", True)


def test_a_page_that_now_counts_its_dead_is_a_new_version() -> None:
    older = told("انفجار في مخبز ومقتل فرانه", f"قتل فران وأصيب ثلاثة عمال {PLACE}.", CREWS)
    newer = replace(
        older,
        title="انفجار في مخبز ومقتل ثلاثة أشخاص",
        text=older.text.replace("قتل فران وأصيب ثلاثة عمال", "قتل فران وعاملان وأصيب ثالث"),
    )
    assert revise(newer, older) is Relation.UPDATE
    assert Change(before="", now="ثلاثة", toll=True) in replaced(newer, older)
    assert revise(replace(newer, title="مخبز ينفجر ومقتل ثلاثة أشخاص"), newer) is None


def test_a_title_that_counts_who_were_counted_is_no_news() -> None:
    older = told("انفجار خزان وقود في مخبز", f"هز انفجار بلدة تل الورد {PLACE}.", CREWS, SHOPS,
                 "وقال الطبيب المناوب إن 4 أشخاص قتلوا.")  # fmt: skip
    newer = told("مقتل 4 أشخاص بانفجار في مخبز", older.text, hours=1, outlet="وكالة المدى")
    assert weigh(newer, older).relation is Relation.REPRINT


def test_a_raised_toll_in_other_words_than_the_first_title_is_no_other_name() -> None:
    people = "أربعة عمال سودانيين"
    older = told(
        f"مصرع {people} بانفجار خزان في مخبز", f"لقي {people} حتفهم {PLACE}، وهم {people}.", CREWS
    )
    lead = f"ارتفعت إلى تسعة قتلى الحصيلة {PLACE}، وبين القتلى صاحب المخبز."
    newer = told("9 قتلى بانفجار خزان في مخبز", lead, CREWS, SHOPS, hours=3, outlet="وكالة المدى")
    assert weigh(newer, older).relation is Relation.UPDATE


CRASH = (
    "اصطدمت حافلة ركاب بشاحنة على طريق الصفصاف صباح اليوم فقتل 4 أشخاص وأصيب عشرة آخرون بجروح "
    "متفاوتة، وفق مديرية الصحة."
)
ROAD = "ونقل المصابون إلى مشفى الصفصاف الوطني، وأغلقت الشرطة الطريق في الاتجاهين حتى الظهر."


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("ارتفاع ضحايا تصادم الصفصاف إلى 6 قتلى", "توفي مصابان اليوم متأثرين بجروحهما."),
        (
            "الصفصاف: 6 قتلى حصيلة التصادم بعد وفاة مصابين",
            "ارتفعت حصيلة قتلى حادث التصادم على طريق الصفصاف إلى 6 بعد وفاة مصابين بليغي الإصابة.",
        ),
    ],
)
def test_a_toll_that_is_said_to_have_risen_is_an_update_in_whatever_words(
    title: str, lead: str
) -> None:
    older = told("مصرع 4 أشخاص في تصادم حافلة وشاحنة", CRASH, ROAD)
    newer = told(title, lead, ROAD, outlet="وكالة المدى", hours=7)
    opinion = weigh(newer, older)
    assert (opinion.relation, opinion.figures) == (Relation.UPDATE, (("4", "6"),))


def test_a_number_of_dead_that_the_older_text_gave_is_no_new_toll() -> None:
    tally = "أعلنت وزارة الصحة وصول 9 قتلى إلى المستشفيات، لترتفع الحصيلة منذ الربيع إلى 812 قتيلا."
    older = told("الصحة: 9 قتلى خلال يوم", tally, ROAD)
    newer = told("ارتفاع الحصيلة منذ الربيع إلى 812 قتيلا", tally, ROAD, outlet="وكالة المدى")
    assert weigh(newer, older).relation is Relation.REPRINT


def test_the_first_dead_of_an_event_in_another_outlets_own_words_ring() -> None:
    older = told(
        "عمال تحت الأنقاض بعد انهيار بناء قيد الإنشاء في الصفصاف",
        "هوى سقف الطبقة الثالثة من بناء قيد الإنشاء على طريق السوق في بلدة الصفصاف ظهر اليوم، "
        "وتحاول فرق الدفاع المدني الوصول إلى عدد من العمال تحت الأنقاض.",
    )
    newer = told(
        "مقتل 3 عمال بانهيار بناء قيد الإنشاء في الصفصاف",
        "قتل ثلاثة من العمال عندما انهار عليهم بناء قيد الإنشاء في الصفصاف، كما ذكر الدفاع المدني "
        "بعد انتشالهم من تحت الأنقاض.",
        outlet="وكالة المدى",
        hours=1.5,
    )
    assert shared_runs(newer, older) < HARDLY_SHARED
    opinion = weigh(newer, older)
    assert (opinion.relation, opinion.figures) == (Relation.UPDATE, (("", "3"),))
