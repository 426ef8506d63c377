"""Two fetches of a listing have one fingerprint only if nothing that is listed differs."""

from __future__ import annotations

import pytest

from spiders.listing.prints import fingerprint

ITEM = b"<item><title>%s</title><link>/news/%d</link><pubDate>%s</pubDate></item>"
NOON, LATER = b"Tue, 03 Mar 2026 12:00:00 GMT", b"Tue, 03 Mar 2026 12:05:00 GMT"


def feed(head: bytes = b"", items: bytes = ITEM % (b"x", 1, NOON), end: bytes = b"") -> bytes:
    return b"<rss version='2.0'><channel>" + head + items + b"</channel></rss>" + end


def atom(head: bytes, entry: bytes) -> bytes:
    return b"<feed><title>x</title>" + head + b"<entry>" + entry + b"</entry></feed>"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            feed(b"<lastBuildDate>" + NOON + b"</lastBuildDate>"),
            feed(b"<lastBuildDate>" + LATER + b"</lastBuildDate>"),
        ),
        (feed(b"<pubDate>" + NOON + b"</pubDate>"), feed(b"<pubDate>" + LATER + b"</pubDate>")),
        (feed(end=b"<!-- cached 12:00 -->"), feed(end=b"<!-- cached 12:05 -->")),
        (feed(), feed(end=b"<!-- cached -->")),
        (
            atom(b"<updated>2026-03-03T12:00:00Z</updated>", b"<id>1</id>"),
            atom(b"<updated>2026-03-03T12:05:00Z</updated>", b"<id>1</id>"),
        ),
    ],
)
def test_what_is_stamped_on_a_listing_makes_no_difference(first: bytes, second: bytes) -> None:
    assert fingerprint(first) == fingerprint(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (feed(items=ITEM % (b"x", 1, NOON)), feed(items=ITEM % (b"x", 2, NOON))),
        (feed(items=ITEM % (b"x", 1, NOON)), feed(items=ITEM % (b"y", 1, NOON))),
        (feed(items=ITEM % (b"x", 1, NOON)), feed(items=ITEM % (b"x", 1, LATER))),
        (feed(b"<ttl>5</ttl>"), feed(b"<ttl>60</ttl>")),
        (
            atom(b"", b"<updated>2026-03-03T12:00:00Z</updated>"),
            atom(b"", b"<updated>2026-03-03T12:05:00Z</updated>"),
        ),
        # what begins like a comment in one entry and ends in a later one hides none between them
        (
            feed(items=ITEM % (b"<![CDATA[<!-- ]]>", 1, NOON) + ITEM % (b"-->", 2, NOON)),
            feed(items=ITEM % (b"<![CDATA[<!-- ]]>", 1, NOON) + ITEM % (b"-->", 3, NOON)),
        ),
        (b"<a href=/news/1>x</a>", b"<a href=/news/2>x</a>"),
        (
            b"<urlset><url><loc>/1</loc></url></urlset>",
            b"<urlset><url><loc>/2</loc></url></urlset>",
        ),
    ],
)
def test_whatever_is_listed_otherwise_is_another_listing(first: bytes, second: bytes) -> None:
    assert fingerprint(first) != fingerprint(second)
