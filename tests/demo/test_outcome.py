"""The demo's last table tells what is wrong, so that an exit status of 0 means something."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from munadi.demo.cast import Outlet, Piece, outlets
from munadi.demo.outcome import Outcome, outcomes
from munadi.demo.play import EDITS, Ended, show
from storage.ledger import Entry, Kept
from watch.records import Level, Relation

NOW = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
ABOUT = Kept(topic="aleppo", level=Level.ABOUT, reason="named in the title")


def convoy() -> tuple[Outlet, Piece]:
    outlet = next(outlet for outlet in outlets(NOW) if outlet.id == "qindil")
    piece = next(piece for piece in outlet.pieces if piece.key == "convoy")
    return replace(outlet, pieces=(piece,)), piece


def entry(**changes: object) -> Entry:
    outlet, piece = convoy()
    made = Entry(
        article=7,
        story=3,
        relation=Relation.NEW,
        outlet=outlet.name,
        url="http://127.0.0.1:1/news/2235/x",
        title=piece.versions[0].title,
        published=NOW - timedelta(hours=1),
        first_seen=NOW,
        alerts=True,
        versions=1,
        hits=(ABOUT,),
        alerted=1,
        edited=0,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def judged(*entries: Entry, unreadable: dict[str, str] | None = None) -> Outcome:
    outlet, _ = convoy()
    (outcome,) = outcomes([outlet], entries, unreadable or {})
    return outcome


def test_an_article_that_came_out_as_it_must_is_right() -> None:
    outcome = judged(entry())
    assert (outcome.fate, outcome.wrong) == ("alert", "")
    assert "named in the title" in outcome.why


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        ({"alerted": 0}, "not told"),
        ({"alerts": False, "alerted": 0}, "archive"),
        ({"alerts": False, "alerted": 0, "published": NOW - timedelta(days=900)}, "old"),
        ({"alerts": False, "alerted": 0, "published": None}, "archive"),
        ({"hits": (), "alerted": 0}, "no topic"),
        ({"hits": (replace(ABOUT, level=Level.MENTION),), "alerted": 0}, "mention"),
        ({"relation": Relation.REPRINT, "alerted": 0}, "joins convoy"),
        ({"versions": 2, "edited": 1}, "alert, then an update"),
    ],
)
def test_any_other_fate_is_named_and_wrong(changes: dict[str, object], fate: str) -> None:
    outcome = judged(entry(**changes))
    assert outcome.fate == fate
    assert outcome.wrong == "expected: alert"


def test_the_right_fate_for_the_wrong_topic_is_wrong() -> None:
    outcome = judged(entry(hits=(replace(ABOUT, topic="syria-ceasefire"),)))
    assert "expected topics" in outcome.wrong


def test_an_article_recorded_twice_or_never_is_wrong() -> None:
    assert judged(entry(), entry(article=8)).wrong == "expected: alert"
    assert judged().fate == "never read"
    assert judged(unreadable={"qindil": "no-body"}).fate == "unreadable"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, 0),
        ({"alerts": 2}, 1),
        ({"edits": EDITS + 1}, 1),
        ({"strangers": 1}, 1),
        ({"refused": 0}, 1),
        ({"unchanged": 0}, 1),
        ({"outcomes": [replace(judged(entry()), wrong="expected: old")]}, 1),
    ],
)
def test_the_sums_are_checked_too(changes: dict[str, object], wrong: int) -> None:
    right = Ended(
        outcomes=[judged(entry())],
        alerts=1,
        edits=EDITS,
        asked=40,
        unchanged=5,
        strangers=0,
        refused=1,
    )
    console = Console(record=True, width=160, file=io.StringIO())
    assert show(console, replace(right, **changes)) == wrong  # type: ignore[arg-type]
    said = console.export_text()
    assert ("all as it must be" in said) is (wrong == 0)
