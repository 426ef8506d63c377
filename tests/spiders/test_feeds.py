"""Our reading of feeds beside feedparser's: the same entries, links and times, quicker or not."""

from __future__ import annotations

import io
import time
import warnings
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loopback.newsfeeds import FEEDS

from spiders.listing import feeds, plainfeeds
from spiders.listing.discover import discover, unpacked
from spiders.listing.entries import Entry, Listing, Unlisted
from spiders.listing.times import of_struct

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def key(entry: Entry) -> tuple[object, ...]:
    return entry.address or None, entry.published


def feedparsers(body: bytes) -> list[tuple[object, ...]]:
    """What feedparser finds by itself: the link, and the time of publication or else of change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        entries: list[Any] = feedparser.parse(io.BytesIO(body)).entries
    return [
        (
            entry.get("feedburner_origlink")
            or entry.get("link")
            or feeds.permalink(entry.get("id")),
            of_struct(entry.get("published_parsed") or dict.get(entry, "updated_parsed")),
        )
        for entry in entries
    ]


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_read_as_feedparser_reads_it(make_site, name: str) -> None:
    body, _ = unpacked(FEEDS[name])
    assert body is not None
    ours = feeds.read(body, None)
    assert not isinstance(ours, Unlisted), ours
    assert [key(entry) for entry in ours] == feedparsers(body)
    data = feeds.without_doctype(body, None)
    quick = plainfeeds.read(data)
    assert quick is None or quick == feeds.by_feedparser(data)[0]
    found = discover("feed", FEEDS[name], "https://www.minbar.example/", make_site(), now=NOW)
    assert isinstance(found, Listing) or "none of its" in found.reason


def test_the_usual_feeds_are_read_quickly() -> None:
    quick = [name for name, body in FEEDS.items() if plainfeeds.read(body) is not None]
    assert {"rss 2.0", "rss 0.92", "atom 1.0", "content and creator", "link in CDATA"} <= set(quick)
    assert "xml:base" not in quick


_WORDS = st.sampled_from(
    ["خبر عاجل", "a & b", " x\n", "<b>", "]]", "é", "Ø®Ø¨Ø±", "&amp;", "", "\u0092", "1"]
)
_URLS = st.sampled_from(
    [f"{'/' * n}news/{n}?a=1&b={n}" for n in range(4)]
    + ["https://www.minbar.example/1", "https:////x.example/2", "http://[", "tag:x", "", " /3 "]
)
_MAILED = st.builds(
    lambda day, at, zone: f"{day}, {at:%d %b %Y %H:%M:%S} {zone}",
    st.sampled_from(["Mon", "Tue", "Caturday"]),
    st.datetimes(min_value=datetime(1900, 1, 1, tzinfo=UTC).replace(tzinfo=None)),
    st.sampled_from(["GMT", "+0300", "-0330", "+1400", "+1500", "+0060", "EST", "UT", "-0000", ""]),
)
_DATES = _MAILED | st.sampled_from(
    ["Tue, 30 Feb 2026 10:00:00 GMT", "2026-03-03T10:00:00Z", "2026-03-03", "أمس", "", "x"]
)


def _escaped(text: str, how: int) -> str:
    if how and "]]" not in text:
        return f"<![CDATA[{text}]]>"
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


@st.composite
def _elements(draw: st.DrawFn) -> str:
    """One element of an item, usual or not."""
    how = draw(st.integers(0, 1))
    words = _escaped(draw(_WORDS), how)
    url = _escaped(draw(_URLS), how)
    href = _escaped(draw(_URLS), 0)
    date = draw(_DATES)
    return draw(
        st.sampled_from(
            [
                f"<title>{words}</title>",
                f"<title type='html'>{words}</title>",
                f"<link>{url}</link>",
                f"<link href='{href}'/>",
                f"<link href='{href}' rel='Alternate' type='Text/HTML'>{words}</link>",
                f"<link href='{href}' rel='self'/>",
                f"<guid>{url}</guid>",
                f"<guid isPermaLink='false'>{url}</guid>",
                f"<guid isPermaLink='TRUE'>{url}</guid>",
                f"<id>{url}</id>",
                f"<pubDate>{date}</pubDate>",
                f"<published>{date}</published>",
                f"<updated>{date}</updated>",
                f"<dc:date>{date}</dc:date>",
                f"<dc:creator>{words}</dc:creator>",
                f"<description>{words}</description>",
                f"<summary type='html'>{words}</summary>",
                f"<content type='text'>{words}</content>",
                f"<content:encoded>{words}</content:encoded>",
                f"<media:thumbnail url='{href}'/>",
                f"<media:title>{words}</media:title>",
                f"<media:content url='{href}'><media:title>x</media:title></media:content>",
                f"<author><name>{words}</name><uri>{url}</uri></author>",
                f"<author>{words}</author>",
                f"<category term='{href}'>{words}</category>",
                f"<enclosure url='{href}' length='1' type='image/png'/>",
                f"<comments>{url}</comments>",
                f"<slash:comments>{words}</slash:comments>",
                f"<post-id xmlns='com-wordpress:feed-additions:1'>{words}</post-id>",
                f"<source url='{href}'>{words}</source>",
                f"<image><link>{url}</link></image>",
                f"{words}<!-- x --><?y z?>",
                "<item/>",
                f"<x y='{href}'>{words}</x>",
            ]
        )
    )


@st.composite
def _documents(draw: st.DrawFn) -> bytes:
    name = draw(st.sampled_from(["item", "entry"]))
    entries = draw(st.lists(st.lists(_elements(), max_size=7), max_size=3))
    body = "".join(f"<{name}>{''.join(parts)}</{name}>" for parts in entries)
    spaces = (
        "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:slash='http://purl.org/rss/1.0/modules/slash/'"
    )
    head = draw(st.sampled_from(["", "<link>/</link>", "<image><url>x</url></image>"]))
    if name == "item":
        return f"<rss version='2.0' {spaces}><channel>{head}{body}</channel></rss>".encode()
    return f"<feed xmlns='http://www.w3.org/2005/Atom' {spaces}>{body}</feed>".encode()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_documents())
def test_what_is_read_quickly_is_what_feedparser_reads(document: bytes) -> None:
    data = feeds.without_doctype(document, None)
    quick = plainfeeds.read(data)
    if quick is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert quick == feeds.by_feedparser(data)[0]


@pytest.mark.no_cover
def test_a_feed_of_fifty_thousand_entries_costs_seconds_and_keeps_the_newest(make_site) -> None:
    items = "".join(
        f"<item><link>/news/{n}</link>"
        f"<pubDate>{n % 28 + 1:02} Feb {1996 + n // 2000} 10:00:00 GMT</pubDate></item>"
        for n in range(50_000)
    )
    body = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    assert len(body) < 5 * 1024 * 1024
    start = time.process_time()
    found = discover("feed", body, "https://www.minbar.example/", make_site(), now=NOW)
    assert time.process_time() - start < 20
    assert isinstance(found, Listing)
    assert (len(found.links), found.left_out) == (2_000, 48_000)
    assert {link.published.year for link in found.links if link.published} == {2020}
