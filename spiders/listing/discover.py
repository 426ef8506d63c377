"""Reads one listing of a site, of whatever kind it turns out to be.

Pure: bytes in, links or a reason out. Every byte is hostile: sizes and counts are bounded, no
entity of a document is expanded from outside, and nothing here opens an address.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from spiders.addresses import canonical, is_article, is_own
from spiders.listing import feeds, jsonfeeds, sections, sitemaps, times
from spiders.listing.entries import MAX_BYTES, MAX_LINKS, Entry, Index, Lack, Listing, Unlisted
from spiders.listing.kinds import shape_of
from spiders.sites import Site
from storage.sources import Kind, Link

ARCHIVE = 200  # a sitemap of more entries is an archive: of the rest only what is young counts

_FEED = re.compile(rb"<(rss|feed|rdf:RDF)[\s>]")


def discover(
    kind: Kind, body: bytes, url: str, site: Site, content_type: str | None = None, *, now: datetime
) -> Listing | Index | Unlisted:
    """Read one listing of a site as served; `url` is where it was read.

    The content says what it is; `kind`, the seed's word, counts where it does not, and for pages:
    only where the seed names a page is a page read.
    """
    plain, is_cut = unpacked(body)
    if plain is None:
        return Unlisted("broken gzip", Lack.BROKEN)
    if not plain.strip():
        return Unlisted("empty answer", Lack.FOREIGN)
    if is_cut and shape_of(plain) == "feed":
        plain = feeds.closed(plain)
    entries = read(kind, plain, url, content_type)
    if isinstance(entries, Index):
        return entries if entries.maps else Unlisted("an empty index of sitemaps", Lack.EMPTY)
    if isinstance(entries, Unlisted):
        too_long = f"larger than {MAX_BYTES >> 20} MB unpacked"
        return Unlisted(too_long, Lack.LARGE) if is_cut else entries
    return listing_of(entries, url, site, now, is_map=shape_of(plain) == "sitemap")


def unpacked(body: bytes) -> tuple[bytes | None, bool]:
    """The bytes behind gzip, whatever their name or type says they are, and whether they were cut
    at `MAX_BYTES`; None where nothing can be unpacked.
    """
    plain = body
    for _ in range(2):  # some servers pack what is packed
        if not plain.startswith(b"\x1f\x8b"):
            break
        if (pieces := _gunzipped(plain)) is None:
            return None, False
        plain = pieces
    return plain[:MAX_BYTES], len(plain) > MAX_BYTES


def _gunzipped(body: bytes) -> bytes | None:
    """At most one byte more than may be read; of a file that breaks off, what there is."""
    plain, rest = b"", body
    while rest.startswith(b"\x1f\x8b") and len(plain) <= MAX_BYTES:
        gunzip = zlib.decompressobj(wbits=31)
        try:
            piece = gunzip.decompress(rest, MAX_BYTES + 1 - len(plain))
        except zlib.error:
            return plain or None
        if not piece and not gunzip.eof:
            break
        plain, rest = plain + piece, gunzip.unused_data
    return plain


def read(
    kind: Kind, body: bytes, url: str, content_type: str | None
) -> Sequence[Entry] | Index | Unlisted:
    """The entries of what a source answered, unpacked, before anything is said of its links."""
    shape = shape_of(body)
    if shape == "json":
        return jsonfeeds.read(body)
    if shape == "html" and kind != "page":
        return _instead(kind, body, content_type)
    if shape == "feed" or (shape is None and kind == "feed"):
        return feeds.read(body, content_type)
    if shape == "sitemap" or kind == "sitemap":
        return sitemaps.read(body, url)
    return sections.read(body, content_type)


def _instead(kind: Kind, body: bytes, content_type: str | None) -> Sequence[Entry] | Unlisted:
    """A page where something else should be; some write a feed into one."""
    begun = _FEED.search(body) if kind == "feed" else None
    if begun:
        end = body.rfind(b"</" + begun[1])
        found = feeds.read(body[begun.start() : end + len(begun[1]) + 3], content_type)
        if not isinstance(found, Unlisted) and any(entry.address for entry in found):
            return found
    return Unlisted(f"an HTML page instead of a {kind}", Lack.HTML)


def listing_of(
    entries: Sequence[Entry], url: str, site: Site, now: datetime, *, is_map: bool
) -> Listing | Unlisted:
    """What of these entries are articles of the site; relative addresses are below `url`.

    Of a sitemap (`is_map`) that is an archive, only what is new or young enough to be told.
    """
    zone = ZoneInfo(site.zone)
    links: dict[str, Link] = {}
    elsewhere: list[str] = []
    others = 0
    beyond = len(entries) - 2 * MAX_LINKS
    for entry in entries if beyond <= 0 else sorted(entries, key=_age)[: 2 * MAX_LINKS]:
        address = canonical(site, entry.address, url) if entry.address else None
        if address is None or address in links:
            continue
        if not is_own(site, address):
            elsewhere.append(address)
        elif is_article(site, address):
            published = times.settled(entry.dated, entry.published, zone, now)
            links[address] = Link(
                url=address, title=entry.title, modified=entry.modified, published=published
            )
        else:
            others += 1
    if elsewhere and not links and not others:
        host = urlsplit(elsewhere[0]).netloc
        said = f"all of its {len(elsewhere)} links lead to other hosts, as to {host}"
        return Unlisted(said, Lack.REDESIGNED)
    if others and not links:
        said = f"none of its {others} links is an article as the seed's pattern has it"
        return Unlisted(said, Lack.REDESIGNED)
    oldest = now.timestamp() - site.max_age_hours * 3600 if is_map and site.max_age_hours else None
    kept = _newest(list(links.values()), oldest)
    left_out = len(links) - len(kept) + max(beyond, 0)
    return Listing(kept, elsewhere[:MAX_LINKS], left_out, others)


def _age(entry: Entry) -> float:
    """Smaller for what is newer by its times; entries without any keep their order."""
    return -(entry.published.timestamp() if entry.published else times.freshness(entry.modified))


def _newest(links: list[Link], oldest: float | None) -> list[Link]:
    """As many links as may be listed: the newest by the times they tell, else the first.

    Of an archive, what is older than `oldest` is left out.
    """
    if len(links) <= ARCHIVE:
        return links
    told = {link.url: times.freshness(link.modified) for link in links}
    newest = sorted(links, key=lambda link: -told[link.url])[:MAX_LINKS]
    if oldest is not None and told[newest[0].url] > float("-inf"):
        newest = newest[:ARCHIVE] + [link for link in newest[ARCHIVE:] if told[link.url] >= oldest]
    kept = {link.url for link in newest}
    return [link for link in links if link.url in kept]
