"""One article against the shipped topics: whose ceasefire, which Aleppo, where, and why."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import TOPICS

from watch.arabic import fold
from watch.matching import Explanation, explain, match
from watch.records import Hit, Level
from watch.seeds import Match
from watch.topics import Topics, from_name

WORDS = 'حلب الهدنة في سوريا غزة من إلى . وحماة عفرين 2016 منذ وقف إطلاق النار « » " لبن'


def names(text: str, topic: str, title: str = "") -> bool:
    return any(hit.topic == topic for hit in match(title, text, TOPICS))


def hit(topic: str, text: str, title: str = "") -> Hit:
    return next(hit for hit in match(title, text, TOPICS) if hit.topic == topic)


def why(topic: str, text: str, title: str = "") -> Explanation:
    return explain(title, text, TOPICS[topic], TOPICS)


@pytest.mark.parametrize(
    "text",
    [
        "الهدنة في حلب تدخل يومها الثاني",
        "انهيار هدنتي داريا والمعضمية",
        "وَقْفُ إطلاقِ النّارِ في سُورِيَا",
        "اتفقوا على وقف تام ودائم لإطلاق النار بإدلب",
        "النظام السوري يخرق الهدنة",
        "تمديد منطقة خفض التصعيد في درعا",
        "نداء لوقف الأعمال العدائية في سورية",
        "تركيا وإيران ترعيان هدنة في سوريا",
        "موسكو تقترح من جنيف هدنة في دوما بريف دمشق",
        "أعلنت لندن أن الهدنة في سوريا صامدة",
        "truce in Syria",
    ],
)
def test_a_ceasefire_of_syria(text: str) -> None:
    assert names(text, "syria-ceasefire")


@pytest.mark.parametrize(
    "text",
    [
        "سوريا ترحب بوقف إطلاق النار في لبنان",
        "هدنة اليمن تصمد، ووزير سوري يعلق",
        "عبرت الدورية خط الهدنة إلى سوريا",
        "هدنة تجارية بين سوريا وجارتها",
        "وقفة تضامنية في دمشق",
        "إطلاق نار في درعا",
        "تهدئة الأسعار في سوريا",
        "موقف سوريا من النار المشتعلة",
    ],
)
def test_not_a_ceasefire_of_syria(text: str) -> None:
    assert not names(text, "syria-ceasefire")


def test_the_title_carries_the_place_of_a_ceasefire() -> None:
    text = "قال الوفد إنه وافق على الهدنة المقترحة."
    assert names(text, "syria-ceasefire", title="المعارضة السورية تعود إلى جنيف")
    assert not names(text, "syria-ceasefire", title="وفد الحوثيين يعود إلى جنيف")
    assert not names(text, "syria-ceasefire")


def test_places_in_another_paragraph_do_not_decide() -> None:
    text = "مددت طالبان الهدنة أسبوعا.\n\nوفي سوريا هطلت أمطار."
    assert not names(text, "syria-ceasefire")


def test_the_first_place_after_decides_before_the_one_before() -> None:
    assert not names("بحثت سوريا الهدنة في غزة", "syria-ceasefire")
    assert names("بحثت فصائل غزة الهدنة في سوريا", "syria-ceasefire")


def test_a_place_after_the_full_stop_does_not_decide() -> None:
    text = "بدأت في حمص هدنة جديدة. وفي غزة هطلت أمطار."
    assert names(text, "syria-ceasefire")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("الحلبيون في المهجر", True),
        ("المخرج مصطفى الحلبي", False),
        ("تحلب المزارعة بقرتها", False),
        ("مزرعة حديثة فيها آلة لحلب النعاج", False),
        ("لحلب قلعة", True),
        ("#حلب_القديمة", True),
        ("قصف على مدينة الباب", True),
        ("فتح الباب", False),
        ("جرابلس والباب", True),
        ("وصلت السفيرة", False),
    ],
)
def test_which_aleppo(text: str, named: bool) -> None:
    assert names(text, "aleppo") is named


def test_a_town_speaks_for_its_governorate_where_the_text_puts_it_there() -> None:
    title = "قتلى في انفجار"
    placed = "وقع الانفجار في اعزاز بريف حلب الشمالي صباحا.\n\nوقال طبيب في اعزاز إن الجرحى كثر."
    apart = "وقع الانفجار في اعزاز صباحا.\n\nوقال طبيب إن الجرحى نقلوا إلى حلب لاحقا."
    assert "اعزاز" in hit("aleppo", placed, title).matched
    said = {each.why for each in why("aleppo", placed, title).findings if each.words == "اعزاز"}
    assert said == {"lies in حلب, as the text says"}
    said = {each.why for each in why("aleppo", apart, title).findings if each.words == "اعزاز"}
    assert said == {"lies in حلب, unsaid in the text"}


def test_a_town_alone_names_its_governorate_only_from_the_title() -> None:
    text = "قال ناشطون إن عفرين هادئة اليوم.\n\nوعاد بعض أهلها."
    assert hit("aleppo", text, title="هدوء في عفرين").level is Level.MENTION
    assert not names(text, "aleppo", title="أخبار متفرقة")
    assert names(text, "aleppo")


def test_matched_words_are_shown_as_printed_and_where() -> None:
    title, text = "سكان حَلـب", "عادوا إلى \u200fحلب\u200f أمس، وبحلب أهلهم."
    found = hit("aleppo", text, title)
    assert found.matched == ("حَلـب", "حلب", "وبحلب")
    for span, words in zip(found.spans, found.matched, strict=True):
        field = title if span.field == "title" else text
        assert field[span.start : span.end] == words
    assert [span.field for span in found.spans] == ["title", "text", "text"]


def test_hits_come_in_the_topics_order_and_only_once() -> None:
    found = match("هدنة في حلب", "الهدنة في حلب صامدة", TOPICS)
    order = [topic.id for topic in TOPICS]
    assert sorted(found, key=lambda each: order.index(each.topic)) == list(found)
    assert {each.topic for each in found} == {"aleppo", "syria-ceasefire"}


def test_an_explanation_says_what_counts_and_what_does_not() -> None:
    text = "بحث الطرفان الهدنة في سوريا. أما الهدنة في غزة فمستمرة. وعبروا خط الهدنة في الجولان."
    told = why("syria-ceasefire", text)
    assert told.rule == "وقف إطلاق النار attached to سوريا"
    assert [(each.counts, each.why) for each in told.findings] == [
        (True, "its place is سوريا, after it"),
        (False, "it is of غزة, after it"),
        (False, "an armistice line on the map, not a truce"),
    ]
    assert told.level is not None
    assert told.measures
    assert told.reason


def test_a_sentence_that_names_no_place_goes_on_about_the_truce_told_of_before() -> None:
    text = "الهدنة في اليمن هشة. عمل المبعوث في سوريا سنوات. ويرى أن الهدنة قد تمدد."
    assert not names(text, "syria-ceasefire")
    other = "الهدنة في سوريا هشة. عمل المبعوث في اليمن سنوات. ويرى أن الهدنة قد تمدد."
    assert hit("syria-ceasefire", other).matched == ("الهدنة",)
    assert [each.counts for each in why("syria-ceasefire", other).findings] == [True, True]
    own = "الهدنة في اليمن هشة. ويرى المبعوث أن حال سوريا أفضل، لأن الهدنة فيها قد تمدد."
    assert names(own, "syria-ceasefire")


def test_an_explanation_of_nothing_says_so() -> None:
    told = why("aleppo", "طبق من الحلبة")
    assert told.level is None
    assert told.score == 0
    assert told.reason == "nothing that names it counts"


def test_an_explanation_agrees_with_the_hit() -> None:
    text = "قصف على حلب.\n\nوقال طبيب في حلب إن الجرحى كثر."
    told, found = why("aleppo", text, "غارات"), hit("aleppo", text, "غارات")
    assert (told.level, told.score) == (found.level, found.score)
    assert found.reason.endswith(told.reason)


@pytest.mark.parametrize(
    "text",
    ["", " ", "حلب", "١٢٣", "😀😀", "Aleppo", "مدینه حلب شهر زیبایی است", "ح" * 50_000, "حـ" * 500],
)
def test_any_text_is_judged(text: str) -> None:
    for found in match(text, text, TOPICS):
        assert 0 <= found.score <= 1
        assert found.matched


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*WORDS.split(), "\n"]),
        max_size=60,
    )
)
def test_spans_and_scores_hold_for_any_row_of_words(row: list[str]) -> None:
    text = " ".join(row)
    for found in match("حلب وغزة", text, TOPICS):
        assert 0 <= found.score <= 1
        assert (found.level is Level.ABOUT) is (found.score >= 0.5)
        printed = {
            fold(("حلب وغزة" if span.field == "title" else text)[span.start : span.end])
            for span in found.spans
        }
        assert printed == {fold(words) for words in found.matched}


@pytest.mark.no_cover
def test_time_grows_with_the_text_and_no_faster() -> None:
    """Four times the words cost at most eight times as much; sixteen would be quadratic."""

    def seconds(sentences: int) -> float:
        text = "قصف على حلب وحماة منذ الهدنة في سوريا عام 2016. " * sentences
        begun = time.process_time()
        assert match("حلب", text, TOPICS)
        return time.process_time() - begun

    assert seconds(2000) < 8 * min(seconds(500), seconds(500)) + 0.1


def test_a_topic_of_its_own_phrases_explains_itself() -> None:
    topic = from_name("زلزال", TOPICS.gazetteer)
    topics = TOPICS.with_topics([topic])
    told = explain("", "هز زلزال المدينة", topic, topics)
    assert told.rule == "(ال)زلزال | زلزالاً"
    assert [each.why for each in told.findings] == ["has its words"]


def test_a_topic_is_judged_alike_whatever_else_is_watched() -> None:
    """Another topic's words between two of this one's must not change how these are counted."""
    words = ["مجلس بلدي", "مجلس بلدي في", "بلدي", "في", "مجلس"]
    own = replace(from_name("مجلس", TOPICS.gazetteer), match=Match(phrases=("مجلس", "مجلس بلدي")))
    others = [
        replace(from_name("مجلس", TOPICS.gazetteer), id=f"other-{n}", match=Match(phrases=(said,)))
        for n, said in enumerate(words)
    ]
    title, text = "مجلس بلدي في حلب", "انعقد مجلس بلدي في حلب. وقال مجلس آخر إن مجلسا بلديا سيعقد."
    alone = match(title, text, Topics([own], TOPICS.gazetteer))
    together = match(title, text, TOPICS.with_topics([*others, own]))
    assert [hit for hit in together if hit.topic == own.id] == list(alone)
    assert alone[0].matched == ("مجلس بلدي", "مجلس")
