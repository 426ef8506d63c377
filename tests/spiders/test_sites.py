"""A seed is read to the letter, and a bad one costs one line that says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.errors import SeedError
from spiders.sites import is_loopback, load, read

GOOD = """
name = "المنبر"
home = "https://www.minbar.example/"
zone = "Asia/Damascus"
feeds = ["https://www.minbar.example/feed/"]
article = '^/\\d+/'
"""


def seed(folder: Path, name: str, text: str) -> Path:
    """Write a site seed into `folder`/sites."""
    file = folder / "sites" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_what_a_seed_does_not_say_has_the_documented_value(tmp_path: Path) -> None:
    site = read(seed(tmp_path, "minbar.toml", GOOD))
    assert (site.id, site.name, site.checked, site.active) == ("minbar", "المنبر", "", True)
    assert (site.hosts, site.sitemaps, site.pages, site.identity) == ((), (), (), None)
    assert site.max_age_hours == 48
    assert site.select.model_dump() == {"title": None, "body": None, "published": None, "drop": ()}
    assert (site.poll.min_seconds, site.poll.max_seconds, site.poll.delay_seconds) == (60, 3600, 1)
    assert (site.expect.min_links, site.expect.silent_hours) == (5, 24)
    assert site.sources == (("https://www.minbar.example/feed/", "feed"),)


def test_the_mark_that_some_editors_put_before_utf_8_is_no_fault(tmp_path: Path) -> None:
    assert read(seed(tmp_path, "minbar.toml", "\ufeff" + GOOD)).name == "المنبر"


def test_everything_a_seed_may_say(tmp_path: Path) -> None:
    text = """
name = "المنبر"
home = "https://www.minbar.example/"
zone = "Asia/Damascus"
checked = "2026-03"
active = true
hosts = ["m.minbar.example", "127.0.0.1:8080"]
feeds = ["https://www.minbar.example/feed/"]
sitemaps = ["https://www.minbar.example/news.xml"]
pages = ["https://www.minbar.example/latest"]
article = '^/\\d+/'
identity = '^/(\\d+)/'
max_age_hours = 0
[select]
title = "h1"
body = ".story > p"
published = "meta[property='article:published_time']::attr(content)"
drop = [".related"]
[poll]
min_seconds = 90
max_seconds = 7200
delay_seconds = 2.5
[expect]
min_links = 3
silent_hours = 12
"""
    site = read(seed(tmp_path, "minbar.toml", text))
    assert [kind for _, kind in site.sources] == ["feed", "sitemap", "page"]
    assert site.select.drop == (".related",)
    assert (site.max_age_hours, site.poll.delay_seconds, site.expect.min_links) == (0, 2.5, 3)


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ("feed = []", "feed", "did you mean feeds?"),
        ("colour = 'red'", "colour", "the keys are name, home"),
        ("[poll]\nmin_second = 60", "poll.min_second", "did you mean min_seconds?"),
        ("article = '^/(\\d+/'", "article", "not a regular expression"),
        ("identity = '['", "identity", "as in identity ="),
        ("zone = 'Asia/Dimashq'", "zone", "Asia/Damascus"),
        ("zone = '../etc'", "zone", "not a time zone"),
        ("home = 'www.minbar.example'", "home", "not an http or https address"),
        ("feeds = 'https://minbar.example/feed/'", "feeds", "as in feeds ="),
        ("feeds = ['ftp://minbar.example/feed/']", "feeds", "not an http or https address"),
        ("feeds = []", "feeds", "no feeds, sitemaps or pages"),
        ("hosts = ['https://m.minbar.example']", "hosts", "without https://"),
        ("active = 'yes'", "active", "write true or false"),
        ("checked = 2026-03-01", "checked", "in quotes"),
        ("max_age_hours = -1", "max_age_hours", "0 for no limit"),
        ("id = 'minbar'", "id", "remove it"),
        ("[poll]\nmin_seconds = 30", "poll.min_seconds", "60 or more"),
        ("[poll]\nmin_seconds = '60'", "poll.min_seconds", "valid number"),
        ("[poll]\nmax_seconds = 59", "poll.max_seconds", "at least min_seconds"),
        ("[select]\nbody = 'div[['", "select.body", "not a CSS selector"),
        ("pages = ['https://a.example/', 'https://a.example/']", "pages", "twice"),
    ],
)
def test_a_bad_seed_names_the_key_and_what_to_write(
    tmp_path: Path, line: str, key: str, said: str
) -> None:
    head = line.partition(" = ")[0]
    rest = [old for old in GOOD.splitlines() if not old.startswith(f"{head} =")]
    text = "\n".join([*rest, line])
    with pytest.raises(SeedError) as caught:
        read(seed(tmp_path, "minbar.toml", text))
    message = str(caught.value)
    assert message.startswith(f"sites/minbar.toml: {key}: ")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize("key", ["name", "home", "zone", "article"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith(key))
    with pytest.raises(SeedError, match=f"sites/minbar.toml: {key}: missing; write "):
        read(seed(tmp_path, "minbar.toml", text))


def test_only_loopback_may_be_polled_often(tmp_path: Path) -> None:
    text = GOOD.replace("https://www.minbar.example/feed/", "http://127.0.0.1:8000/feed")
    site = read(seed(tmp_path, "minbar.toml", text + "[poll]\nmin_seconds = 0.5"))
    assert site.poll.min_seconds == 0.5
    assert is_loopback("127.0.0.7")
    assert is_loopback("localhost")
    assert is_loopback("::1")
    assert not is_loopback("127.0.0.1.example.org")


def test_one_bad_seed_does_not_stop_the_others(tmp_path: Path) -> None:
    seed(tmp_path, "good.toml", GOOD)
    seed(tmp_path, "broken.toml", "name = ")
    seed(tmp_path, "Upper.toml", GOOD)
    (tmp_path / "sites" / "latin.toml").write_bytes('name = "é"'.encode("latin-1"))
    (tmp_path / "sites" / "notes.txt").write_text("not a seed", encoding="utf-8")
    sites = load(tmp_path)
    assert list(sites.by_id) == ["good"]
    lines = [str(error) for error in sites.errors]
    assert len(lines) == 3
    assert any(line.startswith("sites/Upper.toml: id: ") for line in lines)
    assert any("sites/broken.toml: not TOML" in line for line in lines)
    assert any("sites/latin.toml: not UTF-8" in line for line in lines)


def test_an_id_or_a_source_is_claimed_once(tmp_path: Path) -> None:
    seed(tmp_path, "a.TOML", GOOD)
    seed(tmp_path, "a.toml", GOOD.replace("feed/", "other/"))
    seed(tmp_path, "b.toml", GOOD)
    sites = load(tmp_path)
    assert list(sites.by_id) == ["a"]
    lines = sorted(map(str, sites.errors))
    assert lines[0] == "sites/a.toml: the id 'a' is taken; give the file another name"
    assert "sites/b.toml: feeds: " in lines[1]
    assert "is a source of a already" in lines[1]


def test_a_closed_outlet_needs_no_source_and_is_not_crawled(tmp_path: Path) -> None:
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith("feeds"))
    seed(tmp_path, "closed.toml", text + "\nactive = false")
    sites = load(tmp_path)
    assert list(sites.by_id) == ["closed"]
    assert list(sites.active()) == []


def test_a_folder_without_seeds_is_told(tmp_path: Path) -> None:
    (error,) = load(tmp_path).errors
    assert "MUNADI_SEEDS" in str(error)
