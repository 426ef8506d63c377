"""A stream of tellings without a database: each is placed in its story as it arrives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flood import (
    BRIDGES,
    ELSEWHERE,
    FIRST,
    FOLLOW_UP,
    IN_OTHER_WORDS,
    NEW_TOLL,
    REPRINT,
    told,
    weather,
)

from watch.ingest import Decision, placed
from watch.ports import Stored
from watch.records import Relation, Telling
from watch.stories import weigh
from watch.stream import Placed, Stream


def tell(*tellings: Telling) -> list[Placed]:
    stream = Stream()
    return [stream.tell(f"n{at}", telling) for at, telling in enumerate(tellings)]


def test_each_telling_is_placed_in_its_story() -> None:
    placed = tell(FIRST, ELSEWHERE, REPRINT, IN_OTHER_WORDS, NEW_TOLL, FOLLOW_UP)
    assert [one.story for one in placed] == ["n0", "n1", "n0", "n0", "n0", "n5"]
    assert [str(one.relation) for one in placed] == [
        "new",
        "new",
        "reprint",
        "same_event",
        "update",
        "follow_up",
    ]
    assert [one.to for one in placed] == [None, None, "n0", "n0", "n0", "n0"]


def through(newer: Telling, later: Telling, opening: Telling) -> Decision:
    """Place a telling whose one relative is a later telling of a story that began otherwise."""
    first = Stored(article=1, story=1, telling=opening)
    relative = Stored(article=2, story=1, telling=later)
    return placed(newer, [relative], None, lambda _: first)


def test_a_story_grows_by_no_chain_of_weak_links() -> None:
    assert through(IN_OTHER_WORDS, FIRST, opening=REPRINT).story == 1
    apart = through(IN_OTHER_WORDS, FIRST, opening=ELSEWHERE)
    assert (apart.relation, apart.story) == (Relation.NEW, None)


def test_a_copy_belongs_where_its_text_is() -> None:
    assert through(REPRINT, FIRST, opening=ELSEWHERE).story == 1


def test_what_carries_the_opening_on_follows_it_though_it_tells_the_event_of_a_later_one() -> None:
    dismissed = FOLLOW_UP.text.split("\n\n")[:2]
    later = replace(FOLLOW_UP, text="\n\n".join([*dismissed, BRIDGES]))
    retold = told(
        "رئيس الوزراء يقيل وزير الأشغال بعد انهيار جسري وادي السرو",
        "أقيل وزير الأشغال العامة سعيد الحلاق بقرار من رئيس الوزراء الذي أحال ثلاثة مقاولين على "
        "النيابة، بعدما أظهر تحقيق أولي أن أساسات جسري وادي السرو لم تفحص.",
        "وطالب نقيب المهندسين بنشر تقرير التحقيق كاملا، ورحبت النقابة بإقالة الوزير الحلاق.",
        "وكانت السيول جرفت جسرين يربطان البلدة بالطريق الرئيسي مساء الثلاثاء، ولقي 12 شخصا مصرعهم "
        "وأصيب 40 آخرون في سيول مفاجئة اجتاحت بلدة وادي السرو الجبلية.",
        outlet="موقع الجبل",
        hours=31,
    )
    assert weigh(retold, later).relation is Relation.SAME_EVENT
    followed = through(retold, later, opening=FIRST)
    assert (str(followed.relation), followed.follows) == ("follow_up", 1)


def test_an_edit_stays_in_its_story_and_is_what_later_tellings_are_compared_with() -> None:
    edit = replace(FIRST, text=FIRST.text.replace("40 آخرون", "43 آخرون"))
    placed = tell(FIRST, edit, edit, replace(edit, url="https://copy.example/", outlet="موقع"))
    assert [str(one.relation) for one in placed] == ["new", "update", "reprint", "reprint"]
    assert {one.story for one in placed} == {"n0"}


def test_another_article_at_a_known_address_opens_a_story() -> None:
    moved = replace(ELSEWHERE, outlet=FIRST.outlet, url=FIRST.url)
    placed = tell(FIRST, moved, REPRINT, replace(moved, text=f"{moved.text} وأكد المنظم ذلك."))
    assert [one.story for one in placed] == ["n0", "n1", "n0", "n1"]


def test_the_page_of_a_daily_bulletin_opens_a_story_each_day() -> None:
    today, tomorrow = weather("الأربعاء", 21, 12, 30, 0), weather("الخميس", 23, 11, 25, 24)
    placed = tell(today, replace(tomorrow, url=today.url))
    assert [one.relation for one in placed] == [Relation.NEW, Relation.NEW]


def test_what_was_told_weeks_ago_is_not_looked_at() -> None:
    old = replace(FIRST, published=FIRST.published.replace(month=1))  # type: ignore[union-attr]
    assert [one.relation for one in tell(old, REPRINT)] == [Relation.NEW, Relation.NEW]


@pytest.mark.parametrize("id_", [None, 7, "n", ["a", 1]])
def test_ids_are_given_back_as_they_came(id_: object) -> None:
    stream = Stream()
    assert stream.tell(id_, FIRST).story == id_
    assert stream.tell("later", REPRINT).to == id_


def test_tellings_without_an_address_are_told_apart_by_their_words() -> None:
    one, other = (replace(telling, outlet="", url="") for telling in (FIRST, ELSEWHERE))
    assert [placed.story for placed in tell(one, other, one)] == ["n0", "n1", "n0"]
