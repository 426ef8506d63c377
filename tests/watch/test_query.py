"""Typed lines: what they match, how they are said back, and why some are refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import TOPICS as SHIPPED

from watch.matching import explain, match
from watch.query import ALTERNATIVES, LINE_CHARACTERS, Understood, understand
from watch.records import Level
from watch.topics import Topics
from watch.wording import Refused, Said

GAZETTEER = SHIPPED.gazetteer


def read(line: str) -> Understood:
    said = understand(line, GAZETTEER)
    assert isinstance(said, Understood), said
    return said


def why(line: str) -> Said:
    said = understand(line, GAZETTEER)
    assert isinstance(said, Refused), said
    return said.why


def matches(line: str, text: str, title: str = "") -> bool:
    return bool(match(title, text, Topics([read(line).topic], GAZETTEER)))


@pytest.mark.parametrize(
    ("line", "text", "wanted"),
    [
        ("حلب", "وصلت القافلة إلى حلب.", True),
        ("حلب", "وبحلب مطر.", True),
        ("حلب", "سباق في حلبة جديدة.", False),
        ("مطار الحسكة", "أغلق مطار في الحسكة.", True),
        ("مطار الحسكة", "أغلق مطار في بيروت.", False),
        ("سيول | فيضان", "فيضان يغرق القرية.", True),
        ("سيول أو فيضان", "والسيول قطعت الطريق.", True),
        ("سيول|فيضان قرية", "فيضان في المدينة.", False),
        ("سيول|فيضان قرية", "سيول تغرق القرية.", True),
        ("جسر -بيروت", "افتتح الجسر الجديد.", True),
        ("جسر -بيروت", "افتتح الجسر الجديد في بيروت.", False),
        ('"لجنة التحقيق"', "شكلت لجنة التحقيق أمس.", True),
        ('"لجنة التحقيق"', "لجنة بدأت التحقيق.", False),
        ("«لجنة التحقيق»", "وللجنة مقر. أما لجنة التحقيق فسافرت.", True),
        ('"لجنة التحقيق', "شكلت لجنة التحقيق أمس.", True),
        ("لجنة التحقيق", "لجنة بدأت التحقيق.", True),
        ("@هدنة", "توقفت المعارك بعد وقف فوري لإطلاق النار.", True),
        ("@هدنة في:حلب", "بدأت هدنة في حلب.", True),
        ("@هدنة في:حلب", "بدأت هدنة في صنعاء. وفي حلب مطر.", False),
        ("@هدنه in:aleppo", "بدأت هدنة في عفرين.", True),
        ("قصف في:إدلب", "قصف على سراقب.", True),
        ("قصف في:ادلب", "قصف على حمص.", False),
        ("قصف في:دير الزور", "قصف طال دير الزور.", True),
        ("دير الزور", "دير قديم، وشهادة الزور جريمة.", False),
        ("قصف في:إدلب -@هدنة", "قصف على إدلب رغم الهدنة.", False),
        ("في:إدلب | في:حماة", "حريق في حماة.", True),
        ("قمة ٢٠٢٦", "قمة العام 2026 تبدأ غدا.", True),
        ("الحرب في أوكرانيا", "الحرب على حدود أوكرانيا.", True),
        ("ceasefire talks", "The ceasefire talks began.", True),
        ("مـــطـــر", "مَطَر غزير.", True),
        ("جسر - بيروت", "جسر في بيروت.", False),
        ("جسر بدون بيروت", "جسر في بيروت.", False),
        ("جسر من دون بيروت", "جسر في صيدا.", True),
        ("جسر ليس بيروت", "جسر في بيروت.", False),
        ("جسر NOT بيروت", "جسر في بيروت.", False),
        ("جسر -بيروت أو صيدا", "جسر في صيدا.", False),
        ("'لجنة التحقيق'", "لجنة بدأت التحقيق.", False),
        ("‘لجنة التحقيق’", "شكلت لجنة التحقيق أمس.", True),
        ("قصف،نزوح", "نزوح بعد القصف.", True),
        ("قصف/نزوح", "نزوح بعد القصف.", True),
        ("(قصف | حريق) نزوح", "حريق ونزوح.", True),
        ("نزوح وحلب", "نزوح من حلب.", True),
        ("نزوح بالرقة", "نزوح إلى الرقة.", True),
        ("نزوح والقصف", "نزوح بعد القصف.", True),
        ("وزير", "زير الماء.", False),
        ("نزوح سوريا", "نزوح في شمال سورية.", True),
        ("نزوح -سوريا", "نزوح في شمال سورية.", False),
        ("نزوح Aleppo", "نزوح من حلب.", True),
        ("Damascus", "أمطار دمشق.", True),
        ("زلزال", "إن زلزالا ضرب الساحل.", True),
        ("زلزال قوي", "ضرب زلزالًا القوي.", True),
        ("درع", "مدينة درعا.", False),
        ("الأمم المتحدة", "أمم أفريقيا والإمارات العربية المتحدة.", False),
        ("قرار مجلس الأمن", "قرار من مجلس الأمن.", True),
        ("@ هدنة في：حلب", "بدأت هدنة في صنعاء. وفي حلب مطر.", False),
        ("@هدنة (في:حلب | في:إدلب)", "هدنة في إدلب.", True),
        ("@هدنة في:حلب أو إدلب", "هدنة في سراقب.", True),
        ("@هدنة في حلب", "بدأت هدنة في صنعاء. وفي حلب مطر.", False),
        ("وقف إطلاق النار في حلب", "دخلت هدنة في حلب يومها الثاني.", True),
        ("وقف إطلاق النار في حلب", "دخلت هدنة في صنعاء. وفي حلب مطر.", False),
        ("وقف إطلاق النار", "وقف فوري لإطلاق النار.", True),
        ("وقف إطلاق النار", "وقف قرب النار بعد إطلاق الصفارة.", False),
        ("@هدنة في:عفرين", "هدنة في عفرين.", True),
        ("@هدنة في:عفرين", "هدنة في منبج.", False),
        ("في:عفرين", "مطر على حلب.", False),
        ("حصبة في السودان", "الحصبة تنتشر بين أطفال ولاية سودانية.", True),
        ("حصبة في السودان", "الحصبة تنتشر في كينيا.", False),
        ("measles in Sudan", "Measles cases rise in Khartoum.", True),
        ("العملة التركية | العملة السورية", "تراجعت العملة التركية.", True),
        ("العملة التركية | العملة السورية", "تراجعت العملة السورية.", True),
        ("العملة التركية | العملة السورية", "تراجعت العملة المصرية.", False),
        ("عملة أوروبا | عملة آسيا | عملة أفريقيا", "عملة أفريقيا الموحدة.", True),
        ("حصاد في حماة | حصاد في حمص", "بدأ الحصاد في ريف حمص.", True),
        ("صيادون", "عاد الصيادين سالمين.", True),
        ("صيادين مفقودين", "البحث عن الصيادين المفقودين.", True),
        ("مفقودين", "المفقودون سبعة.", True),
        ("حسين", "قال حسون إن المعرض ناجح.", False),
        ("اليونيسف", "حذرت يونيسيف من سوء التغذية.", True),
        ("يونيسف لقاح", "وصل اللقاح مع اليونيسف.", True),
        ("اليونيسف", "أدرجت اليونسكو القلعة.", False),
        ("أطباء بلا حدود", "أطباء في قرية بلا ماء على حدود البلاد.", False),
        ("حصاد في حماة | حصاد في حمص", "بدأ الحصاد في الجزائر.", False),
    ],
)
def test_what_a_line_matches(line: str, text: str, wanted: bool) -> None:
    assert matches(line, text) is wanted


@pytest.mark.parametrize(
    ("line", "ar", "en"),
    [
        ("", "لا كلمة", "no word"),
        ("🙂 || !!", "لا كلمة", "no word"),
        ('"', "لا كلمة", "no word"),
        ("-حلب -حمص", "يستبعد", "only excludes"),
        ("في من", "في كل مقال", "nearly every article"),
        ("في -حلب", "في كل مقال", "nearly every article"),
        ("هدنة | في", "في كل مقال", "nearly every article"),
        ("في | هدنة", "في كل مقال", "nearly every article"),
        ("هدنة -في", "في كل مقال", "nearly every article"),
        ("ا", "في كل مقال", "nearly every article"),
        ("حلب -حلب", "فلا يطابقه شيء", "nothing matches"),
        ("حلب -في:سوريا", "فلا يطابقه شيء", "nothing matches"),
        ("سوريا -سورية", "فلا يطابقه شيء", "nothing matches"),
        ("هدنة -@هدنة", "فلا يطابقه شيء", "nothing matches"),
        ("بدون هدنة", "يستبعد", "only excludes"),
        ("في:حماس", "لا مكان", "no place"),
        ("@كرة", "لا مفهوم", "no concept"),
        ("في:أتلانتس", "لا مكان", "no place"),
        ("كلمة " * (ALTERNATIVES + 1), "أكثر من 500", "more than 500"),
        ("م" * (LINE_CHARACTERS + 1), "10,000", "10,000"),
        (f'"{"كلمة " * 21}"', "أطول من 20", "more than 20"),
        ("ا(" * 4_999, "أكثر من 500", "more than 500"),
    ],
)
def test_why_a_line_is_refused(line: str, ar: str, en: str) -> None:
    said = why(line)
    assert ar in said.ar
    assert en in said.en
    assert len(said.ar) < 300


def test_a_line_is_said_back_in_both_languages() -> None:
    said = read("هدنة | تهدئة في:حلب -لبنان").said
    assert said.ar == "كل مقال يرد فيه («هدنة» أو «تهدئة») ومكان: حلب وما فيها، ولا يرد فيه «لبنان»"
    assert '"هدنة" or "تهدئة"' in said.en
    assert 'not "لبنان"' in said.en


def test_a_name_spelt_nearly_so_is_said_as_it_was_understood() -> None:
    assert "اللاذقية" in read("في:اللادقية").said.ar
    assert "وقف إطلاق النار" in read('@"وقف اطلق النار"').said.ar
    assert read("@وقف إطلاق النار في:سوريا").topic.match.place == "syria"
    assert read("@ceasefires").topic.match.concept == "ceasefire"
    assert read("@cessefire").topic.match.concept == "ceasefire"


def test_a_word_without_end_is_said_in_short() -> None:
    said = read("ه" * 9_000).said
    assert len(said.ar) < 200
    assert "…" in said.en


def test_many_alternatives_are_said_by_their_number() -> None:
    words = [f"كلمة{chr(0x0628 + n % 8)}{chr(0x0633 + n // 8)}" for n in range(30)]
    said = read(" | ".join(words)).said
    assert "غيرها" in said.ar
    assert "more" in said.en


def test_five_hundred_alternatives_are_taken() -> None:
    line = "|".join(f"{a}{b}{c}" for a in "بتثجحخدر" for b in "سشصضطظعغ" for c in "فقكلمنهي")
    line = "|".join(line.split("|")[:ALTERNATIVES])
    assert len(line) <= LINE_CHARACTERS
    assert matches(line, "قال بسف شيئا.")
    assert not matches(line, "قال شيئا آخر.")


def levels(line: str, title: str, text: str) -> str:
    hits = match(title, text, Topics([read(line).topic], GAZETTEER))
    return hits[0].level if hits else "none"


def test_words_asked_for_together_that_stand_far_apart_are_a_mention() -> None:
    text = (
        "قال الوزير إن المصنع سيبدأ العمل في الربيع بعد تأخر دام سنتين. وجرى اللقاء على جسر قديم."
    )
    assert levels("حريق جسر", "حريق يلتهم مصنعا للنسيج", text) == Level.MENTION
    assert levels("حريق جسر", "حريق على جسر قديم", text) == Level.ABOUT
    (hit,) = match("حريق يلتهم مصنعا", text, Topics([read("حريق جسر").topic], GAZETTEER))
    assert hit.reason.endswith("a mention, because its words stand far apart")
    other = "سلوى تفوز بالسباق وتهدي فوزها إلى قرية درويش"
    assert levels("سلوى درويش", other, "قالت العداءة إنها سعيدة.") == Level.MENTION


def test_words_of_one_name_count_once_and_alone_only_after_the_lead_has_them_together() -> None:
    late = (
        "افتتح المعرض أبوابه.\n\nوكتب عنه ناقدان.\n\nوبين الزوار الرسامة سلوى درويش.\n\nوأغلق مساء."
    )
    assert levels("سلوى درويش", "معرض جديد", late) == Level.MENTION
    led = "فازت سلوى درويش بالجائزة.\n\nوقالت درويش إنها سعيدة.\n\nوترسم درويش منذ الطفولة."
    assert levels("سلوى درويش", "جائزة الرسم تعلن", led) == Level.ABOUT
    (hit,) = match("جائزة", led, Topics([read("سلوى درويش").topic], GAZETTEER))
    assert set(hit.matched) == {"سلوى", "درويش"}


def test_a_line_has_levels_and_reasons_as_any_topic() -> None:
    topic = read("حريق السوق").topic
    topics = Topics([topic], GAZETTEER)
    (hit,) = match("حريق في سوق قديم", "اندلع حريق في السوق فجرا وأتى على متاجر السوق.", topics)
    assert hit.level is Level.ABOUT
    assert "حريق" in hit.matched
    said = explain("حريق في سوق", "لا شيء.", topic, topics)
    assert said.rule == "(ال)حريق | حريقاً, السوق"
    said = explain("سباق في الصحراء", "لا شيء.", topic, topics)
    assert said.level is None


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='حلب هدنة|-"«»@في:او أ1٢ a\u200f()*.\n', max_size=60))
def test_whatever_is_typed_is_understood_or_refused(line: str) -> None:
    said = understand(line, GAZETTEER)
    if isinstance(said, Understood):
        match("حلب", "هدنة في حلب.", Topics([said.topic], GAZETTEER))
        assert said.said.ar
    else:
        assert said.why.ar
        assert said.why.en


@pytest.mark.parametrize("line", ["تدمر", "في تدمر", "في:تدمر", "تدمر -حريق"])
def test_an_everyday_word_alone_is_said_and_heard_as_the_place(line: str) -> None:
    said = read(line).said
    assert "«تدمر» اسما لمكان في حمص" in said.ar
    assert '"تدمر" as the name of a place in حمص' in said.en
    assert matches(line, "سرقت قطع من متحف تدمر.")
    assert not matches(line, "رياح تدمر خياما في الساحل.")


def test_beside_other_words_it_is_a_word() -> None:
    assert "اسما لمكان" not in read("تدمر خيام").said.ar
    assert matches("تدمر خيام", "رياح تدمر خيام النازحين.")
