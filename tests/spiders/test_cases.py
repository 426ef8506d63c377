"""A page is kept as a test case: trimmed, and read to the same article as before."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from munadi.cli import app
from spiders.reading.cases import record, trimmed
from spiders.reading.extract import Extracted, extract
from spiders.sites import Site
from storage.store import Store

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
URL = "https://www.minbar.example/news/7"
PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">
<title>افتتاح حديقة في طرطوس</title><style>p { color: red }</style>
<script>var tracking = 1</script><link rel="stylesheet" href="x.css">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "افتتاح حديقة في طرطوس",
"datePublished": "2026-03-09T10:00:00+03:00", "author": {"@type": "Person", "name": "هدى سليمان"}}
</script></head><body data-state="{}"><nav><a href="/" onclick="go()">الرئيسية</a></nav>
<h1>افتتاح حديقة في طرطوس</h1><svg><path d="M0"/></svg>
<p>افتتحت بلدية طرطوس حديقة عامة على الكورنيش تضم ملعبا للأطفال ومقاعد للمسنين.</p>
<p>وقال رئيس البلدية إن العمل فيها استغرق ستة أشهر.</p></body></html>""".encode("cp1256")


def test_a_trimmed_page_reads_the_same() -> None:
    html = trimmed(PAGE, None)
    assert extract(html, URL, None, NOW) == extract(PAGE, URL, None, NOW)
    assert not any(word in html for word in ("tracking", "color", "onclick", "data-state", "<svg"))
    assert html.count("charset") == html.count('charset="utf-8"') == 1


def test_a_case_holds_all_that_the_test_needs(tmp_path: Path) -> None:
    site = Site.model_validate(
        {"id": "minbar", "name": "المنبر", "home": "https://www.minbar.example/"}
        | {"zone": "Asia/Damascus", "article": "^/news/", "feeds": ["https://www.minbar.example/f"]}
    )
    folder = record(tmp_path / "minbar-garden", PAGE, URL, site, NOW)
    meta = json.loads((folder / "meta.json").read_text())
    assert (meta["address"], meta["origin"]) == (URL, "recorded")
    assert Site.model_validate({**meta["seed"], "id": "minbar"}) == site
    expected = json.loads((folder / "expected.json").read_text())
    assert (expected["title"], expected["author"]) == ("افتتاح حديقة في طرطوس", "هدى سليمان")
    page = (folder / "page.html").read_bytes()
    found = extract(page, URL, site, datetime.fromisoformat(meta["visited"]))
    assert isinstance(found, Extracted)
    assert found.text.split("\n\n") == expected["text"]
    with pytest.raises(FileExistsError):
        record(folder, PAGE, URL, site, NOW)


def test_the_script_that_holds_the_article_is_kept(tmp_path: Path) -> None:
    text = " ".join(["وقال رئيس البلدية إن العمل في الحديقة الجديدة استغرق ستة أشهر."] * 6)
    state = json.dumps({"post": {"title": "افتتاح حديقة في طرطوس", "content": text}})
    page = (
        "<html><head><title>افتتاح حديقة في طرطوس</title><script>var x = 1</script></head>"
        f"<body><script>window.S = {state}</script></body></html>"
    ).encode()
    folder = record(tmp_path / "script", page, URL, None, NOW)
    assert json.loads((folder / "expected.json").read_text())["text"] == [text]
    assert "var x" not in (folder / "page.html").read_text()


def test_an_unreadable_page_is_kept_with_its_reason(tmp_path: Path) -> None:
    folder = record(tmp_path / "empty", b"<html><body></body></html>", URL, None, NOW)
    assert json.loads((folder / "expected.json").read_text()) == {"unreadable": "no-body"}


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNADI_DB", str(tmp_path / "munadi.db"))
    saved = tmp_path / "saved.html"
    saved.write_bytes(PAGE)
    cases = tmp_path / "cases"
    asked = ["sites", "record", URL, "--name", "garden", "--folder", str(cases)]
    answer = CliRunner().invoke(app, [*asked, "--file", str(saved)])
    assert answer.exit_code == 0, answer.output
    assert (cases / "garden" / "expected.json").is_file()
    again = CliRunner().invoke(app, [*asked, "--file", str(saved)])
    assert again.exit_code == 1
    assert "--name" in again.output
    with Store(tmp_path / "munadi.db") as store:
        for number in range(9):
            own = f"خبر {number}"
            store.readings.observe("rt_arabic", {own: own, "تابعنا هنا": "تابعنا هنا"})
    shown = CliRunner().invoke(app, ["sites", "show", "rt_arabic"])
    assert shown.exit_code == 0
    assert "تابعنا هنا" in shown.output
    rows = json.loads(CliRunner().invoke(app, ["sites", "show", "rt_arabic", "--json"]).output)
    assert rows["furniture"] == [{"line": "تابعنا هنا", "articles": 9}]
    assert CliRunner().invoke(app, ["sites", "show", "nobody"]).exit_code == 1
