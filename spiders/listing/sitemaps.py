"""News sitemaps, plain sitemaps, and indexes of sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from spiders.listing.entries import MAX_ENTRIES, Entry, Index, Lack, Map, Unlisted, plain, short
from spiders.listing.times import of_text

_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read(body: bytes, url: str) -> list[Entry] | Index | Unlisted:
    """The places of a sitemap, or the sitemaps of an index; what breaks off gives what it has."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Unlisted(f"broken XML ({short(error)})", Lack.BROKEN)
    if root is None:
        return Unlisted("broken XML", Lack.BROKEN)
    name = etree.QName(root).localname
    if name == "sitemapindex":
        return Index(list(_maps(root, url)))
    if name != "urlset":
        return Unlisted(f"not a sitemap (its root is <{short(name)}>)", Lack.FOREIGN)
    return [_entry(place) for place in _first(root, "{*}url")]


def _first(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    for _, child in zip(range(MAX_ENTRIES), root.iterchildren(tag), strict=False):
        yield child


def _entry(place: etree._Element) -> Entry:
    news = place.find(f"{_NEWS}news")
    title = date = None
    if news is not None:
        title = plain(news.findtext(f"{_NEWS}title"))
        date = (news.findtext(f"{_NEWS}publication_date") or "").strip() or None
    return Entry(
        address=place.findtext("{*}loc"),
        title=title,
        modified=(place.findtext("{*}lastmod") or date or "").strip() or None,
        published=of_text(date),
        dated=date,
    )


def _maps(root: etree._Element, url: str) -> Iterator[Map]:
    for place in _first(root, "{*}sitemap"):
        try:
            address = urljoin(url, (place.findtext("{*}loc") or "").strip())
        except ValueError:  # as of http://[
            continue
        if address != url:
            yield Map(address, (place.findtext("{*}lastmod") or "").strip() or None)
