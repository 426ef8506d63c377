"""`munadi status` and `munadi sites show` say what is wrong with a source and what to do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from munadi.cli import app
from storage.health import Condition, Trouble
from storage.store import Store

NOW = datetime.now(UTC)
GOOD, BAD, ALONE = (f"https://{name}.example/feed" for name in ("good", "bad", "alone"))
SEED = """
name = "المنبر"
home = "https://good.example/"
zone = "Asia/Damascus"
feeds = ["https://good.example/feed", "https://bad.example/feed"]
article = '^/\\\\d+'
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sites, three sources: one that works, two that fail since three hours."""
    monkeypatch.setenv("MUNADI_DB", str(tmp_path / "munadi.db"))
    monkeypatch.setenv("MUNADI_SEEDS", str(tmp_path / "seeds"))
    (tmp_path / "seeds" / "sites").mkdir(parents=True)
    (tmp_path / "seeds" / "sites" / "minbar.toml").write_text(SEED, encoding="utf-8")
    ago = NOW - timedelta(hours=3)
    with Store(tmp_path / "munadi.db") as store:
        sources = store.sources
        sources.sync(
            [("minbar", GOOD, "feed"), ("minbar", BAD, "feed"), ("dar", ALONE, "feed")], NOW
        )
        sources.unchanged(GOOD, now=NOW, due_at=NOW)
        for url, trouble in ((BAD, Trouble.REFUSED), (ALONE, Trouble.GONE)):
            sources.failed(url, "HTTP 4xx", now=ago, due_at=NOW, trouble=trouble, weight=0.5)
        found = {BAD: (Condition.BLOCKED, ago), ALONE: (Condition.GONE, ago)}
        store.notices.settle(found, [], [], [], NOW)
    return tmp_path


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    return result.output


def test_status_has_the_worst_first_and_an_outlet_with_one_good_source_is_degraded(
    house: Path,
) -> None:
    status = json.loads(said("status", "--json"))
    assert [source["url"] for source in status["sources"]] == [ALONE, BAD, GOOD]
    assert status["sites"] == {"dar": "down", "minbar": "degraded"}
    worst = status["sources"][0]
    assert worst["condition"] == "gone"
    assert worst["condition_since"] == worst["health"]["since"]
    assert "gone" in worst["in_words"]
    assert worst["remedy"]
    assert worst["failures"] == 1
    assert worst["last_reason"] == "HTTP 4xx"
    assert status["sources"][2]["condition"] is None


def test_the_table_says_it_in_words_with_the_remedy(house: Path) -> None:
    table = " ".join(said("status").split())
    assert "dar (down)" in table
    assert "minbar" in table
    assert "(degraded)" in table
    assert "3 h ago" in table
    assert "Leave it so" in table


def test_a_site_shows_how_each_of_its_sources_is(house: Path) -> None:
    text = said("sites", "show", "minbar")
    assert "refuses our requests" in text
    sources = json.loads(said("sites", "show", "minbar", "--json"))["sources"]
    assert [(source["url"], source["condition"]) for source in sources] == [
        (GOOD, None),
        (BAD, "blocked"),
    ]
