"""`munadi story`: who told a story when, what changed in it, and the latest stories."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from newsroom import NOON, Newsroom, a_hit, a_verdict
from typer.testing import CliRunner

from munadi.cli import app
from munadi.storyreports import differences
from storage.errors import StoreError
from storage.histories import Version
from storage.store import Store
from watch.records import Change, Relation

TOLL = Change(before="27", now="30", toll=True)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A story that two outlets told, that one corrected, and that another follows."""
    monkeypatch.setenv("MUNADI_DB", str(tmp_path / "munadi.db"))
    monkeypatch.setenv("COLUMNS", "200")
    with Store(tmp_path / "munadi.db") as store:
        room = Newsroom(store)
        first = room.prints(a_hit(), agency="AFP", text="قتل 27 شخصا في السيل.")
        story = first.story
        copy = a_verdict(Relation.REPRINT, story=story, copies=first.article)
        room.prints(a_hit(), verdict=copy)
        mended = a_verdict(Relation.UPDATE, story=story, known=first.article, changes=(TOLL,))
        room.prints(
            a_hit(),
            verdict=mended,
            url="https://news1.example/1",
            identity="site1:1",
            outlet="صحيفة 1",
            agency="AFP",
            title="عودة الأهالي إلى بيوتهم 1",
            text="قتل 30 شخصا في السيل.",
            first_seen=NOON + timedelta(minutes=10),
        )
        room.prints(a_hit(), verdict=a_verdict(Relation.FOLLOW_UP, follows=story))
        store.revisits.missed("https://news2.example/2", NOON + timedelta(minutes=20), gone=True)
    return story


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["story", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_story_shows_its_outlets_versions_and_what_changed(told: int) -> None:
    shown = run(str(told))
    assert "articles: 2, texts: 1" in shown
    assert f"followed by story {told + 1}" in shown
    assert "صحيفة 1 (AFP) · article 1, first" in shown
    assert "reprint 1.00, prints the text of article 1" in shown
    assert "version of 2026-03-05 12:10 UTC" in shown
    assert "replaced: 27 ← 30" in shown
    assert shown.count("its page is gone since 2026-03-05 12:20 UTC") == 1
    assert "- 27" in shown
    assert "+ 30" in shown
    assert f"follows story {told}" in run(str(told + 1))


def test_a_program_reads_the_same_as_json(told: int) -> None:
    story = json.loads(run(str(told), "--json"))
    first, copy = story["parts"]
    assert [version["text"] for version in first["versions"]] == [
        "قتل 27 شخصا في السيل.",
        "قتل 30 شخصا في السيل.",
    ]
    assert first["versions"][1]["changes"] == [{"before": "27", "now": "30", "toll": True}]
    assert ["-", "27"] in first["differences"][0]
    assert copy["voice"] == first["article"]
    assert first["gone_at"] is None
    assert copy["gone_at"] == "2026-03-05T12:20:00+00:00"


def test_the_latest_stories_come_first(told: int) -> None:
    newest, oldest = json.loads(run("--recent", "--json"))
    assert (newest["story"], newest["follows"]) == (told + 1, told)
    assert (oldest["outlets"], oldest["voices"], oldest["updates"]) == (2, 1, 1)
    assert "عودة الأهالي" in run("--recent", "--limit", "1")


def test_a_story_nobody_knows_is_said_with_the_remedy(told: int) -> None:
    with pytest.raises(StoreError, match="munadi story --recent"):
        CliRunner().invoke(app, ["story", str(told + 9)], catch_exceptions=False)


def test_one_of_number_and_recent_is_needed(told: int) -> None:
    for words in ([], [str(told), "--recent"]):
        assert CliRunner().invoke(app, ["story", *words]).exit_code == 2


def test_search_and_status_name_the_story(told: int) -> None:
    found = json.loads(CliRunner().invoke(app, ["search", "السيل", "--json"]).stdout)
    assert [(each["story"], each["outlets"]) for each in found] == [(told, 2)]
    assert "story 1, new, outlets: 2" in CliRunner().invoke(app, ["search", "السيل"]).output
    status = json.loads(CliRunner().invoke(app, ["status", "--json"]).output)
    assert status["stories"] == 2


def test_a_difference_stands_among_its_words() -> None:
    before = Version(seen_at=NOON, title="خبر", text="قال الرجل إن الطريق مغلق", changes=())
    now = Version(seen_at=NOON, title="خبر", text="قال الرجل إن الطريق مفتوح اليوم", changes=())
    assert list(differences(before, now)) == [
        (" ", "… الرجل إن الطريق …".replace("الرجل", "قال الرجل")),
        ("-", "مغلق"),
        ("+", "مفتوح اليوم"),
    ]
