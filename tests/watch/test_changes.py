"""What stands in the place of something else: figures, denials, mended words, other names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flood import BRIDGES, DIGEST, FIRST, LEAD, REPRINT, RESCUE, SHELTER, edited, seizure, told

from watch.arabic import fold
from watch.changes import replaced
from watch.numbers import as_told, same_sum, value
from watch.records import Change, Relation, Telling
from watch.stories import weigh
from watch.stream import Stream


def elsewhere(telling: Telling, before: str, now: str) -> Telling:
    """Another outlet's print of a text, in which something else is said."""
    return replace(
        telling,
        outlet="وكالة المدى",
        url="https://other.example/",
        title=telling.title.replace(before, now),
        text=telling.text.replace(before, now),
    )


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("٢٧", "27"), ("007", "7"), ("خمسة", "5"), ("وخمس", "5"), ("بخمسة", "5"), ("أشهر", "month"),
        ("السنوات", "year"), ("000", "thousand"), ("ألف", "thousand"), ("²", ""), ("بيت", ""),
    ],
)  # fmt: skip
def test_numbers_count_the_same_in_digits_and_spelt(words: str, counted: str) -> None:
    assert value(fold(words)) == counted


def test_a_number_is_its_parts() -> None:
    assert same_sum(["25"], ["خمسه", "وعشرين"])
    assert not same_sum(["خمس", "سنوات"], ["خمسه", "اشهر"])
    for digits, spelt in (
        ("11", "أحد عشر"),
        ("11", "إحدى عشرة"),
        ("12", "اثنا عشر"),
        ("12", "اثنتي عشرة"),
    ):
        assert same_sum([digits], fold(spelt).split())
    assert not same_sum(["1"], fold("أحد السكان").split())


def test_a_fact_is_told_once_whatever_its_spelling() -> None:
    assert as_told("١٢") == as_told("اثني عشر") == as_told("12 قتيلا") == "12"
    assert as_told("خمسة أشهر") == as_told("5 شهور") != as_told("خمس سنوات")
    assert as_told("لم") == "لم"


@pytest.mark.parametrize(("digits", "spelt"), [("11", "أحد عشر"), ("12", "اثنا عشر")])
def test_a_toll_in_words_is_no_news_after_the_same_in_digits(digits: str, spelt: str) -> None:
    def mine(dead: str, outlet: str) -> Telling:
        lead = f"لقي {dead} عاملا مصرعهم في انهيار منجم فحم."
        return told(f"مصرع {dead} عاملا في انهيار منجم", lead, outlet=outlet)

    assert replaced(mine(spelt, "وكالة المدى"), mine(digits, "صحيفة السرو")) == ()


def test_a_new_toll_is_said_as_printed() -> None:
    newer = elsewhere(FIRST, "12", "19")
    opinion = weigh(newer, FIRST)
    assert opinion.relation is Relation.UPDATE
    assert replaced(newer, FIRST) == (Change(before="12", now="19", toll=True),)


def test_the_wounded_are_counted_in_the_toll_too() -> None:
    newer = replace(FIRST, text=FIRST.text.replace("أصيب 40", "أصيب 55"))
    assert replaced(newer, FIRST) == (Change(before="40", now="55", toll=True),)


def test_digits_keep_their_print() -> None:
    newer = elsewhere(FIRST, "12", "١٩")
    assert replaced(newer, FIRST)[0].now == "١٩"


def test_a_number_spelt_out_is_no_news() -> None:
    older = edited(FIRST, text=FIRST.text.replace("40", "خمسين"))
    newer = elsewhere(older, "خمسين", "50")
    assert weigh(newer, older).relation is Relation.REPRINT
    assert replaced(newer, older) == ()


def test_months_are_not_years() -> None:
    older = told(
        "الحكم على المقاول", LEAD, RESCUE, "وحكمت المحكمة على المقاول بالسجن خمس سنوات كاملة."
    )
    newer = elsewhere(older, "خمس سنوات", "خمسة أشهر")
    assert weigh(newer, older).relation is Relation.UPDATE
    assert replaced(newer, older) == (Change(before="خمس سنوات", now="خمسة أشهر", toll=False),)


def test_a_denial_is_news() -> None:
    newer = elsewhere(FIRST, "إن فرق الإنقاذ انتشلت", "إن فرق الإنقاذ لم انتشلت")
    assert weigh(newer, FIRST).relation is Relation.UPDATE
    assert replaced(newer, FIRST) == (Change(before="", now="لم", toll=False),)


def test_a_mended_word_is_an_update_and_a_respelt_one_is_not() -> None:
    mended = elsewhere(FIRST, "مدرستين", "مسجدين")
    assert weigh(mended, FIRST).relation is Relation.UPDATE
    assert replaced(mended, FIRST) == (Change(before="مدرستين", now="مسجدين", toll=False),)
    respelt = elsewhere(FIRST, "المفقودين", "المفقودون")
    assert weigh(respelt, FIRST).relation is Relation.REPRINT


def test_a_title_of_an_outlets_own_corrects_nothing() -> None:
    older = told("سيول تجتاح بلدة وادي السرو شرقي الجبل", LEAD, RESCUE)
    for text in (older.text, LEAD):
        newer = told("سيول تضرب بلدة وادي السرو فجأة عند الجبل", text, outlet="وكالة المدى")
        assert weigh(newer, older).relation is Relation.REPRINT


@pytest.mark.parametrize("same_outlet", [True, False])
def test_one_formula_with_one_other_name_is_another_event(same_outlet: bool) -> None:
    first = seizure("سالم الدرويش", "تل الورد", "فهد", 0)
    other = seizure("كامل النجار", "تل الورد", "فهد", 20)
    if not same_outlet:
        other = replace(other, outlet="وكالة المدى")
    assert weigh(other, first).relation is Relation.NEW
    assert weigh(other, first).barred


@pytest.mark.parametrize(
    ("man", "other"), [("سالم الدرويش", "سالم النجار"), ("جابر القصار", "بشير حسين التل")]
)
def test_men_who_share_a_name_or_a_few_letters_are_two_men(man: str, other: str) -> None:
    first = seizure(man, "تل الورد", "فهد", 0)
    assert weigh(seizure(other, "تل الورد", "فهد", 20), first).barred
    elsewhere = replace(seizure(man, "تل الورد", "فهد", 2), outlet="وكالة المدى")
    assert weigh(elsewhere, first).joins


def test_a_foreign_name_spelt_otherwise_is_one_name() -> None:
    first = seizure("بابشينكو", "تل الورد", "فهد", 0)
    other = replace(seizure("بابتشنكو", "تل الورد", "فهد", 2), outlet="وكالة المدى")
    assert weigh(other, first).relation is Relation.REPRINT


def test_a_digest_neither_joins_nor_swallows() -> None:
    assert not weigh(DIGEST, FIRST).joins
    assert not weigh(FIRST, DIGEST).joins


def test_a_story_between_two_others_in_one_text_is_not_joined() -> None:
    market = [
        f"وفي سوق {place} عرض الباعة {goods} بأسعار الموسم الماضي، "
        f"وقال {man} إن الحركة ضعيفة هذا العام."
        for place, goods, man in (
            ("النحاسين", "القدور والأباريق", "صاحب دكان قديم"),
            ("العطارين", "الزعتر والسماق", "تاجر من الجنوب"),
            ("البزازين", "الحرير والكتان", "رئيس الجمعية"),
            ("الوراقين", "الكتب المستعملة", "مجلد عجوز"),
            ("الصاغة", "الأساور والخواتم", "خبير التثمين"),
        )
    ]
    newer = told(
        "سيول وادي السرو وجولة في الأسواق", LEAD, RESCUE, *market, outlet="نشرة الصباح", hours=2
    )
    older = told("سيول وادي السرو", LEAD, RESCUE)
    assert not weigh(newer, older).joins


def test_calls_to_one_minister_after_another_do_not_chain() -> None:
    """The third joins the second closely enough, but the first telling bars it."""

    def statement(name: str, town: str, hours: float, *more: str) -> Telling:
        made = seizure(name, town, "فهد", hours)
        return replace(made, text="\n\n".join([made.text, *more]))

    stream = Stream()
    first = stream.tell(1, statement("سالم الدرويش", "تل الورد", 0, SHELTER))
    second = stream.tell(2, statement("كامل النجار", "عين الكرم", 1, BRIDGES))
    third = stream.tell(3, statement("وليد الحداد", "باب النهر", 2, BRIDGES))
    assert len({first.story, second.story, third.story}) == 3


def test_a_reprint_replaces_nothing() -> None:
    assert replaced(REPRINT, FIRST) == ()
