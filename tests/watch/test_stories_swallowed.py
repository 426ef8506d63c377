"""News that looks like what was told before: it must not be swallowed, nor told twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flood import told

from watch.records import Relation, Telling
from watch.stories import JOINED, judge, weigh

FIRE = (
    "اندلع حريق كبير في سوق الأقمشة القديم بمدينة حمص فجر اليوم، وقال مصدر في الدفاع المدني إن "
    "ستة أشخاص قضوا اختناقا وإن عشرين آخرين نقلوا إلى المستشفى."
)
SHOPS = (
    "وأتت النيران على أكثر من أربعين متجرا قبل أن تتمكن عشر سيارات إطفاء من إخمادها، وبقيت أعمدة "
    "الدخان ظاهرة حتى ساعات الظهر."
)
TRADERS = (
    "وقال رئيس لجنة السوق عبد الكريم الأتاسي إن الخسائر تقدر بملايين الدولارات، وإن أصحاب المتاجر "
    "ينتظرون نتائج التحقيق الذي بدأته النيابة العامة."
)
REPAIRS = (
    "وكان السوق قد رمم قبل عامين بعد إغلاق طويل، وطالب التجار مرارا بتركيب أجهزة إنذار وتوسيع "
    "الممرات الضيقة أمام سيارات الإطفاء."
)
TITLE = "حريق كبير في سوق الأقمشة بحمص يودي بستة أشخاص"
FIRST = told(TITLE, FIRE, SHOPS, TRADERS, REPAIRS)

ARREST = (
    "أوقفت النيابة العامة في حمص اليوم متعهد صيانة الكهرباء في سوق الأقمشة واثنين من مساعديه، بعد "
    "أن أثبت تقرير الخبراء أن ماسا كهربائيا تسبب بالحريق الذي أودى بحياة ستة أشخاص."
)
HEARING = (
    "وقال القاضي المشرف على الملف إن التوقيف جرى احتياطيا، وإن جلسة الاستماع الأولى ستعقد الأحد "
    "المقبل بحضور ممثلي التجار."
)
ARRESTED = "توقيف متعهد الكهرباء في قضية حريق سوق حمص"
OTHER = "وكالة المدى"


def relation(newer: Telling, older: Telling = FIRST) -> Relation:
    return judge(newer, [older]).relation


@pytest.mark.parametrize("hours", [0.5, 4, 12, 30])
@pytest.mark.parametrize("outlet", [OTHER, FIRST.outlet])
@pytest.mark.parametrize("lead", [(ARREST,), (ARREST, HEARING)])
def test_a_new_lead_over_the_earlier_text_is_a_follow_up_however_soon(
    lead: tuple[str, ...], outlet: str, hours: float
) -> None:
    newer = told(ARRESTED, *lead, FIRE, SHOPS, TRADERS, outlet=outlet, hours=hours)
    assert relation(newer) is Relation.FOLLOW_UP


def test_a_copy_whose_outlet_wrote_its_own_first_line_joins() -> None:
    own_line = "سوق الأقمشة في حمص يحترق: حصيلة ثقيلة وخسائر كبيرة بين التجار فجر اليوم."
    newer = told("ستة أشخاص قضوا في حريق سوق حمص", own_line, FIRE, SHOPS, TRADERS, outlet=OTHER)
    assert relation(newer) in JOINED


def test_a_higher_toll_under_a_new_lead_is_an_update() -> None:
    lead = (
        "أعلن الدفاع المدني مساء اليوم ارتفاع حصيلة ضحايا حريق سوق الأقمشة في حمص إلى تسعة قتلى "
        "بعد وفاة ثلاثة من المصابين."
    )
    newer = told("تسعة قتلى في حريق سوق حمص", lead, FIRE, SHOPS, outlet=OTHER, hours=8)
    assert relation(newer) is Relation.UPDATE


@pytest.mark.parametrize("hours", [0.3, 3])
def test_the_full_report_after_a_short_one_joins(hours: float) -> None:
    short = told("حريق في سوق حمص القديم", FIRE)
    assert relation(replace(FIRST, outlet=OTHER, published=None), short) in JOINED
    full = told(TITLE, FIRE, SHOPS, TRADERS, REPAIRS, outlet=OTHER, hours=hours)
    assert relation(full, short) in JOINED


def test_a_round_of_news_that_begins_with_the_story_does_not_join() -> None:
    short = told("حريق في سوق حمص القديم", FIRE)
    elsewhere = (
        "من جهة أخرى افتتح محافظ اللاذقية معرضا للحرف اليدوية بمشاركة مئة حرفي من قرى الساحل.",
        "وأعلنت شركة الكهرباء في ريف دمشق برنامج تقنين جديدا يبدأ الأسبوع المقبل ويستمر شهرا.",
        "وتوقعت الأرصاد الجوية هطول أمطار متفرقة على الجزيرة وانخفاضا في درجات الحرارة ليلا.",
    )
    newer = told("حريق في سوق حمص القديم", FIRE, *elsewhere, outlet=OTHER, hours=3)
    assert relation(newer, short) not in JOINED


@pytest.mark.parametrize(
    ("flash", "before", "now"),
    [
        ("وزير الدفاع يصل إلى {}", "حلب", "دمشق"),
        ("مقتل قائد ميداني في غارة على {}", "حماة", "إدلب"),
        ("مقتل ثلاثة مدنيين في غارة على ريف {} الجنوبي", "حماة", "إدلب"),
        ("قوات المعارضة تعلن السيطرة الكاملة على مدينة {}", "حماة", "حمص"),
        ("استقالة وزير {} من منصبه لأسباب صحية", "النقل", "الثقافة"),
    ],
)
def test_a_flash_that_names_another_is_another(flash: str, before: str, now: str) -> None:
    def one(name: str, hours: float, outlet: str) -> Telling:
        said = f"عاجل | {flash.format(name)}"
        return told(said, said, outlet=outlet, hours=hours)

    first = one(before, 0, OTHER)
    assert relation(one(now, 0.5, OTHER), first) not in JOINED
    assert relation(one(now, 0.5, FIRST.outlet), first) not in JOINED
    assert relation(one(before, 0.5, FIRST.outlet), first) is Relation.REPRINT


@pytest.mark.parametrize(("before", "now"), [("حمص", "حماة"), ("الرقة", "العراق")])
def test_names_of_few_letters_are_not_one_anothers_spelling(before: str, now: str) -> None:
    def fire(name: str) -> Telling:
        closed = f"{TRADERS} وأغلقت مدينة {name} أسواقها حدادا."
        return told(f"حريق في سوق مدينة {name}", FIRE.replace("حمص", name), SHOPS, closed)

    newer = replace(fire(now), outlet=OTHER, url="https://other.example/")
    assert relation(newer, fire(before)) not in JOINED


def power_cut(town: str, hour: int, quarter: str, hours: float) -> Telling:
    return told(
        f"انقطاع الكهرباء في أحياء من {town}",
        f"أعلنت شركة كهرباء {town} قطع التيار غدا من الساعة {hour} حتى {hour + 6} عن أحياء "
        f"{quarter} بسبب أعمال الصيانة الدورية.",
        outlet="صحيفة السوق",
        hours=hours,
    )


def quake(town: str, strength: str, depth: int, hours: float) -> Telling:
    return told(
        f"هزة أرضية بقوة {strength} درجات قرب {town}",
        f"سجل مركز الزلازل هزة أرضية بقوة {strength} درجات على مقياس ريختر قرب مدينة {town} على "
        f"عمق {depth} كيلومترا.",
        "ولم ترد أنباء عن وقوع أضرار، ودعا المركز المواطنين إلى استقاء المعلومات من مصادرها.",
        outlet="صحيفة السوق",
        hours=hours,
    )


def forecast(town: str, sky: str, high: int, hours: float) -> Telling:
    return told(
        f"حالة الطقس في {town}",
        f"يكون الطقس في {town} {sky} والحرارة العظمى {high} والصغرى {high - 9} درجة، والرياح غربية "
        f"سرعتها {high + 3} كيلومترا في الساعة.",
        outlet="صحيفة السوق",
        hours=hours,
    )


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        (power_cut("حمص", 8, "المحطة والسوق", 2), power_cut("تدمر", 6, "القلعة والسوق", 0)),
        (power_cut("حمص", 6, "القلعة والسوق", 2), power_cut("تدمر", 6, "القلعة والسوق", 0)),
        (quake("تدمر", "4.1", 11, 3), quake("الرقة", "4.1", 25, 0)),
        (forecast("حماة", "مغبرا", 26, 1), forecast("الباب", "غائما", 14, 0)),
    ],
)
def test_a_formula_with_another_town_in_its_title_is_other_news(
    newer: Telling, older: Telling
) -> None:
    assert relation(newer, older) not in JOINED
    assert relation(replace(newer, outlet=OTHER), older) not in JOINED


def test_a_town_is_another_whatever_is_written_on_to_it() -> None:
    def collapse(town: str, cause: str, hurt: str, hours: float) -> Telling:
        said = (
            f"أصيب {hurt} مواطنين صباح اليوم حينما هوى عليهم سقف مدرج رياضي في شارع الستين "
            f"ب{town} {cause}."
        )
        title = f"{hurt} جرحى في سقوط سقف مدرج بشارع الستين في {town}"
        return told(title, said, outlet=OTHER, hours=hours)

    first = collapse("صلالة", "إثر اصطدام رافعة كبيرة به", "8", 0)
    other = collapse("نزوى", "إثر تصدع قواعده", "5", 0.5)
    assert relation(other, first) not in JOINED


def test_what_is_another_event_by_the_telling_most_alike_joins_by_no_weaker_link() -> None:
    def raid(title: str, town: str, target: str, *, outlet: str, hours: float) -> Telling:
        said = (
            f"أسفرت غارة استهدفت {target} في بلدة {town} عن مقتل شخصين، بحسب ما أعلنت وزارة الصحة."
        )
        more = "وقالت الوزارة في بيان إن أربعة جرحى نقلوا إلى المستشفى الوطني بعد الغارة بساعة."
        return told(title, said, more, outlet=outlet, hours=hours)

    title = "قتيلان في غارة على سيارة في الريف"
    first = raid(title, "السرو", "سيارة", outlet=OTHER, hours=0)
    copy = raid("مقتل شخصين بغارة في السرو", "السرو", "سيارة", outlet="المرصاد", hours=0.2)
    other = replace(
        raid(title, "الصفصاف", "دراجة", outlet=OTHER, hours=1),
        title="قتيلان في غارة على دراجة في الريف",
    )
    assert weigh(copy, first).joins
    assert weigh(other, first).barred
    assert weigh(other, copy).joins
    assert judge(other, [first, copy]).relation is Relation.NEW
