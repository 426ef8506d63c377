"""One round: by Scrapy's own command and by the program's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import TOPICS
from loopback.newsweb import NewsWeb

from storage.store import Store

ROOT = TOPICS.parent
ONCE = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from spiders import rounds
database, seeds, topics, *sites = sys.argv[1:]
heard = []
reports = rounds.once(Path(database), Path(seeds), Path(topics), sites, progress=heard.append)
assert all(report in heard for report in reports), "the last word was told too"
print(json.dumps([asdict(report) for report in reports]))
"""


@pytest.fixture
def web() -> Iterator[NewsWeb]:
    with NewsWeb() as web:
        yield web


def run(*command: object, **environment: object) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout and return what it said."""
    untraced = {key: value for key, value in os.environ.items() if "COVERAGE" not in key}
    named = {key: str(value) for key, value in environment.items()}
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env=untraced | named,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_scrapy_lists_the_active_seeds_and_names_the_bad_ones(tmp_path: Path, web: NewsWeb) -> None:
    outlet, closed = web.outlet("minbar", "المنبر"), web.outlet("closed", "المغلق")
    outlet.write_seed(tmp_path)
    closed.write_seed(tmp_path, active=False)
    (tmp_path / "sites" / "broken.toml").write_text("name = ''")
    listed = run("-m", "scrapy", "list", MUNADI_SEEDS=tmp_path)
    assert listed.stdout.split() == ["minbar"]
    assert listed.stderr.count("sites/broken.toml: name: ") == 1


def test_scrapy_crawls_one_site_and_ends(tmp_path: Path, web: NewsWeb) -> None:
    outlet, other = web.outlet("minbar", "المنبر"), web.outlet("other", "الآخر")
    for each in (outlet, other):
        each.write_seed(tmp_path)
        each.publish(*texts.HARVEST)
    database = tmp_path / "munadi.db"
    where = {"MUNADI_SEEDS": tmp_path, "MUNADI_DB": database}
    crawled = run("-m", "scrapy", "crawl", "minbar", **where)
    assert crawled.returncode == 0, crawled.stderr
    with Store(database) as store:
        (article,) = store.archive.search("موسم القطاف")
        assert article.url == outlet.url("/news/1")
        assert len(store.archive.status(datetime.now(UTC)).sources) == 2
    assert other.seen == []
    outlet.assert_polite()

    unknown = run("-m", "scrapy", "crawl", "nobody", **where)
    assert unknown.returncode != 0
    assert "nobody" in unknown.stderr + unknown.stdout


def test_one_round_reports_what_was_found(tmp_path: Path, web: NewsWeb) -> None:
    outlet, failing = web.outlet("minbar", "المنبر"), web.outlet("failing", "المتعثر")
    twin = web.outlet("twin", "التوأم")
    for each in (outlet, failing, twin):
        each.write_seed(tmp_path)
    outlet.publish(*texts.HARVEST)
    twin.publish(*texts.HARVEST)
    outlet.publish("صفحة بلا نص", "")
    outlet.publish("إلى مكان آخر", "نص", path="/news/3")
    outlet.answers["/news/3"] = faults.redirect("http://127.0.0.1:9/news/3")
    failing.answers["/feed"] = faults.html_page()
    database = tmp_path / "munadi.db"
    once = run("-c", ONCE, database, tmp_path, TOPICS, "minbar", "twin", "failing")
    assert once.returncode == 0, once.stderr
    reports = {report["site"]: report for report in json.loads(once.stdout)}
    minbar = reports["minbar"]
    assert (minbar["polls"], minbar["found"], minbar["new"], minbar["refused"]) == (1, 3, 1, 1)
    assert minbar["unreadable"] == {
        "no article text was found on the page": 1,
        "no seed names port 9 of 127.0.0.1": 1,
    }
    assert minbar["joined"] + reports["twin"]["joined"] == 1, "two outlets told one story"
    assert reports["failing"]["failed"] == {"an HTML page instead of a feed": 1}
    assert all(report["seconds"] > 0 for report in reports.values())

    again = json.loads(run("-c", ONCE, database, tmp_path, TOPICS, "minbar").stdout)
    assert (again[0]["polls"], again[0]["unchanged"], again[0]["new"]) == (1, 1, 0)


def test_a_site_that_is_not_there_is_named(tmp_path: Path, web: NewsWeb) -> None:
    web.outlet("minbar", "المنبر").write_seed(tmp_path)
    once = run("-c", ONCE, tmp_path / "munadi.db", tmp_path, TOPICS, "minber")
    assert once.returncode != 0
    assert "no active seed sites/minber.toml" in once.stderr
