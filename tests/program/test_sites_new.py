"""`munadi sites new`: an address in, a seed out that works, whatever its news are listed in."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from loopback import newoutlets as shapes
from loopback.newsfaults import status
from loopback.newslistings import Answer
from loopback.newsweb import NewsWeb, Outlet
from loopback.running import munadi_once
from typer.testing import CliRunner

from munadi import cli
from spiders.sites import load


def drafted(folder: Path, outlet: Outlet, address: str = "") -> dict[str, Any]:
    """The seed that is drafted for an outlet and saved; it is well, and it has read articles."""
    done = munadi_once(folder, "sites", "new", address or outlet.home, "--id", "drafted", "--save")
    assert done.returncode == 0, done.stderr
    assert load(folder / "seeds").errors == []
    file = folder / "seeds" / "sites" / "drafted.toml"
    assert done.stdout.strip() == str(file)
    seed = tomllib.loads(file.read_text())
    assert seed["checked"], done.stderr
    assert shapes.NEWS[-1][0] in done.stderr, "the newest article is shown as it was read"
    assert sum(len(seed.get(key, [])) for key in ("feeds", "sitemaps", "pages")) == 1
    outlet.assert_polite()
    return seed


@pytest.mark.parametrize(
    ("shape", "listed", "patterns"),
    [
        (shapes.wordpress, ("feeds", "/feed/"), (r"^/\d{4}/\d{2}/\d{2}/[^/]+", None)),
        (
            shapes.news_sitemap_alone,
            ("sitemaps", "/maps/google-news.xml"),
            (r"^/politics/\d+-", r"^/politics/(\d+)-"),
        ),
        (shapes.daily_maps, ("sitemaps", "/sitemap.xml"), (r"^/news/\d+", r"^/news/(\d+)")),
        (shapes.page_alone, ("pages", "/"), (r"^/article/\d+/", r"^/article/(\d+)/")),
        (shapes.json_feed, ("feeds", "/feeds/latest.json"), (r"^/\d+/", r"^/(\d+)/")),
        (shapes.odd_address, ("feeds", "/ar/xml.php"), (r"^/ar/story/\d+", r"^/ar/story/(\d+)")),
    ],
)
def test_an_outlet_is_drafted_from_its_address(
    web: NewsWeb,
    tmp_path: Path,
    shape: Callable[[Outlet], None],
    listed: tuple[str, str],
    patterns: tuple[str, str | None],
) -> None:
    outlet = web.outlet("shape", "بريد السنابل")
    shape(outlet)
    seed = drafted(tmp_path, outlet)
    assert seed[listed[0]] == [outlet.url(listed[1])]
    assert (seed["article"], seed.get("identity")) == patterns
    assert (seed["home"], seed["name"]) == (outlet.home, "بريد السنابل")
    assert all("comments" not in seen.path for seen in outlet.seen)


def test_a_feed_is_as_good_an_address_as_a_front_page(web: NewsWeb, tmp_path: Path) -> None:
    outlet = web.outlet("fed", "بريد السنابل")
    shapes.odd_address(outlet)
    seed = drafted(tmp_path, outlet, outlet.url("/ar/xml.php"))
    assert seed["feeds"] == [outlet.url("/ar/xml.php")]
    assert (seed["home"], seed["name"]) == (outlet.home, "بريد السنابل")


def test_the_articles_tried_are_shown_as_people_read_their_addresses(
    web: NewsWeb, tmp_path: Path
) -> None:
    outlet = web.outlet("slugs", "بريد السنابل")
    shapes.arabic_addresses(outlet)
    done = munadi_once(tmp_path, "sites", "new", outlet.home)
    assert "/خبر-عاجل/4105" in done.stderr


def test_a_sister_host_is_named_and_called_uncertain(web: NewsWeb, tmp_path: Path) -> None:
    outlet, sister = web.outlet("one", "بريد السنابل"), web.outlet("two", "بريد السنابل")
    shapes.sister_host(outlet, sister)
    seed = drafted(tmp_path, outlet)
    assert seed["hosts"] == [sister.host]
    text = (tmp_path / "seeds" / "sites" / "drafted.toml").read_text()
    (line,) = [line for line in text.splitlines() if line.startswith("hosts")]
    assert "uncertain" in line
    assert sister.seen == [], "a private host that nobody typed is not asked"


def test_a_seed_is_printed_and_never_overwritten(web: NewsWeb, tmp_path: Path) -> None:
    outlet = web.outlet("again", "بريد السنابل")
    shapes.json_feed(outlet)
    printed = munadi_once(tmp_path, "sites", "new", outlet.home)
    assert tomllib.loads(printed.stdout)["article"] == r"^/\d+/"
    assert not (tmp_path / "seeds").exists()
    as_json = json.loads(munadi_once(tmp_path, "sites", "new", outlet.home, "--json").stdout)
    assert as_json["seed"] == printed.stdout
    assert as_json["articles"][0]["title"] == shapes.NEWS[-1][0]
    outlet.write_seed(tmp_path / "seeds")
    before = (tmp_path / "seeds" / "sites" / "again.toml").read_text()
    refused = munadi_once(tmp_path, "sites", "new", outlet.home, "--id", "again", "--save")
    assert refused.returncode == 1
    assert "--id" in refused.stderr
    assert (tmp_path / "seeds" / "sites" / "again.toml").read_text() == before


def test_hostile_words_become_no_key_of_a_seed(web: NewsWeb, tmp_path: Path) -> None:
    outlet = web.outlet("hostile", 'x"\nactive = false\n# \u202eمقلوب')
    shapes.page_alone(outlet)
    done = munadi_once(tmp_path, "sites", "new", outlet.home, "--id", "hostile", "--save")
    assert done.returncode == 0, done.stderr
    sites = load(tmp_path / "seeds")
    assert (sites.errors, sites.by_id["hostile"].active) == ([], True)


@pytest.mark.parametrize("broken", [status(403), status(500), Answer(b"<h1>nothing here</h1>")])
def test_an_outlet_that_lists_nothing_is_a_reason(
    web: NewsWeb, tmp_path: Path, broken: Answer
) -> None:
    outlet = web.outlet("empty", "x")
    outlet.answers["*"] = broken
    done = munadi_once(tmp_path, "sites", "new", outlet.home)
    assert (done.returncode, done.stdout) == (1, "")
    said = "no feed" if broken.status == 200 else f"HTTP {broken.status}"
    assert said in done.stderr
    assert len(done.stderr.splitlines()[-1]) < 300, "one line that can be read"
    assert ("section page" in done.stderr) == (broken.status == 200), "the remedy"
    assert "Traceback" not in done.stderr
    assert len(outlet.seen) < 40


def test_an_address_without_a_scheme_is_asked_by_https_and_called_so(
    web: NewsWeb, tmp_path: Path
) -> None:
    outlet = web.outlet("plain", "x")  # which speaks no TLS
    done = munadi_once(tmp_path, "sites", "new", outlet.host)
    assert done.stderr.startswith(f"munadi: https://{outlet.host}: ")


@pytest.mark.parametrize("address", ["ftp://x.example/", "http://[", "https://a b/"])
def test_what_is_no_address_is_refused(address: str) -> None:
    done = CliRunner().invoke(cli.app, ["sites", "new", address])
    assert done.exit_code == 1
    assert "is not an http or https address" in done.stderr
