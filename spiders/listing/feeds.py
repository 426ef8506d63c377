"""RSS 0.9 to 2.0, RDF and Atom 0.3 and 1.0: feedparser's reading of them, safely fed.

Well-formed RSS 2.0 and Atom 1.0 of the usual elements are read by `plainfeeds`, with the same
result many times faster.
"""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import Any

import feedparser
from feedparser.encodings import convert_to_utf8

from spiders.listing import plainfeeds
from spiders.listing.entries import MAX_LINKS, Entry, Lack, Unlisted, plain, short
from spiders.listing.times import of_struct

MAX_TAGS = 100_000  # feedparser takes a second for so many
DENSE_BYTES = 500_000  # what is read of a feed that has more

_CDATA = re.compile(rb"(?s)<!\[CDATA\[.*?\]\]>")
_ENTRY = re.compile(rb"(?i)<(?:\w+:)?(?:item|entry)[\s>/]")


def read(body: bytes, content_type: str | None) -> list[Entry] | Unlisted:
    """The entries of a feed, in its order; one that breaks off gives what it has.

    Of a feed that feedparser must read, 2,000 at most: of an ill-formed one it reads some thousand
    in a second.
    """
    data = without_doctype(body, content_type)
    entries = plainfeeds.read(data)
    if entries is None:
        entries, fault = by_feedparser(_first(data, MAX_LINKS))
        if fault and all(entry == Entry(None) for entry in entries):
            return fault
    return entries


def by_feedparser(data: bytes) -> tuple[list[Entry], Unlisted | None]:
    """What feedparser reads in a feed without DOCTYPE, and what is wrong with it."""
    parsed: Any = feedparser.parse(
        # never the bare bytes: feedparser would open what looks like a path
        io.BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    entries = [_entry(entry) for entry in parsed.entries]
    fault = f" ({short(parsed.bozo_exception)})" if parsed.get("bozo") else ""
    if not parsed.get("version"):
        return entries, Unlisted(f"not a feed{fault}", Lack.FOREIGN)
    return entries, Unlisted(f"broken XML{fault}", Lack.BROKEN) if fault else None


def closed(body: bytes) -> bytes:
    """A feed that was cut, without the entry it was cut in and with its last tags."""
    end = max(body.rfind(b"</item>") + len(b"</item>"), body.rfind(b"</entry>") + len(b"</entry>"))
    return body[:end] + _last_tags(body) if end >= len(b"</entry>") else body


def _first(data: bytes, number: int) -> bytes:
    """The feed with so many entries at most, and no more tags than real feeds have."""
    if len(data) > DENSE_BYTES and _CDATA.sub(b"", data).count(b"<") > MAX_TAGS:
        data = closed(data[:DENSE_BYTES])
    starts = [found.start() for found in islice(_ENTRY.finditer(data), number + 1)]
    return data if len(starts) <= number else data[: starts[-1]] + _last_tags(data)


def _last_tags(data: bytes) -> bytes:
    root = re.search(rb"<(rss|feed)[\s>]", data[:10_000])
    if root is None:
        return b""
    return b"</channel></rss>" if root[1] == b"rss" else b"</feed>"


def without_doctype(body: bytes, content_type: str | None) -> bytes:
    """The feed in UTF-8 without its DOCTYPE, so that no entity of its own can blow it up.

    Expat lets entities grow a document a hundredfold, and feedparser's own filter misses some.
    """
    headers = {"content-type": content_type} if content_type and "charset" in content_type else {}
    data: bytes = convert_to_utf8(headers, body, {})
    element = re.search(rb"<\w", data)
    head = data[: element.start()] if element else data
    doctype = head.upper().find(b"<!DOCTYPE")
    return data if doctype < 0 else data[:doctype] + data[len(head) :]


def _entry(entry: Any) -> Entry:
    published, updated = entry.get("published"), dict.get(entry, "updated")
    on_publication = entry.get("published_parsed")
    return Entry(
        address=entry.get("feedburner_origlink") or entry.get("link") or permalink(entry.get("id")),
        title=plain(entry.get("title")),
        modified=updated or published,
        published=of_struct(on_publication or dict.get(entry, "updated_parsed")),
        dated=published if on_publication or not updated else updated,
    )


def permalink(guid: str | None) -> str | None:
    """An id that is an address of its own."""
    return guid if guid and guid.startswith(("http://", "https://")) else None
