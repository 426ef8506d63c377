"""What a source lists: RSS and Atom feeds, news sitemaps and section pages become links.

Pure: bytes in, links or a reason out. Every byte is hostile: sizes and counts are bounded, no
entity of a document is expanded from outside, and nothing here opens an address.
"""

from __future__ import annotations

import calendar
import html
import io
import re
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import feedparser
from feedparser.encodings import convert_to_utf8
from lxml import etree
from lxml.html import HTMLParser, document_fromstring
from w3lib.encoding import html_to_unicode

from spiders.addresses import canonical, is_article, is_own
from spiders.sites import Site
from storage.sources import Kind, Link

MAX_BYTES = 5 * 1024 * 1024  # of a listing, unpacked
MAX_LINKS = 2_000  # of a listing, from its top
MAX_TITLE_CHARS = 500

_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_HTML = re.compile(rb"(?is)\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b")


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles a source lists, each once, in its order; and what it lists of other hosts."""

    links: list[Link]
    elsewhere: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A source that lists nothing usable, and why; `reason` is for the operator."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Entry:
    address: str | None
    title: str | None = None
    modified: str | None = None
    published: datetime | None = None


def discover(
    kind: Kind, body: bytes, url: str, site: Site, content_type: str | None = None
) -> Listing | Unlisted:
    """Read one listing of a site as served; `url` is where it was read."""
    unpacked = _unpacked(body)
    if isinstance(unpacked, Unlisted):
        return unpacked
    if not unpacked.strip():
        return Unlisted("empty answer")
    readers = {"feed": _feed, "sitemap": _sitemap, "page": _page}
    entries = readers[kind](unpacked, content_type)
    if isinstance(entries, Unlisted):
        return entries
    return _listing(entries, url, site)


def _unpacked(body: bytes) -> bytes | Unlisted:
    """The bytes behind gzip, whatever their content type says they are."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    gunzip = zlib.decompressobj(wbits=31)
    try:
        plain = gunzip.decompress(body, MAX_BYTES)
    except zlib.error:
        return Unlisted("broken gzip")
    if gunzip.unconsumed_tail:
        return Unlisted(f"larger than {MAX_BYTES >> 20} MB unpacked")
    return plain


def _listing(entries: Iterable[_Entry], url: str, site: Site) -> Listing | Unlisted:
    links: dict[str, Link] = {}
    elsewhere: list[str] = []
    others = 0
    for entry in entries:
        address = canonical(site, entry.address, url) if entry.address else None
        if address is None or address in links:
            continue
        if not is_own(site, address):
            elsewhere.append(address)
        elif is_article(site, address):
            links[address] = Link(
                url=address,
                title=entry.title,
                modified=entry.modified,
                published=entry.published,
            )
        else:
            others += 1
        if len(links) >= MAX_LINKS:
            break
    if others and not links and not elsewhere:
        return Unlisted(f"none of its {others} links is an article as the seed's pattern has it")
    return Listing(list(links.values()), elsewhere[:MAX_LINKS])


def _feed(body: bytes, content_type: str | None) -> Iterable[_Entry] | Unlisted:
    parsed: Any = feedparser.parse(
        # never the bare bytes: feedparser would open what looks like a path
        io.BytesIO(_without_doctype(body, content_type)),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    entries = [_feed_entry(entry) for entry in parsed.entries[:MAX_LINKS]]
    if any(entry.address for entry in entries):
        return entries
    if _HTML.match(body):
        return Unlisted("an HTML page instead of a feed")
    fault = f" ({_short(parsed.bozo_exception)})" if parsed.get("bozo") else ""
    if not parsed.get("version"):
        return Unlisted(f"not a feed{fault}")
    return Unlisted(f"broken XML{fault}") if fault else entries


def _without_doctype(body: bytes, content_type: str | None) -> bytes:
    """The feed in UTF-8 without its DOCTYPE, so that no entity of its own can blow it up.

    Expat lets entities grow a document a hundredfold, and feedparser's own filter misses some.
    """
    headers = {"content-type": content_type} if content_type and "charset" in content_type else {}
    data: bytes = convert_to_utf8(headers, body, {})
    element = re.search(rb"<\w", data)
    head = data[: element.start()] if element else data
    doctype = head.upper().find(b"<!DOCTYPE")
    return data if doctype < 0 else data[:doctype] + data[len(head) :]


def _feed_entry(entry: Any) -> _Entry:
    return _Entry(
        address=entry.get("feedburner_origlink")
        or entry.get("link")
        or _permalink(entry.get("id")),
        title=_plain(entry.get("title")),
        modified=dict.get(entry, "updated") or entry.get("published"),
        published=_instant(entry.get("published_parsed") or dict.get(entry, "updated_parsed")),
    )


def _permalink(guid: str | None) -> str | None:
    return guid if guid and guid.startswith(("http://", "https://")) else None


def _instant(parsed: time.struct_time | None) -> datetime | None:
    """The instant of a time in UTC as feedparser gives it; None for one outside the calendar."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _sitemap(body: bytes, _: str | None) -> Iterable[_Entry] | Unlisted:
    if _HTML.match(body):
        return Unlisted("an HTML page instead of a sitemap")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        return Unlisted(f"broken XML ({_short(error)})")
    if root is None:
        return Unlisted("broken XML")
    name = etree.QName(root).localname
    if name == "sitemapindex":
        return Unlisted("an index of sitemaps: name the news sitemap itself in the seed")
    if name != "urlset":
        return Unlisted(f"not a sitemap (its root is <{_short(name)}>)")
    return _sitemap_entries(root)


def _sitemap_entries(root: etree._Element) -> Iterator[_Entry]:
    for place in root.iterchildren("{*}url"):
        news = place.find(f"{_NEWS}news")
        title = date = None
        if news is not None:
            title = _plain(news.findtext(f"{_NEWS}title"))
            date = (news.findtext(f"{_NEWS}publication_date") or "").strip()
        yield _Entry(
            address=place.findtext("{*}loc"),
            title=title,
            modified=(place.findtext("{*}lastmod") or date or "").strip() or None,
            published=_moment(date or ""),
        )


def _moment(text: str) -> datetime | None:
    """A W3C or mail date with an offset as an instant; None for anything vaguer."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
            return moment.astimezone(UTC) if moment.tzinfo else None
        except (ValueError, OverflowError):
            continue
    return None


def _page(body: bytes, content_type: str | None) -> Iterable[_Entry] | Unlisted:
    _, text = html_to_unicode(content_type, body, auto_detect_fun=lambda _: "utf-8")
    try:
        root = document_fromstring(text.encode(), parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return Unlisted("not an HTML page")
    return _page_entries(root)


def _page_entries(root: Any) -> Iterator[_Entry]:
    """Anchors with words first: of two anchors of one article, the picture's has none."""
    base = root.find(".//base[@href]")
    wordless = []
    for anchor in root.iterfind(".//a[@href]"):
        href = anchor.get("href").strip()
        address = href if base is None else _joined(base.get("href"), href)
        title = _plain(anchor.text_content()) or _plain(anchor.get("title"))
        if title:
            yield _Entry(address, title)
        else:
            wordless.append(_Entry(address))
    yield from wordless


def _joined(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href)
    except ValueError:  # as of http://[
        return None


def _plain(markup: str | None) -> str | None:
    """A title without the tags and entities that feeds put into it, on one line."""
    if not markup:
        return None
    text = html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", markup))
    return " ".join(text.split())[:MAX_TITLE_CHARS] or None


def _short(reason: object) -> str:
    return " ".join(str(reason).split())[:120]
