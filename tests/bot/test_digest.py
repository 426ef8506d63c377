"""Summaries and live cards, held to golden files, and whatever a title may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback.botrules import parse_html

from bot.messages.alerts import render
from bot.messages.digest import pages
from bot.messages.markup import units, visible
from storage.outbox import Card, CardTopic, Gathering, Printing
from storage.people import Language
from storage.summaries import LISTED, Summary, Told
from watch.records import Change, Level, Relation

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 6, 4, 0, tzinfo=UTC)
NIGHT = NOW - timedelta(hours=3)
NAMES = MappingProxyType(
    {
        "ar": {"aleppo": "حلب", "homs": "حمص"},
        "en": {"aleppo": "Aleppo", "homs": "Homs"},
    }
)
ALEPPO = CardTopic(topic="aleppo", level=Level.ABOUT)


def a_card(story: int, title: str, **changed: Any) -> Card:
    card = Card(
        story=story,
        title=title,
        text="",
        outlet="جريدة الضفة",
        url=f"https://paper.example/{story}",
        agency=None,
        published=None,
        updated=None,
        first_seen=NIGHT + timedelta(minutes=story),
        topics=(ALEPPO,),
        spans=(),
        also=(),
    )
    return replace(card, **changed)


def a_printing(number: int) -> Printing:
    return Printing(
        outlet=f"صحيفة {number}",
        url="https://other.example/",
        title="",
        first_seen=NIGHT,
        relation=Relation.REPRINT,
    )


def told(card: Card, follows: int | None = None, *, changed: bool = False) -> Told:
    return Told(card=card, follows=follows, changed=changed)


def a_summary(*stories: Told, language: Language = "ar", **changed: Any) -> Summary:
    summary = Summary(
        chat_id=1,
        chat_kind="private",
        language=language,
        zone=ZoneInfo("Asia/Damascus"),
        why="quiet",
        stories=stories,
        more=0,
    )
    return replace(summary, **changed)


NIGHTS = (
    told(a_card(1, "افتتاح جسر المشاة فوق قويق", printings=(a_printing(1), a_printing(2)))),
    told(a_card(2, "Bridge reopens in the old city", outlet="Coast Daily")),
    told(
        a_card(
            3,
            "انهيار مبنى في حي السكري",
            first_seen=NOW - timedelta(hours=20),
            changes=(Change(before="3", now="5", toll=True),),
        ),
        changed=True,
    ),
    told(a_card(4, "مهندسون يفحصون الجسر بعد افتتاحه"), follows=1),
    told(a_card(5, "مهرجان القراءة", topics=(CardTopic(topic="homs", level=Level.MENTION),))),
    told(
        a_card(
            6,
            "عودة القطار",
            topics=(CardTopic(topic="watch-3", level=Level.ABOUT, name="قطار -مترو"),),
        )
    ),
)
CASES = {
    "night_ar": a_summary(*NIGHTS),
    "night_en": a_summary(*NIGHTS, language="en", zone=ZoneInfo("Europe/Berlin")),
    "digest_ar": a_summary(NIGHTS[0], why="digest"),
    "catch_up_ar": a_summary(*NIGHTS[:2], why="late", more=112),
    "catch_up_en": a_summary(*NIGHTS[:2], why="late", more=112, language="en"),
    "limit_ar": a_summary(*NIGHTS[:2], why="limit"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_summary_reads_as_its_golden_file(name: str) -> None:
    summary = CASES[name]
    (page,) = pages(summary, NAMES[summary.language], NOW)
    parse_html(page)
    assert page + "\n" == (GOLDEN / f"summary_{name}.html").read_text()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_live_card_reads_as_its_golden_file(language: Language) -> None:
    gathering = Gathering(
        until=NOW, zone=ZoneInfo("Asia/Damascus"), titles=("عودة القطار", "Bridge <b>"), more=3
    )
    shown = render(
        a_card(1, "افتتاح جسر المشاة"),
        language=language,
        names=NAMES[language],
        now=NOW,
        zone=gathering.zone,
        gathering=gathering,
    )
    parse_html(shown)
    assert shown + "\n" == (GOLDEN / f"live_card_{language}.html").read_text()


def test_a_long_night_goes_on_in_a_second_message_and_names_every_story_once() -> None:
    stories = [told(a_card(n, f"خبر رقم {n} " + "طويل " * 30)) for n in range(1, LISTED + 1)]
    made = pages(a_summary(*stories, more=60), NAMES["ar"], NOW)
    assert len(made) == 2
    text = "\n".join(visible(page) for page in made)
    assert "100 خبر" in text
    assert "تتمة الموجز" in made[1]
    assert all(text.count(f"خبر رقم {n} ") == 1 for n in range(1, LISTED + 1))


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.text(), st.text(), st.integers(1, 9)), min_size=1, max_size=LISTED),
    st.sampled_from(["ar", "en"]),
)
def test_whatever_titles_hold_every_page_is_one_that_telegram_takes(
    stories: list[tuple[str, str, int]], language: Language
) -> None:
    held = [
        told(a_card(n, title, outlet=outlet), follows=follows if follows < n else None)
        for n, (title, outlet, follows) in enumerate(stories, 1)
    ]
    made = pages(a_summary(*held, language=language), NAMES[language], NOW)
    for page in made:
        parse_html(page)
        assert units(visible(page)) <= 4096
    assert sum(page.count("\n\u200f• ") + page.count("\n\u200f↳ ") for page in made) + sum(
        page.count("\n\u200e• ") + page.count("\n\u200e↳ ") for page in made
    ) == len(held)
