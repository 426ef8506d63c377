"""Articles that look alike and are not one story, or are one and do not look it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest
from flood import BRIDGES, ELSEWHERE, EVENING, FIRST, LEAD, REPRINT, RESCUE, told, weather

from watch.arabic import fold
from watch.changes import replaced
from watch.records import Relation, Telling
from watch.stories import weigh
from watch.stream import Stream

ENGLISH = (
    "Twelve people were killed in flash floods that swept through the mountain town of "
    "Wadi al-Sarw late on Tuesday, the civil defence authority said. Two bridges were washed away."
)


def test_two_flashes_of_two_lines() -> None:
    flash = told("عاجل", "عاجل: انقطاع الكهرباء عن كامل مدينة الكروم", outlet="قناة الكروم")
    twin = replace(flash, outlet="وكالة المدى", url="https://twin.example/")
    other = told("عاجل", "عاجل: هزة أرضية تضرب ساحل الميناء القديم", outlet="وكالة المدى")
    stream = Stream()
    assert stream.tell(1, flash).relation is Relation.NEW
    assert stream.tell(2, twin).story == 1
    assert stream.tell(3, other).relation is Relation.NEW


def test_captions_of_two_photographs() -> None:
    one = told("صورة اليوم", "أطفال يلعبون قرب النافورة في ساحة المدينة مساء أمس. تصوير: هادي")
    other = told("صورة اليوم", "صيادون يصلحون شباكهم على رصيف الميناء فجر اليوم. تصوير: هادي")
    assert weigh(other, one).relation is Relation.NEW


def test_one_title_over_two_bodies_and_two_titles_over_one() -> None:
    stream = Stream()
    stream.tell(1, FIRST)
    assert stream.tell(2, replace(ELSEWHERE, title=FIRST.title)).relation is Relation.NEW
    retitled = replace(FIRST, outlet="وكالة المدى", url="https://x.example/", title="ليلة عصيبة")
    assert stream.tell(3, retitled).relation is Relation.REPRINT


def test_a_body_in_another_language_is_a_story_of_its_own() -> None:
    foreign = told("Twelve killed in floods", ENGLISH, outlet="Coast Daily", hours=1)
    assert weigh(foreign, FIRST).relation is Relation.NEW
    copy = replace(foreign, outlet="Hill Post", url="https://hill.example/")
    assert weigh(copy, foreign).relation is Relation.REPRINT


def test_an_article_that_quotes_another_whole_is_not_its_reprint() -> None:
    opinion = [
        "ليست هذه أول مرة تغرق فيها بلدة على مرأى من الجميع، ولن تكون الأخيرة ما دامت المجالس "
        "المحلية توزع رخص البناء في بطون الأودية لقاء الأصوات.",
        "قرأت تقرير الصحيفة مرتين وأنقله هنا بحروفه ليشهد على ما جرى، ثم أعود إلى السؤال الذي لا "
        "يطرحه أحد: من وقع على خرائط الحي الجديد، ومن قبض ثمن التوقيع؟",
        "قبل ثلاثين عاما كتب مهندس المساحة العجوز رسالة إلى الوزارة يحذر فيها من ردم المجرى، فنقل "
        "إلى وظيفة في الأرشيف ومات فيها منسيا.",
    ]
    column = told("من وقع على الخرائط؟", *opinion, FIRST.text, outlet="مجلة الرأي", hours=20)
    assert not weigh(column, FIRST).joins


@pytest.mark.no_cover
def test_an_outlet_that_prints_three_hundred_bulletins_a_day() -> None:
    stream = Stream()
    stories = set()
    for number in range(300):
        town = f"بلدة {chr(0x0628 + number % 10)}{chr(0x0633 + number // 10 % 6)}ور"
        made = weather("السبت", 11 + number, 400 + number, 800 + number, hours=number / 20)
        made = replace(made, url=f"https://weather.example/{number}", text=f"{town}. {made.text}")
        stories.add(stream.tell(number, made).story)
    assert len(stories) >= 295


def test_an_article_dated_before_the_one_it_copies() -> None:
    early = replace(REPRINT, published=EVENING - timedelta(hours=8))
    assert weigh(early, FIRST).relation is Relation.REPRINT


def test_a_copy_found_years_ahead_in_time_is_still_judged() -> None:
    far = replace(REPRINT, published=EVENING + timedelta(days=4000))
    assert weigh(far, FIRST).relation in {Relation.REPRINT, Relation.NEW, Relation.FOLLOW_UP}


def test_a_text_that_repeats_one_word_is_answered() -> None:
    same = told("تكرار", " ".join(["سيول"] * 5000))
    assert weigh(replace(same, outlet="x", url="y"), same).joins
    mixed: Telling = told("سيول", LEAD, RESCUE, BRIDGES, " ".join(["سيول"] * 3000))
    assert weigh(mixed, FIRST).relation in set(Relation)


@pytest.mark.no_cover
@pytest.mark.parametrize("step", [1, 3, 7])
def test_texts_of_thirty_thousand_words_are_judged_in_bounded_time(step: int) -> None:
    words = [f"{fold('سيول')}{chr(0x0628 + at % 10)}{chr(0x0628 + at // 10)}" for at in range(101)]
    one = told("سيول", " ".join(words[at % 101] for at in range(30_000)))
    other = told("سيول", " ".join(words[at * step % 101] for at in range(30_000)), hours=1)
    begun = process_time()
    assert weigh(other, one).relation in set(Relation)
    assert len(replaced(other, one)) <= 3
    assert process_time() - begun < 10


@pytest.mark.no_cover
def test_tables_of_ten_thousand_numbers_are_judged_in_bounded_time() -> None:
    one = told("جدول", " ".join(f"سهم {at} نقطة" for at in range(10_000)))
    other = told("جدول", " ".join(f"سهم {at} نقطة" for at in range(10_000, 20_000)), hours=1)
    begun = process_time()
    assert not weigh(other, one).joins
    assert process_time() - begun < 10
