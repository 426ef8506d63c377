"""What a growing card says: one voice for one text, and the facts that were replaced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from loopback.botrules import parse_html

from bot.messages.alerts import render
from bot.messages.growth import reply, voices
from bot.messages.markup import MESSAGE_UNITS, units, visible
from storage.outbox import Card, CardTopic, Printing
from storage.people import Language
from watch.records import Change, Level, Relation

NOW = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)
DAMASCUS = ZoneInfo("Asia/Damascus")
TOLL = Change(before="27", now="30", toll=True)
ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200e\u200f")


def printing(number: int, voice: int = 1, agency: str | None = None) -> Printing:
    return Printing(
        outlet=f"صحيفة {number}",
        url=f"https://paper{number}.example/",
        title="انهيار مبنى",
        first_seen=NOW - timedelta(minutes=30 - number),
        relation=Relation.REPRINT,
        agency=agency,
        voice=voice,
    )


def a_card(*printings: Printing, changes: tuple[Change, ...] = ()) -> Card:
    return Card(
        story=1,
        title="انهيار مبنى قديم في الحي الشرقي",
        text="انهار مبنى قديم فجر اليوم.",
        outlet="صحيفة 1",
        url="https://paper1.example/",
        agency=None,
        published=NOW,
        updated=None,
        first_seen=NOW,
        topics=(CardTopic(topic="aleppo", level=Level.ABOUT),),
        spans=(),
        also=printings[1:],
        printings=printings,
        changes=changes,
        changed_by=printings[-1] if changes else None,
    )


def shown(card: Card, language: Language = "ar") -> str:
    html = render(card, language=language, names={}, now=NOW, zone=DAMASCUS)
    parse_html(html)
    return visible(html).translate(ISOLATES)


def test_wire_copy_is_one_voice_however_many_print_it() -> None:
    copies = [printing(1, agency="AFP"), *(printing(number) for number in range(2, 7))]
    assert voices(copies, "ar") == "بحسب أ ف ب، نشرته 6 مواقع"
    english = voices(copies, "en").translate(ISOLATES)
    assert english == "According to AFP, printed by 6 sites"


def test_one_agency_in_two_wordings_is_one_voice() -> None:
    told = [printing(1, 1, "Reuters"), printing(2, 2, "Reuters")]
    assert voices(told, "ar") == "بحسب رويترز، نشره موقعان"


def test_a_copy_that_credits_the_agency_names_the_voice_of_all() -> None:
    told = [printing(1), printing(2, agency="SANA"), printing(3)]
    assert voices(told, "ar") == "بحسب سانا، نشرته 3 مواقع"


@pytest.mark.parametrize(
    ("number", "arabic", "english"),
    [
        (2, "جهتان مستقلتان", "Two independent sources"),
        (3, "ثلاث جهات مستقلة", "Three independent sources"),
        (8, "ثماني جهات مستقلة", "Eight independent sources"),
        (10, "عشر جهات مستقلة", "Ten independent sources"),
        (11, "11 جهة مستقلة", "11 independent sources"),
    ],
)
def test_independent_sources_are_counted(number: int, arabic: str, english: str) -> None:
    told = [printing(each, voice=each) for each in range(1, number + 1)]
    assert voices(told, "ar") == arabic
    assert voices(told, "en") == english


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (2, "نص واحد، نشره موقعان"),
        (3, "نص واحد، نشرته 3 مواقع"),
        (11, "نص واحد، نشرته 11 موقعًا"),
        (100, "نص واحد، نشرته 100 موقع"),
    ],
)
def test_sites_are_counted_as_arabic_counts(number: int, told: str) -> None:
    assert voices([printing(each) for each in range(1, number + 1)], "ar") == told


def test_copies_beside_independent_reports_are_told_apart() -> None:
    told = [printing(1, agency="AFP"), printing(2), printing(3, voice=3), printing(4)]
    assert voices(told, "ar") == "جهتان مستقلتان، نشرته 4 مواقع"


def test_the_first_outlet_and_the_agency_are_shown_with_times() -> None:
    text = shown(a_card(printing(1), printing(9, agency="AFP")))
    assert "أول من نشره: صحيفة 1 15:01، أ ف ب 15:09" in text
    english = shown(a_card(printing(1), printing(9, agency="AFP")), "en")
    assert "First printed by صحيفة 1 15:01, AFP 15:09" in english


def test_a_single_outlet_has_nothing_to_count() -> None:
    assert "نص واحد" not in shown(a_card(printing(1)))


@pytest.mark.parametrize(
    ("change", "arabic", "english"),
    [
        (TOLL, "الحصيلة: 27 ← 30", "Toll: 27 → 30"),
        (
            Change(before="خمس سنوات", now="خمسة أشهر", toll=False),
            "تصحيح: خمس سنوات ← خمسة أشهر",
            "Correction: خمس سنوات → خمسة أشهر",
        ),
        (
            Change(before="ثلاثة", now="خمسة وعشرين", toll=True),
            "الحصيلة: ثلاثة ← خمسة وعشرين",
            "Toll: 3 → 25",
        ),
        (
            Change(before="مئة", now="ثلاث مئة", toll=True),
            "الحصيلة: مئة ← ثلاث مئة",
            "Toll: 100 → ثلاث مئة",
        ),
        (Change(before="", now="قتيل", toll=True), "الحصيلة: قتيل", "Toll: قتيل"),
        (Change(before="", now="لم", toll=False), "أُضيف «لم»", "“لم” was added"),
        (Change(before="لم", now="", toll=False), "حُذف «لم»", "“لم” was taken out"),
    ],
)
def test_a_replaced_fact_is_said_on_the_card_and_in_the_reply(
    change: Change, arabic: str, english: str
) -> None:
    card = a_card(printing(1), printing(2), changes=(change,))
    assert arabic in shown(card)
    assert english in shown(card, "en")
    told = reply(card, "ar", NOW, DAMASCUS)
    parse_html(told)
    assert arabic in visible(told).translate(ISOLATES)
    assert "صحيفة 2" in told
    assert "https://paper2.example/" in told


def test_hostile_facts_are_markup_nowhere_and_fit() -> None:
    change = Change(before="<b>" * 400, now="&" * 4000, toll=False)
    card = a_card(printing(1), printing(2), changes=(change,) * 3)
    parse_html(reply(card, "ar", NOW, DAMASCUS))
    assert units(shown(card)) <= MESSAGE_UNITS
    assert units(visible(reply(card, "en", NOW, DAMASCUS))) < 800
