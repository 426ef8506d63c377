"""About it, or only naming it: the model's direction, its reasons, and each feature by itself."""

from __future__ import annotations

import pytest
from shipped import TOPICS

from watch.document import read
from watch.evidence import gather
from watch.features import Case, case, measure
from watch.matching import explain, match
from watch.reasons import ARABIC
from watch.records import Level
from watch.salience import ABOUT, PASSING_SCORE
from watch.topics import from_name
from watch.weights import WEIGHTS

FILLER = "\n\n".join(
    [
        "عقد المجلس البلدي جلسته الأسبوعية وناقش ميزانية النظافة وإنارة الشوارع وصيانة الحدائق.",
        "وأقر الأعضاء تخصيص مبلغ إضافي للمدارس، وطلبوا من اللجنة الفنية تقريرا مفصلا خلال أسبوعين.",
        "وعرض مدير الخدمات خطة لتجديد شبكة المياه في الأحياء القديمة تنفذ على ثلاث مراحل متتالية.",
        "وختم الحاضرون الجلسة بالتصويت على موعد الجلسة المقبلة وعلى تشكيل لجنة جديدة للرقابة.",
    ]
)


def score(title: str, text: str, topic: str = "aleppo") -> float:
    return next(hit.score for hit in match(title, text, TOPICS) if hit.topic == topic)


def made(text: str, title: str = "", topic: str = "aleppo") -> Case:
    """Return the case of a topic in a text."""
    document = read(title, text)
    names = TOPICS.survey(document)
    evidence = gather(TOPICS[topic], names, TOPICS.gazetteer)
    return case(evidence, TOPICS[topic], names, TOPICS.gazetteer)


def typed(name: str, text: str) -> Case:
    """Return the case of a name that a reader types."""
    topic = from_name(name, TOPICS.gazetteer)
    topics = TOPICS.with_topics([topic])
    names = topics.survey(read("", text))
    evidence = gather(topic, names, topics.gazetteer)
    return case(evidence, topic, names, topics.gazetteer)


def feature(name: str, text: str, title: str = "", topic: str = "aleppo") -> float:
    return measure(made(text, title, topic))[name]


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    assert list(measure(made("حلب"))) == list(WEIGHTS)


def test_in_the_title_and_the_lead_is_about() -> None:
    text = f"قصفت طائرات أحياء في حلب صباح اليوم.\n\n{FILLER}"
    assert score("غارات على حلب", text) >= ABOUT


def test_once_at_the_end_is_a_mention() -> None:
    assert score("جلسة بلدية", f"{FILLER}\n\nوحضر الجلسة ضيف من حلب.") < ABOUT


def test_earlier_and_oftener_scores_higher() -> None:
    late = score("جلسة", f"{FILLER}\n\nوقصفت حلب.")
    early = score("جلسة", f"وقصفت حلب.\n\n{FILLER}")
    often = score("جلسة", f"وقصفت حلب.\n\nوقال أهل حلب كلمتهم.\n\n{FILLER}")
    titled = score("حلب تقصف", f"وقصفت حلب.\n\nوقال أهل حلب كلمتهم.\n\n{FILLER}")
    assert late < early < often < titled


def test_each_other_name_in_a_row_takes_weight_away() -> None:
    rows = ("أمطار على حمص وحلب", "أمطار على حمص وحماة وحلب", "أمطار على حمص وحماة ودرعا وحلب")
    (two,), (three,), (four,) = (made(row).strengths for row in rows)
    assert 1 > two.weight > three.weight > four.weight


def test_towns_of_the_place_itself_make_no_list() -> None:
    for strength in made("قصف على حلب واعزاز في ريف حلب").strengths:
        assert strength.weight == 1


def test_a_word_after_union_is_no_club() -> None:
    (strength,) = typed("الشغل", "دعا اتحاد الشغل إلى إضراب").strengths
    assert strength.weight == 1


def test_a_truce_that_was_reached_is_no_aim() -> None:
    wished = "دعا الوسيط الطرفين في سوريا إلى هدنة"
    reached = "توصل الطرفان في سوريا إلى هدنة"
    (aim,), (news,) = (made(text, topic="syria-ceasefire").strengths for text in (wished, reached))
    assert aim.weight < news.weight == 1


def test_one_name_among_many_scores_lower() -> None:
    alone = score("قصف", f"شمل القصف مدينة حلب كلها.\n\n{FILLER}")
    listed = score("قصف", f"شمل القصف حمص وحلب وحماة ودرعا.\n\n{FILLER}")
    assert listed < alone


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("زار المعرض فنانون من حلب", "the place someone comes from or goes to"),
        ("تتجه الحافلات إلى حلب", "the place someone comes from or goes to"),
        ("القصف على حمص وحلب مستمر", "one name in a list"),
        ("فنانون من أنقرة ودمشق وحلب", "one name in a list"),
        ("فنانون من أنقرة ودمشق وحلب", "the place someone comes from or goes to"),
        ("فنانون من حلب وأنقرة", "one name in a list"),
        ("وقع ذلك في حلب عام 2016", "something of another year"),
        ("وكان والده يعمل في حلب", "background"),
        ("يتكرر المشهد كما في حلب", "a comparison"),
        ("القصف على الحي يشبه ما جرى في حلب", "a comparison"),
        ("قال إن البلدة ليست حلب", "a comparison"),
        ("أسرة فرت من الحرب في حلب", "the place someone comes from or goes to"),
        ("القصف على حمص، حماة، وحلب مستمر", "one name in a list"),
        ("سجلت 12 إصابة في حمص و7 في حماة و3 في حلب", "one name in a list"),
        ("تخشى البلدة أن تلقى مصير حلب", "a comparison"),
        ("تعلم الطبخ عن الحلبيين", "an adjective"),
        ("أعيد تعبيد شارع حلب في العاصمة", "part of another name"),
        ("تعادل الوحدة وأهلي حلب سلبا", "part of another name"),
        ("عرض المهرجان فيلم «شتاء في حلب» مرتين", "part of another name"),
        ("افتتح في المجمع فرع لمطعم «ليالي حلب»", "part of another name"),
        ("وسابقاً نظمت حلب المعرض", "background"),
        ("استقر سعر الصرف.\nاقرأ أيضا: حريق في سوق حلب", "a pointer to another article"),
        ("استقر سعر الصرف.\nطالع أيضاً: حريق في سوق حلب", "a pointer to another article"),
        ("استقر سعر الصرف.\nللمزيد: حريق في سوق حلب", "a pointer to another article"),
    ],
)
def test_what_makes_a_find_weaker(text: str, reason: str) -> None:
    (strength,) = made(text).strengths
    assert reason in strength.why
    assert strength.weight < 1


@pytest.mark.parametrize(
    "text",
    [
        "القصف على حلب مستمر",
        "أمطار من دمشق. وحلب مشمسة",
        "شاهد سكان حلب الحريق",
        "استؤنفت الرحلات من حلب وإليها",
        "قطعت المياه عن الجزء الغربي من حلب",
        "عرض فيلم «شتاء طويل» في حلب",
        "اقرأ أيضا: سعر الصرف.\nاندلع حريق في سوق حلب",
    ],
)
def test_a_plain_find_weighs_all(text: str) -> None:
    (strength,) = made(text).strengths
    assert (strength.weight, strength.why) == (1.0, ())


def test_since_the_truce_is_a_mark_in_time() -> None:
    (strength,) = made("أول قصف منذ الهدنة في سوريا", topic="syria-ceasefire").strengths
    assert "a mark in time" in strength.why


def test_during_the_truce_is_news_of_it() -> None:
    (strength,) = made("تدخل القوافل خلال هدنة في سوريا", topic="syria-ceasefire").strengths
    assert strength.weight == 1


def test_towards_a_truce_is_an_aim_and_no_journey() -> None:
    (strength,) = made("دعا إلى هدنة في سوريا", topic="syria-ceasefire").strengths
    assert strength.why == ("an aim, or what something sets out from",)
    (strength,) = made("المبعوث إلى سوريا: الهدنة فرصة", topic="syria-ceasefire").strengths
    assert strength.weight == 1


@pytest.mark.parametrize(
    ("name", "text", "weak"),
    [
        ("القمح", "أعلنت الوزارة الاكتفاء من القمح", False),
        ("القمح", "تحولت الشركة إلى القمح", False),
        ("حمص", "طبيب من حمص", True),
        ("حزب الله", "وفد من حزب الله", False),
        ("مهرجان الواحة", "افتتاح مهرجان الواحة 2031", False),
        ("مهرجان الواحة", "أقيم مهرجان الواحة في جو بارد عام 2011", True),
        ("تلسقف", "نازحون من تلسقف", True),
    ],
)
def test_a_thing_is_no_place_to_come_from(name: str, text: str, weak: bool) -> None:
    (strength,) = typed(name, text).strengths
    assert (strength.weight < 1) is weak
    assert (measure(typed(name, text))["origin"] > 0) is (name == "حمص")


def test_a_name_and_its_other_name_beside_it_count_once() -> None:
    assert len(made("قصف على حلب وعين العرب (كوباني)").found) == 2
    assert len(made("قصف على حلب وعين العرب وكوباني").found) == 3


def test_what_each_feature_sees() -> None:
    text = "قصف على حلب.\n\nوفي حلب جرحى، وقصف على حمص.\n\nخبر آخر."
    assert feature("title", text, "غارات على حلب") == 1
    assert feature("title", text, "غارات") == 0
    assert feature("first_sentence", text) == 1
    assert feature("first_sentence", "قصف.\n\nفي حلب.") == 0
    assert feature("share", "قصف على حلب") == 1
    assert feature("share", text) < 1
    assert feature("origin", "فنان من حلب") == 1
    assert feature("origin", "فنانون من دمشق وحلب") == 1
    assert feature("origin", "رحلات من حلب وإليها") == 0
    assert feature("heap", "حلب وحلب وحلب") == 1
    assert feature("openings", text) > feature("openings", "قصف على حلب")


def test_the_share_of_paragraphs_that_name_it() -> None:
    text = "قصف على حلب. وعاد الهدوء.\n\nوفي الأسواق باعة.\n\nوقالت البلدية إن العمل بدأ."
    assert feature("paragraphs", text) == 1 / 4
    weaker = text.replace("قصف على حلب", "يتكرر المشهد كما في حلب")
    assert feature("paragraphs", weaker) < 1 / 4


def test_words_of_the_same_matter_speak_for_a_concept() -> None:
    text = "عرضت موسكو شروطها في المفاوضات.\n\nوتشمل الهدنة في سوريا ريف حماة."
    assert feature("kin", text, topic="syria-ceasefire") == 2 / 3
    assert feature("kin", "الهدنة في سوريا صامدة", topic="syria-ceasefire") == 0
    assert feature("kin", "اتفاق على إجلاء الجرحى من حلب") == 0
    apart = f"الهدنة في سوريا صامدة.\n\n{FILLER}\n\n{FILLER}\n\nوبدأت المفاوضات."
    assert feature("kin", apart, topic="syria-ceasefire") == 0


def test_towns_named_beside_their_place_speak_for_it() -> None:
    text = "قصف على حلب.\n\nوعادت أسر إلى عفرين ومنبج."
    assert feature("towns", text) > feature("towns", "قصف على حلب.") == 0


def test_a_truce_to_stop_fire_is_told_once() -> None:
    once = made("أعلنت موسكو هدنة إنسانية لوقف القتال في سوريا", topic="syria-ceasefire")
    twice = made("أعلنت موسكو هدنة في سوريا وطالبت بوقف القتال في حمص", topic="syria-ceasefire")
    assert (len(once.found), len(twice.found)) == (1, 2)


def test_who_is_left_out_of_a_truce_is_no_news_of_it() -> None:
    text = "قتل ثلاثة في غارة على فصيل لا تشمله الهدنة في سوريا."
    (hit,) = match("غارة ليلية", text, TOPICS)
    assert (hit.topic, hit.level) == ("syria-ceasefire", Level.MENTION)


def test_only_in_passing_is_a_mention_however_early() -> None:
    text = "قال مركز مراقبة وقف إطلاق النار في سوريا إن الحافلات وصلت."
    (hit,) = match("وصول حافلات", text, TOPICS)
    assert (hit.level, hit.score) == (Level.MENTION, PASSING_SCORE)
    assert "only named in passing: part of the name of those who watch it" in hit.reason


def test_reasons_say_what_weighed_most() -> None:
    text = f"قصفت طائرات أحياء في حلب.\n\n{FILLER}"
    told = explain("غارات على حلب", text, TOPICS["aleppo"], TOPICS)
    assert told.reason.startswith("about it, because ")
    assert sorted(told.measures, key=lambda each: -abs(each.push)) == list(told.measures)
    told = explain("جلسة", f"{FILLER}\n\nضيف من حلب.", TOPICS["aleppo"], TOPICS)
    assert told.reason.startswith("a mention, because ")


def test_a_topic_typed_a_minute_ago_is_judged_by_the_same_model() -> None:
    topic = from_name("زلزال", TOPICS.gazetteer)
    topics = TOPICS.with_topics([topic])
    about = match(
        "زلزال يهز العاصمة",
        f"هز زلزال العاصمة فجرا.\n\nوقال خبير إن الزلزال قوي.\n\n{FILLER}",
        topics,
    )
    named = match("جلسة بلدية", f"{FILLER}\n\nوأشار أحدهم إلى احتمال حدوث زلزال.", topics)
    assert [hit.level for hit in about] == [Level.ABOUT]
    assert [hit.level for hit in named] == [Level.MENTION]


@pytest.mark.parametrize(
    ("title", "text", "topic", "clause"),
    [
        ("غارات على حلب", f"قصفت طائرات حلب.\n\n{FILLER}", "aleppo", "it stands in the title"),
        ("غارات", "قصفت طائرات حلب.\n\nوفي حلب جرحى.", "aleppo", "first sentence names it"),
        ("جلسة", f"{FILLER}\n\nضيف من حلب.", "aleppo", "the place someone comes from or goes to"),
        ("جلسة", f"{FILLER}\n\nكما في حلب قبل ذلك.", "aleppo", "as a comparison"),
        ("جلسة", f"{FILLER}\n\nوكان ذلك في حلب.", "aleppo", "as background"),
        ("جلسة", f"{FILLER}\n\nأول مطر منذ الهدنة في سوريا.", "syria-ceasefire", "a mark in time"),
        ("جلسة", f"{FILLER}\n\nورحبوا بالهدنة في سوريا.", "syria-ceasefire", "seldom or weakly"),
    ],
)
def test_a_reason_is_what_a_reader_would_say(
    title: str, text: str, topic: str, clause: str
) -> None:
    (hit,) = [hit for hit in match(title, text, TOPICS) if hit.topic == topic]
    assert clause in hit.reason


@pytest.mark.parametrize(
    "text",
    [
        "حلب",
        "من حلب",
        "الهدنة في سوريا",
        "وفي حلب هدنة منذ عام 2016",
        "دعوا إلى هدنة في سوريا",
        "اقرأ أيضا: حريق في حلب",
        "تعبيد شارع حلب",
    ],
)
def test_every_clause_is_said_in_both_languages(text: str) -> None:
    for title in ("", "حلب", "الهدنة في سوريا"):
        for hit in match(title, f"{FILLER}\n\n{text}.\n\n{text}", TOPICS):
            decided = hit.reason.rpartition("because ")[2]
            for clause in decided.split(" and "):
                assert clause in ARABIC


def test_no_clause_is_said_that_does_not_hold() -> None:
    """A find in the title that weighs little is not called one in the title."""
    weak = match("مشهد كما في حلب", f"{FILLER}\n\nكما في حلب.", TOPICS)
    assert [("title" in hit.reason) for hit in weak if hit.topic == "aleppo"] == [False]
    passing = match("محلل: المدينة على طريق حلب", f"{FILLER}\n\nكما في حلب.", TOPICS)
    assert ["title" in hit.reason for hit in passing if hit.topic == "aleppo"] == [False]
    crowd = match("جلسة", f"{FILLER}\n\nحلب.", TOPICS)
    assert ["many" in hit.reason for hit in crowd if hit.topic == "aleppo"] == [False]
