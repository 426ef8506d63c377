"""Well-formed RSS 2.0 and Atom 1.0 made of the usual elements, read as feedparser reads them.

feedparser dispatches every tag of every item; the few that matter here are quickly found with
lxml. Whatever is unusual (other versions, repeated or nested elements, xml:base, attributes that
change a meaning) makes the answer None, for feedparser to read. A property test holds the two
equal.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from feedparser.datetimes import _parse_date
from feedparser.html import _cp1252
from lxml import etree

from spiders.listing.entries import MAX_ENTRIES, Entry, plain
from spiders.listing.times import of_struct

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC_DATE = "{http://purl.org/dc/elements/1.1/}date"

_RSS_READ = frozenset({"title", "link", "guid", "pubDate", _DC_DATE})
_RSS_SKIPPED = frozenset(
    {
        *("description", "category", "author", "comments", "enclosure"),
        "{http://purl.org/rss/1.0/modules/content/}encoded",
        "{http://purl.org/dc/elements/1.1/}creator",
        "{http://purl.org/rss/1.0/modules/slash/}comments",
        "{http://wellformedweb.org/CommentAPI/}commentRss",
        "{http://wellformedweb.org/CommentAPI/}comment",
        "{http://search.yahoo.com/mrss/}content",
        "{http://search.yahoo.com/mrss/}thumbnail",
        "{com-wordpress:feed-additions:1}post-id",
    }
)
_ATOM_READ = frozenset(_ATOM + name for name in ("title", "id", "updated", "published"))
_ATOM_SKIPPED = frozenset(_ATOM + name for name in ("summary", "content", "category"))
_ATOM_PEOPLE = frozenset(_ATOM + name for name in ("author", "contributor"))
_ATOM_PERSON = frozenset(_ATOM + name for name in ("name", "uri", "email"))
_ATOM_LINK = frozenset({"href", "rel", "type", "title", "hreflang", "length"})
_PAGE_TYPES = frozenset({"text/html", "html", "application/xhtml+xml", "xhtml"})

_BASE = re.compile(rb"""(?i)\bbase\s*=\s*["']""")
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
_WIDE = re.compile("[^\x00-\xff]")
_CONTROL = re.compile("[\x80-\x9f]")  # bytes of windows-1252, mistaken for those of latin-1
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MAILED = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-3]\d) "
    rf"({'|'.join(_MONTHS)}) ([12]\d{{3}}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) "
    r"(?:GMT|([+-])(0\d|1[0-4])([0-5]\d))",
    re.ASCII,
)
_TEXT_TYPES = frozenset({"text", "html"})


class _Unusual(Exception):  # noqa: N818 - no error: feedparser reads such a feed
    """This feed is not plain."""


def read(data: bytes) -> list[Entry] | None:
    """The entries of a plain feed in UTF-8 without DOCTYPE; None for feedparser to read it."""
    if b"base" in data.lower() and _BASE.search(data):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
        if root.tag == "rss" and set(root.attrib) <= {"version"}:
            return _rss(root)
        if root.tag == f"{_ATOM}feed":
            return _atom(root)
    except (etree.XMLSyntaxError, ValueError, _Unusual):
        pass
    return None


def _rss(root: etree._Element) -> list[Entry]:
    if len(root) != 1 or root[0].tag != "channel" or root[0].attrib:
        raise _Unusual
    items = [child for child in root[0] if child.tag == "item"]
    _all_entries(root, len(items))
    return [_item(item) for item in items[:MAX_ENTRIES]]


def _all_entries(root: etree._Element, number: int) -> None:
    """feedparser takes an item wherever it stands; here all stand where they belong."""
    names = ("item", "entry", "Item", "Entry", "ITEM", "ENTRY")
    if sum(1 for _ in root.iter(*(f"{{*}}{name}" for name in names))) != number:
        raise _Unusual


def _item(item: etree._Element) -> Entry:
    if item.attrib:
        raise _Unusual
    found: dict[str, str] = {}
    guid_links = True
    for child in item:
        tag = child.tag
        if len(child) or tag in found or (tag not in _RSS_SKIPPED and tag not in _RSS_READ):
            raise _Unusual
        if tag in _RSS_SKIPPED:
            continue
        if attributes := child.items():
            guid_links = _is_permalink(tag, attributes)
        found[tag] = _text(child)
    guid = found.get("guid")
    if guid and guid_links:
        guid = _joined(guid)
    link = found.get("link")
    if link is None:
        link = guid if guid_links else None
    else:
        link = _joined(link)
        if "&" in link:
            link = re.sub(r"&([A-Za-z0-9_]+);", r"&\g<1>", link.replace("&amp;", "&"))
    return _entry(link, guid, found.get("title"), found.get("pubDate"), found.get(_DC_DATE))


def _is_permalink(tag: object, attributes: Sequence[tuple[object, object]]) -> bool:
    """Whether a guid is an address, by its attribute; no other element that is read has any."""
    if tag != "guid" or len(attributes) > 1 or attributes[0][0] != "isPermaLink":
        raise _Unusual
    return attributes[0][1] == "true"


def _atom(root: etree._Element) -> list[Entry]:
    entries = [child for child in root if child.tag == f"{_ATOM}entry"]
    _all_entries(root, len(entries))
    return [_atom_entry(entry) for entry in entries[:MAX_ENTRIES]]


def _atom_entry(entry: etree._Element) -> Entry:
    if entry.attrib:
        raise _Unusual
    found: dict[str, str] = {}
    link = None
    for child in entry:
        tag = child.tag
        if tag == f"{_ATOM}link":
            link = _alternate(child) or link
        elif tag in _ATOM_READ:
            _plain_text(child)
            if tag in found:
                raise _Unusual
            found[tag] = _text(child)
        elif tag in _ATOM_PEOPLE:
            if any(part.tag not in _ATOM_PERSON or len(part) or part.attrib for part in child):
                raise _Unusual
        elif tag not in _ATOM_SKIPPED or len(child) or "src" in child.attrib:
            raise _Unusual
        elif tag != f"{_ATOM}category":
            _plain_text(child)
    of = {name: found.get(_ATOM + name) for name in ("id", "title", "published", "updated")}
    guid = _joined(of["id"]) if of["id"] else of["id"]
    return _entry(link or guid, guid, of["title"], of["published"], of["updated"])


def _plain_text(element: etree._Element) -> None:
    typed = element.attrib.get("type", "text") in _TEXT_TYPES
    if len(element) or not typed or set(element.attrib) - {"type"}:
        raise _Unusual


def _alternate(link: etree._Element) -> str | None:
    attributes = link.attrib
    if len(link) or "href" not in attributes or set(attributes) - _ATOM_LINK:
        raise _Unusual
    related = str(attributes.get("rel", "alternate")).lower()
    kind = str(attributes.get("type", "text/html")).lower()
    if not attributes["href"] or not related or not kind:
        raise _Unusual
    is_page = related == "alternate" and kind in _PAGE_TYPES
    return _joined(str(attributes["href"])) if is_page else None


def _entry(
    link: str | None,
    guid: str | None,
    title: str | None,
    published: str | None,
    updated: str | None,
) -> Entry:
    on_publication = _instant(published) if published else None
    on_update = None if on_publication or not updated else _instant(updated)
    address = link or (guid if guid and guid.startswith(("http://", "https://")) else None)
    return Entry(
        address=address,
        title=plain(title),
        modified=updated or published,
        published=on_publication or on_update,
        dated=published if on_publication or not updated else updated,
    )


def _text(element: etree._Element) -> str:
    """An element's words, with the two mistakes in encoding mended that feedparser mends."""
    text = (element.text or "").strip()
    if text.isascii():
        return text
    if not _WIDE.search(text):
        with contextlib.suppress(UnicodeDecodeError):
            text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_cp1252) if _CONTROL.search(text) else text


def _joined(address: str) -> str:
    return _SLASHES.sub(r"\1\3", address) if ":///" in address else address


@lru_cache(maxsize=8_192)  # a listing tells the times of last time again, but for its newest
def _instant(text: str) -> datetime | None:
    """When it says; feedparser tries ten ways before the one in which nearly all feeds write."""
    if mailed := _MAILED.fullmatch(text):
        day, month, *clock, sign, hours, minutes = mailed.groups(default="0")
        year, hour, minute, second = map(int, clock)
        with contextlib.suppress(ValueError):
            at = datetime(
                *(year, _MONTHS.index(month) + 1, int(day), hour, minute, second), tzinfo=UTC
            )
            ahead = timedelta(hours=int(hours), minutes=int(minutes))
            return at + ahead if sign == "-" else at - ahead
    return of_struct(_parse_date(text))
