"""The made-up press: its listings parse, its pages are what real ones are."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from urllib.parse import quote, urlsplit

import feedparser
import pytest
from lxml import etree

from munadi.demo import listings, pages
from munadi.demo.cast import outlets
from munadi.demo.press import STRANGER, Press
from spiders.sites import load

OPENED = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)


@pytest.fixture
def press() -> Iterator[Press]:
    press = Press(outlets(OPENED), lambda: OPENED)
    with press.web:
        yield press


@dataclass(frozen=True)
class Got:
    status: int
    headers: Message
    body: bytes


def get(address: str, path: str, **headers: str) -> Got:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    with closing(connection):
        connection.request("GET", quote(path), headers=headers)
        answer = connection.getresponse()
        return Got(answer.status, answer.headers, answer.read())


def test_every_outlet_has_a_seed_that_loads_and_knows_its_articles(
    press: Press, tmp_path: Path
) -> None:
    press.write_seeds(tmp_path)
    sites = load(tmp_path)
    assert sites.errors == []
    for outlet in press.outlets:
        site = sites.by_id[outlet.id]
        for piece in outlet.pieces:
            assert site.article_pattern.search(piece.path), piece.path


def test_there_are_at_least_fifteen_articles_in_six_outlets_and_every_shape_of_listing(
    press: Press,
) -> None:
    assert sum(len(outlet.pieces) for outlet in press.outlets) >= 15
    assert len(press.outlets) >= 6
    assert {outlet.listing for outlet in press.outlets} == set(listings.PATHS)


@pytest.mark.parametrize("outlet_id", ["barid", "manara", "midmar", "sanabil"])
def test_feeds_are_well_formed_and_grow_with_the_editions(press: Press, outlet_id: str) -> None:
    outlet = next(outlet for outlet in press.outlets if outlet.id == outlet_id)
    address, path = press.web.address(outlet_id), listings.PATHS[outlet.listing]
    sizes = []
    for press.stage in (1, 2):
        feed = feedparser.parse(get(address, path).body)
        assert not feed.bozo
        assert all(entry.link and entry.title and entry.published for entry in feed.entries)
        sizes.append(len(feed.entries))
    assert 0 < sizes[0] < sizes[1]


def test_the_sitemap_names_a_later_change_of_an_edited_article(press: Press) -> None:
    address = press.web.address("qindil")
    changed = []
    for press.stage in (2, 3):
        tree = etree.fromstring(get(address, listings.PATHS["sitemap"]).body)
        rows = tree.findall("{*}url")
        changed.append({row.findtext("{*}loc"): row.findtext("{*}lastmod") for row in rows})
    differing = [loc for loc in changed[0] if changed[0][loc] != changed[1][loc]]
    assert len(differing) == 1


def test_the_section_page_is_windows_1256(press: Press) -> None:
    press.stage = 2
    page = get(press.web.address("rabiya"), listings.PATHS["section"]).body
    assert "معلمة من حلب تشرح لماذا 3 &lt; 5" in page.decode("windows-1256")


def test_a_page_unchanged_since_it_was_read_answers_304(press: Press) -> None:
    address, path = press.web.address("barid"), listings.PATHS["rss"]
    tag = get(address, path).headers["ETag"]
    again = get(address, path, **{"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    assert [asked.status for asked in press.web.asked] == [200, 304]


def test_what_is_not_printed_yet_is_not_there(press: Press) -> None:
    outlet = next(outlet for outlet in press.outlets if outlet.id == "barid")
    later = next(piece for piece in outlet.pieces if piece.at(1) is None)
    assert get(press.web.address("barid"), later.path).status == 404


def test_a_sister_host_serves_the_same_article_and_a_stranger_is_only_linked(
    press: Press,
) -> None:
    outlet = next(outlet for outlet in press.outlets if outlet.id == "barid")
    path = outlet.pieces[0].path
    bodies = {get(press.web.address(host), path).body for host in ("barid", "barid-sister")}
    assert len(bodies) == 1
    press.stage = 2
    feed = get(press.web.address("midmar"), listings.PATHS["rss"]).body.decode()
    assert press.web.address(STRANGER) in feed


def test_the_pages_have_the_furniture_of_real_ones() -> None:
    shown = {
        (outlet.id, piece.key): pages.render(outlet, piece.versions[0], OPENED)
        for outlet in outlets(OPENED)
        for piece in outlet.pieces
    }
    title, carousel = "وسطاء: جولة جديدة لتمديد الهدنة في سوريا", "اشتباكات حلب"
    old = shown["sanabil", "years-old"]
    assert old.index(carousel) < old.index(f'class="heading">{title}')
    assert shown["barid", "truce"].count("اتفاق على وقف اطلاق النار عشرة ايام") >= 3
    assert shown["manara", "council"].count("يعقد مجلس الأمن الدولي غدا") == 2
    assert "2026/11/02" in shown["rabiya", "amman"]
    assert shown["midmar", "final"].count("حلب") >= 3
    assert "articleBody" in shown["qindil", "convoy"]
    assert "<textarea" in shown["barid", "bookfair"]
