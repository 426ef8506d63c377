"""`munadi sites check --live`: every source asked once, and the seeds that work are dated."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from loopback import newstexts as texts
from loopback.newsfaults import html_page, status
from loopback.newsmaps import daily_map, index
from loopback.newsweb import NewsWeb
from loopback.running import munadi_once
from typer.testing import CliRunner

from munadi import cli, livecommands
from munadi.settings import CrawlSettings
from spiders.drafting.live import Checked
from spiders.drafting.trial import Sample
from spiders.reading.outcomes import Extracted
from spiders.sites import read

MONTH = f"{datetime.now(UTC):%Y-%m}"

SEED = """# What was seen, and when.
name = "المزولة"
home = "{home}"
zone = "Asia/Damascus"
checked = ""                      # nobody has seen it yet
feeds = ["{home}feed"]
sitemaps = ["{home}index.xml"]    # an index

article = '^/news/\\d+'
[poll]
min_seconds = 1
max_seconds = 2
delay_seconds = 0
[expect]
min_links = 1
"""


def test_every_seed_is_tried_and_what_works_is_dated(web: NewsWeb, tmp_path: Path) -> None:
    well, html, gone = (web.outlet(key, key) for key in ("well", "html", "gone"))
    for outlet in (well, html, gone):
        outlet.publish(*texts.FERRY)
        outlet.write_seed(tmp_path / "seeds")
    seed = tmp_path / "seeds" / "sites" / "well.toml"
    seed.write_text(SEED.format(home=well.home))
    well.answers["/index.xml"] = index(well, ("/map.xml", None))
    well.answers["/map.xml"] = daily_map(well, well.stories)
    html.answers["/feed"] = html_page()
    gone.answers["/news/1"] = status(410)
    (tmp_path / "seeds" / "sites" / "gone.toml").chmod(0o640)
    untouched = (tmp_path / "seeds" / "sites" / "html.toml").read_text()

    done = munadi_once(tmp_path, "sites", "check", "--live", "--json")
    assert done.returncode == 1
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    assert {key: row["works"] for key, row in rows.items()} == {
        "gone": False,
        "html": False,
        "well": True,
    }
    feed, maps = rows["well"]["sources"]
    assert (feed["is"], feed["links"], feed["articles"]) == ("feed", 1, 1)
    assert datetime.fromisoformat(feed["newest"]) == well.stories[0].published
    assert (maps["is"], maps["articles"]) == ("index, sitemap", 1)
    assert rows["well"]["article"]["title"] == texts.FERRY[0]
    assert rows["html"]["sources"][0]["fault"] == "an HTML page instead of a feed"
    assert rows["gone"]["article"]["fault"] == "gone (HTTP 410)"

    before = SEED.format(home=well.home)
    assert seed.read_text() == before.replace('checked = ""', f'checked = "{MONTH}"')
    assert (tmp_path / "seeds" / "sites" / "html.toml").read_text() == untouched
    assert f"dated {MONTH}: well" in done.stderr
    assert list(seed.parent.glob("*.new")) == []
    for outlet in (well, html, gone):
        outlet.assert_polite()


def test_only_those_named_are_tried_and_shown_as_a_table(web: NewsWeb, tmp_path: Path) -> None:
    named, other = web.outlet("named", "المزولة"), web.outlet("other", "الأخرى")
    for outlet in (named, other):
        outlet.publish(*texts.BRIDGE)
        outlet.write_seed(tmp_path / "seeds")
    file = tmp_path / "seeds" / "sites" / "named.toml"
    file.write_text(f"{file.read_text()}\n")
    done = munadi_once(tmp_path, "sites", "check", "--live", "named")
    assert done.returncode == 0, done.stderr
    assert texts.BRIDGE[0] in done.stdout
    assert "1 of 1" in done.stdout
    assert other.seen == []
    assert f'zone = "Asia/Damascus"\nchecked = "{MONTH}"\n' in file.read_text()
    assert CliRunner().invoke(cli.app, ["sites", "check"], env=_env(tmp_path)).exit_code == 0


def test_a_narrow_table_cuts_no_address(web: NewsWeb, tmp_path: Path) -> None:
    outlet = web.outlet("narrow", "المزولة")
    outlet.publish(*texts.BRIDGE)
    outlet.write_seed(tmp_path / "seeds")
    done = munadi_once(tmp_path, "sites", "check", "--live", columns=70)
    cells = [line.split("│")[2].strip() for line in done.stdout.splitlines() if "│" in line]
    assert f"feed:{outlet.url('/feed')}" in "".join(cells)


def test_a_site_that_nobody_knows_is_a_failure(web: NewsWeb, tmp_path: Path) -> None:
    outlet = web.outlet("known", "المزولة")
    outlet.publish(*texts.LIBRARY)
    outlet.write_seed(tmp_path / "seeds")
    done = munadi_once(tmp_path, "sites", "check", "--live", "known", "nobody")
    assert done.returncode == 1
    assert "no seed is called 'nobody'" in done.stderr
    assert texts.LIBRARY[0] in done.stdout
    alone = munadi_once(tmp_path, "sites", "check", "--live", "nobody")
    assert (alone.returncode, alone.stdout) == (1, "")


def test_seeds_inside_a_package_are_not_written(
    web: NewsWeb, tmp_path: Path, monkeypatch, capsys
) -> None:
    outlet = web.outlet("packed", "المزولة")
    file = outlet.write_seed(tmp_path)
    before = file.read_text()
    monkeypatch.setenv("MUNADI_SEEDS", str(tmp_path))
    monkeypatch.setattr(livecommands, "packaged_seeds", lambda: tmp_path)
    found = Extracted(
        url="", title="x", text="", published=None, updated=None, agency=None, language="ar"
    )
    checked = Checked(read(file), [], Sample("", found, None))
    assert checked.works
    livecommands._date(CrawlSettings(), [checked], MONTH)
    assert file.read_text() == before
    assert "inside the package" in capsys.readouterr().err


def _env(folder: Path) -> dict[str, str]:
    return {"MUNADI_SEEDS": str(folder / "seeds"), "MUNADI_DB": str(folder / "munadi.db")}
