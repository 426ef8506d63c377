"""Alerts, held to golden files, and whatever hostile text may be in them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback.botrules import parse_html

from bot.messages.alerts import render
from bot.messages.markup import clean, plain, units, visible
from bot.messages.passage import passage
from bot.texts.replies import ARABIC
from storage.outbox import Card, CardTopic, Printing
from storage.people import Language
from watch.records import Level, Relation, Span

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 5, 12, 11, tzinfo=UTC)
DAMASCUS = ZoneInfo("Asia/Damascus")
NAMES = MappingProxyType(
    {
        "ar": {"aleppo": "حلب", "syria-ceasefire": "وقف إطلاق النار في سوريا"},
        "en": {"aleppo": "Aleppo", "syria-ceasefire": "Ceasefire in Syria"},
    }
)
TEXT = (
    "أعلنت مديرية الآثار أن ترميم السوق القديم بلغ مرحلته الأخيرة.\n\n"
    "وقال المهندس سامر العلي إن العمل في أسواق حلب المسقوفة سينتهي قبل الصيف، وإن أصحاب المحال "
    "سيعودون إليها تباعا بعد تمديد الكهرباء.\n\n"
    "وتعود السوق إلى القرن الرابع عشر."
)
AT = TEXT.index("حلب")


def a_card(**changed: Any) -> Card:
    card = Card(
        story=1,
        title="ترميم سوق المدينة يدخل مرحلته الأخيرة",
        text=TEXT,
        outlet="جريدة الضفة",
        url="https://paper.example/news/1?a=1&b=2",
        agency=None,
        published=NOW - timedelta(minutes=11),
        updated=None,
        first_seen=NOW,
        topics=(CardTopic(topic="aleppo", level=Level.ABOUT),),
        spans=(Span("text", AT, AT + 3),),
        also=(),
    )
    return replace(card, **changed)


def a_printing(number: int, outlet: str = "") -> Printing:
    return Printing(
        outlet=outlet or f"صحيفة {number}",
        url=f"https://other{number}.example/",
        title="ترميم سوق المدينة",
        first_seen=NOW,
        relation=Relation.REPRINT,
    )


def shown(card: Card, language: Language = "ar", **options: Any) -> str:
    return render(card, language=language, names=NAMES[language], now=NOW, zone=DAMASCUS, **options)


CASES: dict[str, tuple[Card, Language, bool]] = {
    "plain_ar": (a_card(), "ar", False),
    "plain_en": (a_card(), "en", False),
    "agency_and_update_ar": (
        a_card(agency="AFP", updated=NOW - timedelta(minutes=2)),
        "ar",
        False,
    ),
    "reprints_ar": (a_card(also=(a_printing(1), a_printing(2, "Coast Daily"))), "ar", False),
    "many_reprints_en": (a_card(also=tuple(a_printing(n) for n in range(1, 9))), "en", False),
    "two_topics_ar": (
        a_card(
            topics=(
                CardTopic(topic="syria-ceasefire", level=Level.MENTION),
                CardTopic(topic="aleppo", level=Level.ABOUT),
            )
        ),
        "ar",
        False,
    ),
    "follow_up_ar": (a_card(), "ar", True),
    "date_only_ar": (a_card(published=date(2016, 2, 19)), "ar", False),
    "no_date_en": (a_card(published=None), "en", False),
    "markup_in_title_ar": (a_card(title='كتاب <b>"المدن"</b> & خرائط: س < ص'), "ar", False),
    "latin_title_ar": (a_card(title="Old market reopens", outlet="Coast Daily"), "ar", False),
    "no_text_ar": (a_card(text="", spans=()), "ar", False),
}


@pytest.mark.parametrize("name", CASES)
def test_an_alert_reads_as_its_golden_file(name: str) -> None:
    card, language, follow_up = CASES[name]
    html = shown(card, language, follow_up=follow_up)
    parse_html(html)
    assert html + "\n" == (GOLDEN / f"{name}.html").read_text()


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "الآن"),
        (1, "قبل دقيقة"),
        (2, "قبل دقيقتين"),
        (3, "قبل 3 دقائق"),
        (10, "قبل 10 دقائق"),
        (11, "قبل 11 دقيقة"),
        (60, "قبل ساعة"),
        (120, "قبل ساعتين"),
        (5 * 60, "قبل 5 ساعات"),
        (23 * 60, "قبل 23 ساعة"),
        (24 * 60, "قبل يوم"),
        (2 * 24 * 60, "قبل يومين"),
        (6 * 24 * 60, "قبل 6 أيام"),
    ],
)
def test_arabic_counts_minutes_as_arabic_does(minutes: int, told: str) -> None:
    alert = shown(a_card(published=NOW - timedelta(minutes=minutes)))
    assert f"بتوقيت دمشق، {told}\n" in alert


@pytest.mark.parametrize(
    ("minutes", "told"), [(1, "a minute ago"), (2, "2 minutes ago"), (61, "an hour ago")]
)
def test_english_counts_minutes(minutes: int, told: str) -> None:
    assert told in shown(a_card(published=NOW - timedelta(minutes=minutes)), "en")


@pytest.mark.parametrize(
    ("number", "told"),
    [(6, "، وفي موقع آخر"), (7, "وفي موقعين آخرين"), (9, "وفي 4 مواقع أخرى"), (20, "15 موقعًا آخر")],
)
def test_arabic_counts_further_outlets(number: int, told: str) -> None:
    assert told in shown(a_card(also=tuple(a_printing(n) for n in range(number))))


def test_counts_beyond_a_hundred_follow_their_last_two_digits() -> None:
    told = [ARABIC.days.counted(number) for number in (100, 101, 103, 111, 202)]
    assert told == ["100 يوم", "101 يوم", "103 أيام", "111 يومًا", "202 يوم"]


def test_the_hour_is_that_of_damascus_whatever_zone_the_page_used() -> None:
    page = datetime(2026, 3, 5, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    assert "15:00 بتوقيت دمشق، قبل 11 دقيقة" in shown(a_card(published=page))
    yesterday = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)  # past midnight in Damascus
    assert "\u2069 · 01:30 بتوقيت دمشق" in shown(a_card(published=yesterday))
    before = datetime(2026, 3, 4, 20, 30, tzinfo=UTC)
    assert "4 آذار، 23:30 بتوقيت دمشق، قبل 15 ساعة" in shown(a_card(published=before))


def test_a_time_that_lies_ahead_has_no_age() -> None:
    alert = shown(a_card(published=NOW + timedelta(hours=3)))
    assert "18:11 بتوقيت دمشق\n" in alert


def test_an_old_date_names_its_year_and_an_old_hour_no_age() -> None:
    old = datetime(2025, 12, 31, 9, 0, tzinfo=UTC)
    assert "31 كانون الأول 2025، 12:00 بتوقيت دمشق\n" in shown(a_card(published=old))


def test_the_passage_is_the_paragraph_of_the_first_match() -> None:
    markup = passage("عنوان", TEXT, (Span("text", AT, AT + 3),), 280)
    assert visible(markup).startswith("\u200f\u2067وقال المهندس")
    assert "أسواق <b>حلب</b> المسقوفة" in markup


def test_without_a_match_in_the_text_the_passage_is_its_beginning() -> None:
    markup = passage("عنوان", TEXT, (Span("title", 0, 3),), 280)
    assert "أعلنت مديرية الآثار" in markup
    assert "<b>" not in markup


def test_a_paragraph_that_repeats_the_title_is_passed_over() -> None:
    text = "ترميم سوق حلب\n\nبدأ الترميم في حلب أمس."
    spans = tuple(Span("text", at, at + 3) for at in (10, text.rindex("حلب")))
    assert visible(passage("ترميم سوق حلب", text, spans, 280)) == (
        "\u200f\u2067بدأ الترميم في حلب أمس.\u2069"
    )
    assert passage("ترميم سوق حلب", "ترميم سوق حلب", (), 280) == ""


def test_a_long_paragraph_is_cut_between_words_around_the_match() -> None:
    text = "كلمة " * 200 + "في حلب القديمة " + "تتمة " * 200
    at = text.index("حلب")
    markup = passage("", text, (Span("text", at, at + 3),), 200)
    told = visible(markup).strip("\u200f\u2067\u2069")
    assert "<b>حلب</b>" in markup
    assert told.startswith("…كلمة ")
    assert told.endswith(" تتمة…")
    assert len(told) <= 202


def test_matches_that_touch_or_overlap_are_one_bold_piece() -> None:
    text = "وقف إطلاق النار في حلب وريفها"
    spans = (Span("text", 4, 15), Span("text", 0, 10), Span("text", 19, 22), Span("text", 19, 22))
    markup = passage("", text, spans, 280)
    assert "<b>وقف إطلاق النار</b> في <b>حلب</b>" in markup


def test_a_title_of_3000_characters_is_whole_and_the_message_fits() -> None:
    title = ("خبر طويل جدا " * 300)[:3000].strip()
    text, _ = parse_html(shown(a_card(title=title)))
    assert title in text
    assert units(text) <= 4096


@pytest.mark.parametrize("letter", ["ن", "🕌", "&", "<", "\u202e", "\u2067", "َ", "\u0000"])
def test_any_title_fits_one_message(letter: str) -> None:
    also = tuple(a_printing(n, "اسم طويل " * 60) for n in range(30))
    for length in (1, 3000, 4096, 9000):
        card = a_card(title=letter * length, outlet=letter * 500, also=also, agency=letter * 300)
        text, _ = parse_html(shown(card))
        assert units(text) <= 4096


@pytest.mark.parametrize(
    "title", ["نص \u2067مفتوح", "نص مغلق\u2069 قبل أن يفتح", "\u202eمقلوب", "\u2066a\u2069\u2069"]
)
def test_direction_marks_do_not_reach_beyond_the_title(title: str) -> None:
    text, _ = parse_html(shown(a_card(title=title)))
    assert balanced(text)
    assert "\u202e" not in text


def test_balanced_isolates_stay_as_printed() -> None:
    title = "شركة \u2066ACME\u2069 تفتح فرعا"
    assert title in shown(a_card(title=title))


def test_many_topics_fit() -> None:
    topics = tuple(CardTopic(topic=f"topic-{n}-" + "x" * 150, level=Level.ABOUT) for n in range(99))
    text, _ = parse_html(shown(a_card(topics=topics)))
    assert units(text) <= 4096


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    assert "href" not in shown(a_card(url="javascript:alert(1)"))
    quoted = shown(a_card(url='https://paper.example/a"b<c>'))
    assert parse_html(quoted)[1][-1].url == 'https://paper.example/a"b<c>'


def test_an_ordinary_alert_is_short_enough_not_to_be_dear() -> None:
    long = a_card(text=TEXT.replace("وقال", "وقال " + "كلاما كثيرا " * 100))
    assert units(visible(shown(long))) <= 600


def test_plain_writes_addresses_out() -> None:
    text = plain(shown(a_card()))
    assert "اقرأ الخبر https://paper.example/news/1?a=1&b=2" in text
    assert "<" not in text


def balanced(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += letter in "\u2066\u2067\u2068"
        depth -= letter == "\u2069"
        if depth < 0:
            return False
    return depth == 0


HOSTILE = st.text(st.characters(), max_size=400) | st.text(
    st.sampled_from("<>&\"';bحلب \n\u2066\u2067\u2068\u2069\u202a\u202e\u200f🕌\ud800\x00\x1b"),
    max_size=400,
)


@given(
    title=HOSTILE,
    body=HOSTILE,
    outlet=HOSTILE,
    url=HOSTILE,
    spans=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_printed_telegram_can_parse_it(
    title: str, body: str, outlet: str, url: str, spans: list[tuple[int, int]]
) -> None:
    marked = tuple(Span("text", start, start + length) for start, length in spans)
    card = a_card(title=title, text=body, outlet=outlet, url=url, spans=marked, agency=outlet)
    text, _ = parse_html(shown(card))
    text.encode()  # no half surrogates
    assert units(text) <= 4096
    assert balanced(text)
    assert not any(unicodedata.category(letter) == "Cc" for letter in text.replace("\n", ""))
    if clean(title):
        assert clean(title) in text
