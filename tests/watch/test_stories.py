"""One story is told once: what joins it, what continues it, and what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flood import (
    DIGEST,
    ELSEWHERE,
    EVENING,
    FIRST,
    FOLLOW_UP,
    IN_OTHER_WORDS,
    LEAD,
    NEW_TOLL,
    REPRINT,
    RESCUE,
    edited,
    prices,
    seizure,
    told,
    weather,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from watch.records import Judgement, Relation, Telling
from watch.stories import judge, revise, weigh

JOINED = {Relation.REPRINT, Relation.SAME_EVENT, Relation.UPDATE}


def relation(newer: Telling, older: Telling = FIRST) -> Relation:
    return judge(newer, [older]).relation


def test_a_trimmed_respelt_retitled_copy_is_a_reprint() -> None:
    assert relation(REPRINT) is Relation.REPRINT


def test_a_report_in_other_words_is_the_same_event() -> None:
    assert relation(IN_OTHER_WORDS) is Relation.SAME_EVENT


def test_a_higher_toll_is_an_update_that_says_what_changed() -> None:
    opinion = weigh(NEW_TOLL, FIRST)
    assert opinion.relation is Relation.UPDATE
    assert ("12", "19") in opinion.figures


def test_a_new_lead_over_the_whole_earlier_text_is_a_follow_up() -> None:
    assert relation(FOLLOW_UP) is Relation.FOLLOW_UP


def test_a_digest_that_holds_the_story_does_not_join() -> None:
    assert relation(DIGEST) not in JOINED


def test_other_news_is_new() -> None:
    assert judge(ELSEWHERE, [FIRST]) == Judgement(
        relation=Relation.NEW, to=None, score=pytest.approx(1.0, abs=0.2)
    )


def test_nothing_older_is_new_for_sure() -> None:
    assert judge(FIRST, []) == Judgement(relation=Relation.NEW, to=None, score=1.0)


def test_tomorrows_weather_is_not_todays() -> None:
    today, tomorrow = weather("الأربعاء", 21, 12, 30, 0), weather("الخميس", 23, 11, 25, 24)
    assert relation(tomorrow, today) is Relation.NEW
    assert relation(weather("الأربعاء", 21, 12, 30, 1), today) in JOINED


def test_prices_of_another_day_are_not_the_same_news() -> None:
    assert relation(prices(9120, 9980, 601, 24), prices(9050, 9870, 595, 0)) not in JOINED


def test_one_formula_about_two_men_is_two_stories() -> None:
    first = seizure("سالم الهندي", "الكروم", "رامي عساف", 0)
    second = seizure("جابر القصار", "المرفأ", "طلال منصور", 40)
    assert relation(second, first) not in JOINED
    assert relation(replace(first, outlet="موقع الجبل", url="https://b.example/"), first) in JOINED


def test_the_surest_story_is_joined() -> None:
    judged = judge(REPRINT, [ELSEWHERE, FOLLOW_UP, IN_OTHER_WORDS, FIRST])
    assert (judged.relation, judged.to) == (Relation.REPRINT, 3)


def test_a_join_goes_before_a_follow_up() -> None:
    again = replace(FOLLOW_UP, outlet="وكالة المدى", url="https://again.example/")
    assert judge(again, [FIRST, FOLLOW_UP]).to == 1


def test_one_title_over_two_bodies_is_two_stories() -> None:
    assert relation(replace(ELSEWHERE, title=FIRST.title)) is Relation.NEW


def test_two_titles_over_one_body_are_one_story() -> None:
    other = replace(FIRST, title="الوادي يغضب", outlet="موقع الجبل", url="https://c.example/")
    assert relation(other) is Relation.REPRINT


def test_a_flash_of_two_lines_joins_its_twin_and_no_other_flash() -> None:
    flash = told(
        "عاجل: هزة أرضية تضرب ساحل الكروم", "عاجل: هزة أرضية بقوة 5 درجات تضرب ساحل الكروم"
    )
    twin = replace(flash, outlet="موقع الجبل", url="https://d.example/")
    other = told("عاجل: استقالة محافظ الكروم", "عاجل: محافظ الكروم يقدم استقالته", hours=1)
    assert relation(twin, flash) is Relation.REPRINT
    assert relation(other, flash) is Relation.NEW


@pytest.mark.parametrize("empty", ["", "   ", "…!", "\n\n"])
def test_what_has_no_words_is_nobodys_copy(empty: str) -> None:
    silent = Telling(outlet="ا", url="", title=empty, text=empty, published=None)
    assert relation(silent) is Relation.NEW
    assert relation(FIRST, silent) is Relation.NEW
    assert relation(silent, silent) is Relation.NEW


@pytest.mark.parametrize("field", ["title", "text"])
def test_a_missing_title_or_text_is_no_obstacle(field: str) -> None:
    bare = replace(FIRST, **{field: ""})  # type: ignore[arg-type]
    copy = replace(bare, outlet="موقع الجبل", url="https://e.example/")
    assert relation(copy, bare) is Relation.REPRINT


@pytest.mark.parametrize(
    "published",
    [None, date(2026, 3, 3), datetime(2026, 3, 3, 21), EVENING - timedelta(hours=2)],  # noqa: DTZ001
)
def test_unknown_bare_zoneless_and_earlier_times_are_taken(published: object) -> None:
    assert relation(replace(REPRINT, published=published)) is Relation.REPRINT  # type: ignore[arg-type]


def test_times_first_seen_serve_where_none_is_published() -> None:
    older = replace(IN_OTHER_WORDS, published=None, first_seen=EVENING)
    soon = replace(FIRST, published=None, first_seen=EVENING + timedelta(hours=1))
    late = replace(soon, first_seen=EVENING + timedelta(days=13))
    assert weigh(soon, older).score > weigh(late, older).score


def test_tail_of_teasers_in_common_makes_no_story() -> None:
    teasers = [f"اقرأ أيضا: {title}" for title in (FIRST.title, NEW_TOLL.title, REPRINT.title)]
    one = told("نادي النجوم يضم مهاجما جديدا", "وقع نادي النجوم عقدا مع مهاجم شاب.", *teasers)
    other = told(
        "ثلوج على قمم السرو", "تساقطت الثلوج على القمم فجرا وأغلقت طرقا.", *teasers, hours=1
    )
    assert relation(other, one) not in JOINED


class TestAPageReadAgain:
    def test_unchanged(self) -> None:
        assert revise(edited(FIRST), FIRST) is None
        assert relation(edited(FIRST)) is Relation.REPRINT

    def test_spelling_and_typos_are_not_material(self) -> None:
        respelt = FIRST.text.replace("أصيب", "اصيب").replace("الإنقاذ", "الانقاذ")
        assert revise(edited(FIRST, text=respelt.replace("المجاورة", "القريبة")), FIRST) is None

    def test_a_new_figure_is_an_update(self) -> None:
        changed = edited(FIRST, text=FIRST.text.replace("40 آخرون", "41 آخرون"))
        assert revise(changed, FIRST) is Relation.UPDATE
        assert relation(changed) is Relation.UPDATE

    def test_a_figure_in_words_is_an_update(self) -> None:
        changed = edited(FIRST, text=FIRST.text.replace("ثلاثة أحياء", "أربعة أحياء"))
        assert revise(changed, FIRST) is Relation.UPDATE

    def test_a_denial_is_an_update(self) -> None:
        denied = edited(FIRST, text=FIRST.text.replace("إن فرق الإنقاذ", "إن فرق الإنقاذ لم"))
        assert revise(denied, FIRST) is Relation.UPDATE

    def test_another_man_is_an_update(self) -> None:
        corrected = edited(FIRST, text=FIRST.text.replace("الخطيب", "العبدو"))
        assert revise(corrected, FIRST) is Relation.UPDATE

    def test_a_new_paragraph_is_an_update(self) -> None:
        longer = edited(FIRST, text=f"{FIRST.text}\n\n{IN_OTHER_WORDS.text}\n\n{ELSEWHERE.text}")
        assert revise(longer, FIRST) is Relation.UPDATE

    def test_another_article_at_the_address_is_new(self) -> None:
        other = edited(FIRST, title=ELSEWHERE.title, text=ELSEWHERE.text)
        assert revise(other, FIRST) is Relation.NEW
        assert relation(other) is Relation.NEW

    def test_the_bulletin_of_another_day_at_the_address_is_new(self) -> None:
        today, tomorrow = weather("الأربعاء", 21, 12, 30, 0), weather("الخميس", 23, 11, 25, 24)
        assert revise(replace(tomorrow, url=today.url), today) is Relation.NEW

    def test_a_page_that_lost_its_words_is_nothing_to_tell(self) -> None:
        assert revise(edited(FIRST, title="", text=""), FIRST) is None


@given(st.text(), st.text(), st.text(), st.text())
@settings(max_examples=60, deadline=None)
def test_any_two_texts_are_judged(title: str, text: str, other_title: str, other: str) -> None:
    one = Telling(outlet="ا", url="u", title=title, text=text, published=None)
    two = Telling(outlet="ب", url="v", title=other_title, text=other, published=None)
    assert 0 <= judge(two, [one]).score <= 1


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=40, deadline=None)
def test_a_text_and_its_double_elsewhere_are_one_story_or_wordless(text: str) -> None:
    one = Telling(outlet="ا", url="u", title="", text=text, published=None)
    two = replace(one, outlet="ب", url="v")
    assert relation(two, one) in {Relation.REPRINT, Relation.NEW}


def test_spelling_marks_and_invisible_signs_change_nothing() -> None:
    dressed = replace(
        REPRINT,
        text="\u202b"
        + LEAD.replace("سيول", "سُيُولٌ")
        + "\u202c\n\n"
        + RESCUE.replace("المنازل", "المنـــازل"),
    )
    plain = replace(REPRINT, text=f"{LEAD}\n\n{RESCUE}")
    assert weigh(dressed, FIRST) == weigh(plain, FIRST)
