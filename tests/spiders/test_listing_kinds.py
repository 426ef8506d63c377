"""What a source lists is told by its content; JSON feeds, packed maps, times as people write."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.listing.discover import discover, unpacked
from spiders.listing.entries import MAX_BYTES, Index, Lack, Listing, Map, Unlisted
from spiders.listing.kinds import shape_of
from spiders.listing.maps import changed, day_in_name, newest
from spiders.listing.times import of_struct, of_text, settled
from storage.maps import MapRead

HOME = "https://www.minbar.example"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ITEM = f"<item><title>خبر</title><link>{HOME}/news/1</link></item>"
RSS = f"<rss version='2.0'><channel>{ITEM}</channel></rss>".encode()
SITEMAP = f"<urlset><url><loc>{HOME}/news/1</loc></url></urlset>".encode()
PAGE = f"<html><body><a href='{HOME}/news/1'>خبر</a></body></html>".encode()
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "/news/1",
                "title": "فتح <i>معبر</i>",
                "date_published": "2026-03-03T10:00:00+03:00",
                "date_modified": "2026-03-03T11:00:00+03:00",
            },
            {"id": f"{HOME}/news/2", "date_published": "2026-03-03 10:00:00"},
            {"id": 3, "external_url": "https://other.example/3", "title": 7},
            "no item",
        ],
    }
).encode()


@pytest.mark.parametrize("kind", ["feed", "sitemap", "page"])
@pytest.mark.parametrize("content_type", [None, "text/html", "application/xml", "text/plain"])
@pytest.mark.parametrize("body", [RSS, SITEMAP, JSON])
def test_the_content_says_what_a_listing_is(make_site, kind, content_type, body) -> None:
    for served in (body, gzip.compress(body), gzip.compress(gzip.compress(body))):
        found = discover(kind, served, f"{HOME}/x", make_site(), content_type, now=NOW)
        assert isinstance(found, Listing), found
        assert found.links[0].url == f"{HOME}/news/1"


@pytest.mark.parametrize(
    ("body", "shape"),
    [
        (RSS, "feed"),
        (b"\xef\xbb\xbf \n<!-- x --><?xml-stylesheet href='x'?>" + RSS, "feed"),
        (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]>" + RSS, "feed"),
        (RSS.decode().encode("utf-16"), "feed"),
        (b"<!DOCTYPE html>" + RSS, "feed"),
        (b"<rdf:RDF xmlns:rdf='x'>", "feed"),
        (b"<s:urlset xmlns:s='x'>", "sitemap"),
        (b"<sitemapindex>", "sitemap"),
        (b"<!doctype HTML><p>", "html"),
        (b"<!-- x -->\n<HTML lang=ar>", "html"),
        (b" {}", "json"),
        (b"plain words", None),
        (b"", None),
        (b"<", None),
    ],
)
def test_a_shape_is_told_by_the_first_element(body: bytes, shape: str | None) -> None:
    assert shape_of(body) == shape


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_a_page_in_place_of_a_listing_is_an_outcome_of_its_own(make_site, kind) -> None:
    found = discover(kind, PAGE, HOME, make_site(), "application/rss+xml", now=NOW)
    assert found == Unlisted(f"an HTML page instead of a {kind}", Lack.HTML)


def test_a_page_with_the_items_of_a_feed_is_one(make_site) -> None:
    page = f"<!doctype html><html><body><rss><channel>{ITEM}</channel></rss></body></html>"
    found = discover("feed", page.encode(), HOME, make_site(), now=NOW)
    assert isinstance(found, Listing)
    assert [link.url for link in found.links] == [f"{HOME}/news/1"]


def test_a_json_feed_lists_what_it_has(make_site) -> None:
    found = discover("feed", JSON, f"{HOME}/feed.json", make_site(), now=NOW)
    assert isinstance(found, Listing)
    first, second = found.links
    assert (first.title, first.published) == ("فتح معبر", datetime(2026, 3, 3, 7, tzinfo=UTC))
    assert first.modified == "2026-03-03T11:00:00+03:00"
    assert second.published == datetime(2026, 3, 3, 7, tzinfo=UTC), "in the zone of Damascus"
    assert found.elsewhere == ["https://other.example/3"]


@pytest.mark.parametrize(
    "body", [b"{", b"[1]", b'{"items": 3}', b"[" * 100_000, b'{"a": "\xff"}', b"{}"]
)
def test_json_that_is_no_feed_is_a_reason(make_site, body: bytes) -> None:
    found = discover("feed", body, HOME, make_site(), now=NOW)
    assert isinstance(found, Unlisted)
    assert "not a feed" in found.reason


def test_a_packed_file_of_parts_or_that_breaks_off_gives_what_it_has() -> None:
    half = gzip.compress(RSS[:50]) + gzip.compress(RSS[50:])
    assert unpacked(half) == (RSS, False)
    packed = gzip.compress(RSS * 200)
    plain, _ = unpacked(packed[: len(packed) - 20])
    assert plain
    assert (RSS * 200).startswith(plain)


def test_of_a_packed_feed_that_is_too_long_the_beginning_is_read(make_site) -> None:
    items = "".join(f"<item><link>/news/{n}</link></item>" for n in range(150_000))
    body = gzip.compress(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), 1)
    plain, is_cut = unpacked(body)
    assert is_cut
    assert plain is not None
    assert len(plain) == MAX_BYTES
    found = discover("feed", body, HOME, make_site(), now=NOW)
    assert isinstance(found, Listing)
    assert found.links[0].url == f"{HOME}/news/0"
    assert len(found.links) == 2_000


ZONE = ZoneInfo("Asia/Damascus")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-03-03T10:00:00+02:00", datetime(2026, 3, 3, 8, tzinfo=UTC)),
        ("2026-03-03 10:00:00", datetime(2026, 3, 3, 7, tzinfo=UTC)),
        ("Tue, 03 Mar 2026 10:00:00", datetime(2026, 3, 3, 7, tzinfo=UTC)),
        ("الثلاثاء 3 آذار 2026 10:00", datetime(2026, 3, 3, 7, tzinfo=UTC)),
        ("٣ مارس ٢٠٢٦ - ١٠:٠٠ ص", datetime(2026, 3, 3, 7, tzinfo=UTC)),
        ("mardi 3 mars 2026 à 10h00", datetime(2026, 3, 3, 7, tzinfo=UTC)),
        ("mar., 03 févr. 2026 10:00:00 +0100", datetime(2026, 2, 3, 9, tzinfo=UTC)),
        ("1er août 2025 10:00", datetime(2025, 8, 1, 7, tzinfo=UTC)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("2026-03-03", None),
        ("أمس", None),
        ("32 mars 2026 10:00", None),
        ("", None),
        (None, None),
    ],
)
def test_a_time_is_read_as_its_writer_meant_it(text: str | None, told: datetime | None) -> None:
    assert settled(text, of_text(text), ZONE, NOW) == told


def test_a_time_outside_the_calendar_is_none() -> None:
    assert of_struct(None) is None
    assert settled("x" * 10_000, datetime(1, 1, 1, tzinfo=UTC), ZONE, NOW) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        (f"{HOME}/sitemap.xml?yyyy=2026&mm=03&dd=04", date(2026, 3, 4)),
        (f"{HOME}/sitemap-2026-3-4.xml.gz", date(2026, 3, 4)),
        (f"{HOME}/maps/20260304.xml", date(2026, 3, 4)),
        (f"{HOME}/2026/03/sitemap.xml", date(2026, 3, 28)),
        (f"{HOME}/sitemap-pt-post-2026-03.xml", date(2026, 3, 28)),
        (f"{HOME}/post-sitemap12.xml", None),
        (f"{HOME}/archive-2026.xml", None),
        (f"{HOME}/map-2026-99-99.xml", None),
        (f"{HOME}/map-1202603045.xml", None),
    ],
)
def test_a_map_may_name_its_day(url: str, day: date | None) -> None:
    assert day_in_name(url) == day


def test_the_newest_maps_are_chosen_by_name_then_lastmod_then_order() -> None:
    days = [Map(f"{HOME}/{NOW - timedelta(days=back):%Y-%m-%d}.xml") for back in range(-5, 90)]
    assert [each.url[-14:-4] for each in newest(list(reversed(days)), NOW)] == [
        *("2026-03-05", "2026-03-04", "2026-03-03")
    ], "none of a day that has not begun anywhere"
    numbered = [
        Map(f"{HOME}/category-sitemap.xml", "2026-03-04T11:59:00+00:00"),
        *(Map(f"{HOME}/post-sitemap{n}.xml", f"2026-0{n}-01T00:00:00+00:00") for n in (1, 2, 3)),
        Map(f"{HOME}/page-sitemap.xml", "2026-03-04T11:59:00+00:00"),
    ]
    assert [each.url[-8:] for each in newest(numbered, NOW)] == [
        *("map3.xml", "map2.xml", "map1.xml")
    ]
    told = [Map(f"{HOME}/a.xml"), Map(f"{HOME}/news.xml"), Map(f"{HOME}/a.xml")]
    assert [each.url for each in newest(told, NOW)] == [f"{HOME}/news.xml", f"{HOME}/a.xml"]


def test_only_what_may_have_changed_is_read_again() -> None:
    maps = [Map("a", "1"), Map("b", "2"), Map("c"), Map("d", "4")]
    read = {
        url: MapRead(url=url, lastmod=was) for url, was in (("a", "1"), ("b", "0"), ("c", None))
    }
    assert [each.url for each in changed(maps, read)] == ["b", "c", "d"]


def test_an_index_is_told_from_a_sitemap(make_site) -> None:
    body = (
        "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod> 2026-03-03 </lastmod></sitemap>"
        "<sitemap><loc>http://[</loc></sitemap><sitemap/></sitemapindex>"
    )
    found = discover("sitemap", body.encode(), f"{HOME}/index.xml", make_site(), now=NOW)
    assert found == Index([Map(f"{HOME}/a.xml", "2026-03-03")])


def test_of_an_archive_only_what_is_new_or_young_counts(make_site) -> None:
    places = "".join(
        f"<url><loc>{HOME}/news/{n}</loc>"
        f"<lastmod>{(NOW - timedelta(hours=n)).isoformat()}</lastmod></url>"
        for n in reversed(range(1_000))
    )
    body = f"<urlset>{places}</urlset>".encode()

    def listed(max_age_hours: float) -> tuple[int, int]:
        site = make_site(max_age_hours=max_age_hours)
        found = discover("sitemap", body, HOME, site, now=NOW)
        assert isinstance(found, Listing)
        assert found.links[-1].url == f"{HOME}/news/0", "the newest is among them, in its place"
        return len(found.links), found.left_out

    assert listed(48) == (200, 800)
    assert listed(480) == (481, 519)
    assert listed(0) == (1_000, 0)
