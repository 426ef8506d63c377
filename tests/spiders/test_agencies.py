"""Which wire an article credits."""

from __future__ import annotations

import pytest

from spiders.reading import agencies

CREDITS = {
    "ا ف ب": "AFP",
    "أ ف ب": "AFP",
    "أ.ف.ب": "AFP",
    "(أ ف ب)": "AFP",
    "فرانس برس": "AFP",
    "رويترز": "Reuters",
    "المصدر: رويترز": "Reuters",
    "المصدر : رويترز": "Reuters",
    "المصدر: RT + رويترز": "Reuters",
    "المصدر: الجزيرة + الفرنسية": "AFP",
    "المصدر: أ ب": "AP",
    "د ب أ": "DPA",
    "سانا": "SANA",
    "وكالة الأناضول": "AA",
    "المصدر: سبوتنيك": "Sputnik",
    "المصدر: نوفوستي + سبوتنيك": "RIA Novosti",
    "نقلا عن وكالة شينخوا": "Xinhua",
    "المصدر: وكالات": None,
    "وكالات": None,
    "المصدر: الجزيرة + وكالات": None,
    "عن رويترز": "Reuters",
    "عن صحيفة الغد": None,
    "ع.ج/ح.ز (د ب أ، أ ف ب)": "DPA",
    "ز.أ.ب/ع.ش (أ.ف.ب)": "AFP",
    "--(بترا) س ع/ ر ق": "Petra",
    "(النهاية) م د / ا ب خ": None,
}
NO_CREDITS = [
    "وقالت رويترز إن الاجتماع تأجل",
    "28 آب",
    "قال مصدر في الشرطة",
    "",
    "—",
    "تاسع أيام العيد",
    "عندما وصل الفريق كان الباب مغلقا.",
    "عناصر الإطفاء وصلوا بعد دقائق.",
    "عن عمر يناهز الثمانين رحل أمس عازف العود حمدي الوزان.",
    "المصدر قال إن الاجتماع سيعقد غدا.",
    "المصادر الطبية نفت ذلك.",
]
STARTS = {
    "دمشق-سانا التقى الوزير وفدا زراعيا": "SANA",
    "أنقرة/ الأناضول": "AA",
    "القدس/ سامر خليل/ الأناضول قال مسؤول": "AA",
    "واشنطن (رويترز) - قال مسؤولون": "Reuters",
    "(أ ف ب) - أعلن الجيش": "AFP",
    "بيروت - (أ ف ب)": "AFP",
    "رويترز - قال مسؤول": "Reuters",
    "فرانس24/ أ ف ب": "AFP",
    "وطنية - صيدا - عثر عمال البلدية": "NNA",
    "صنعاء – سبأ : أكد الوزير": "SABA",
    "موسكو- سبوتنيك. أعلنت الوزارة": "Sputnik",
    "وكالات – سياسة – الرأي –": None,
    "واشنطن - العرب اليوم": None,
    "دبي، الإمارات (CNN)-- قال مسؤول": None,
    "الأربعاء، 28 آب/أغسطس 2013": None,
    "أعلن الجيش في بيان نقلته رويترز - أنه": None,
}
ENDS = {
    "وانتهى الاجتماع دون بيان. (أ ف ب)": "AFP",
    "وانتهى الاجتماع دون بيان --(بترا)": "Petra",
    "كما قال (رويترز، أ ف ب)": "Reuters",
    "كما قال الوزير (يسار)": None,
    "كما قالت رويترز.": None,
}


@pytest.mark.parametrize("line", CREDITS)
def test_credit_lines(line: str) -> None:
    assert agencies.credit(line) == (True, CREDITS[line])


@pytest.mark.parametrize("line", NO_CREDITS)
def test_lines_that_credit_nobody(line: str) -> None:
    assert agencies.credit(line) == (False, None)


@pytest.mark.parametrize("text", STARTS)
def test_first_words(text: str) -> None:
    assert agencies.at_start(text) == STARTS[text]


@pytest.mark.parametrize("text", ENDS)
def test_brackets_at_the_end(text: str) -> None:
    assert agencies.at_end(text) == ENDS[text]


def test_a_wire_as_author() -> None:
    assert agencies.author("أ ف ب") == "AFP"
    assert agencies.author("ليلى حداد") is None


def test_a_line_above_the_text_names_a_wire_but_not_by_a_word_that_means_more() -> None:
    assert agencies.named_alone("رويترز") == "Reuters"
    assert agencies.named_alone("وفا") is None
    assert agencies.named_alone("المصدر: وفا") == "WAFA"


def test_credits_of_pictures() -> None:
    assert agencies.photo_credit("سوق المدينة / Reuters")
    assert agencies.photo_credit("سوق المدينة (رويترز)")
    assert not agencies.photo_credit("سوق المدينة القديمة")
