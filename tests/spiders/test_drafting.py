"""How a seed is drafted and dated: patterns from links, zones, names, and the file itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.drafting import clues, seedfile, zones
from spiders.drafting.patterns import draft

AT = "https://www.minbar.example"
SECTIONS = ("politics", "sport", "world", "culture", "economy")


@pytest.mark.parametrize(
    ("paths", "article", "identity"),
    [
        ([f"/news/{n}" for n in range(100, 105)], r"^/news/\d+", r"^/news/(\d+)"),
        ([f"/news/{n}" for n in range(1, 6)], r"^/news/\d+", None),
        (
            [f"/2026/03/{n:02}/a-slug-{n}-x" for n in range(1, 9)],
            r"^/\d{4}/\d{2}/\d{2}/[^/]+",
            None,
        ),
        (
            [f"/{name}/{1000 + n}-slug" for n, name in enumerate(SECTIONS)],
            *(r"^/[^/]+/\d+-", r"^/[^/]+/(\d+)-"),
        ),
        ([f"/{1000 + n}/%D8%AE%D8%A8%D8%B1/" for n in range(5)], r"^/\d+/", r"^/(\d+)/"),
        (
            [f"/story.php?cat=3&id={n + 100}" for n in range(5)],
            *(r"^/story\.php\?(?:.*&)?id=\d+", r"^/story\.php\?(?:.*&)?id=(\d+)"),
        ),
        (
            [f"/2026030{n}/slug-of-{1070 + n}.html" for n in range(1, 9)],
            *(r"^/\d{8}/[^/]+-\d+\.html?", r"^/\d{8}/[^/]+-(\d+)\.html?"),
        ),
        ([f"/some-long-slug-{word}" for word in SECTIONS], r"^/[^/]+-[^/]+-[^/]+/?$", None),
        ([f"/n{1000 + n}.html" for n in range(5)], r"^/[a-z]+\d+\.html?", r"^/[a-z]+(\d+)\.html?"),
        (
            [f"/doc/{n}000315a-6571-4c2e-9f00-7d1a{n}b8c9e0f" for n in ("a", 1, 2, "f", 4)],
            *(r"^/doc/[\da-f]{8}-[\da-f-]{27}", None),
        ),
        ([f"/it's/{n}" for n in range(100, 105)], r"^/[^/]+/\d+", r"^/[^/]+/(\d+)"),
    ],
)
def test_the_shape_of_links_becomes_a_pattern(
    paths: list[str], article: str, identity: str | None
) -> None:
    drafted = draft(AT + path for path in paths)
    assert drafted is not None
    assert (drafted.article, drafted.identity) == (article, identity)
    assert drafted.fits == drafted.links == len(paths)
    assert drafted.weak == ("slug-" in paths[0] and not any(c.isdigit() for c in paths[0]))


def test_without_links_there_is_no_pattern() -> None:
    assert draft([]) is None
    assert draft([f"{AT}/", AT]) is None


@pytest.mark.parametrize(
    ("host", "dates", "zone", "sure"),
    [
        ("www.minbar.sy", [], "Asia/Damascus", True),
        ("minbar.example", ["Tue, 03 Mar 2026 10:00:00 +0400"] * 2 + ["x"], "Asia/Dubai", False),
        ("minbar.example", ["2026-03-03T10:00:00+00:00", None], "UTC", False),
    ],
)
def test_a_zone_is_guessed_and_says_how_sure_it_is(host, dates, zone: str, sure: bool) -> None:
    guessed, rests_on = zones.guess(host, dates)
    assert guessed == zone
    assert rests_on.startswith("uncertain") != sure


def test_a_page_gives_its_feeds_names_and_links() -> None:
    page = """<html><head><title>الرئيسية - بريد السنابل</title>
    <link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="alternate" hreflang="en" href="/en/">
    <script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "Sanabel"}]}
    </script><script type="application/ld+json">[[[</script></head><body>
    <a href="/rss-list">rss</a><a href="http://[">x</a><a href="/news/1#c">خبر طويل</a>"""
    found = clues.of_page(page.encode(), f"{AT}/", "text/html; charset=utf-8")
    assert found.feeds == [f"{AT}/feed/", f"{AT}/rss-list"]
    assert found.links[f"{AT}/news/1"] == "خبر طويل"
    assert clues.best_name(found.names, "x")[0] == "بريد السنابل"
    assert clues.best_name([], "minbar.example")[0] == "minbar.example"
    assert clues.of_page(b"", AT, None).feeds == []


def test_feeds_in_other_languages_are_taken_only_where_there_is_no_other() -> None:
    page = """<link rel="alternate" type="application/rss+xml" href="/rss" hreflang="fr">
    <link rel="alternate" type="application/rss+xml" href="/en/rss.xml">
    <link rel="alternate" type="application/rss+xml" href="/tr/feed">{more}<p>x"""
    arabic = '<link rel="alternate" type="application/rss+xml" href="/ar/rss.xml" hreflang="ar-SY">'

    def feeds(more: str) -> list[str]:
        return clues.of_page(page.format(more=more).encode(), f"{AT}/", None).feeds

    assert feeds(arabic) == [f"{AT}/ar/rss.xml"]
    assert feeds("") == [f"{AT}/rss", f"{AT}/en/rss.xml", f"{AT}/tr/feed"]


def test_robots_txt_names_its_sitemaps() -> None:
    robots = b"User-agent: *\nDisallow: /\nsitemap:https://a.example/1.xml\n Sitemap: /2.xml\n\xff"
    assert clues.maps_of(robots) == ["https://a.example/1.xml"]


@pytest.mark.parametrize(
    ("home", "key"),
    [
        ("https://www.minbar.example/", "minbar"),
        ("https://arabic.minbar.co.uk/", "arabic_minbar"),
        ("http://127.0.0.1:8000/", "site_127_0_0_1_8000"),
        ("https://localhost/", "localhost"),
    ],
)
def test_an_id_comes_from_the_host(home: str, key: str) -> None:
    assert seedfile.id_of(home) == key


def test_a_seed_is_dated_in_place(tmp_path: Path) -> None:
    file = tmp_path / "minbar.toml"
    head = '# above\nname = "x"\nzone = "UTC"  # why\n'
    table = '[poll]\n# checked = "no"\nmin_seconds = 60\n'
    for before, after in (
        (f"{head}checked = '' # never\n{table}", f'{head}checked = "2026-03" # never\n{table}'),
        (f"{head}{table}", f'{head}checked = "2026-03"\n{table}'),
    ):
        file.write_text(before)
        assert seedfile.date(file, "2026-03")
        assert file.read_text() == after
        assert not seedfile.date(file, "2026-03"), "it says so already"
    file.write_text("zone = 'UTC'")
    assert not seedfile.date(file, "2026-03"), "no line to stand behind"
