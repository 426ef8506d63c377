"""What a front page says of its outlet: its feeds, its name, its sitemaps, its links. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from spiders.listing.entries import plain
from spiders.listing.sections import tree

FEED_PATHS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json")
MAP_PATHS = (
    *("/news-sitemap.xml", "/sitemap-news.xml", "/newssitemap.xml"),
    *("/sitemap_index.xml", "/sitemap.xml"),
)

_FEED_TYPES = re.compile(r"(?i)application/(rss|atom|rdf|feed)?\+?(xml|json)|text/xml")
_FEED_HREF = re.compile(r"(?i)(^|[/.?=_-])(rss2?|feeds?|atom|mrss)([/.?=_-]|$)|\.rdf$")
_NO_FEED = re.compile(r"(?i)comment|replytocom|oembed|wp-json|/tag/|/author/|podcast")
_FOREIGN = re.compile(r"(?i)/(en|english|fr|french|tr|turkish|ku|fa|he|es|de|ru)(?=[/_-]|$)")
_MAP_LINE = re.compile(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S+)")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_FRONT = {"الرئيسية", "الصفحة الرئيسية", "home", "home page", "homepage", "accueil"}
_PARTED = re.compile(r"\s+[-–—|:•»]\s+")


@dataclass(slots=True)
class Clues:
    """What was read on a page; addresses are absolute."""

    feeds: list[str] = field(default_factory=list)  # as link tags tell them, then by their looks
    links: dict[str, str] = field(default_factory=dict)  # anchors on the page, with their words
    names: list[tuple[str, str]] = field(default_factory=list)  # (name, where it was read)


def of_page(body: bytes, url: str, content_type: str | None) -> Clues:
    """The clues on a page; none if it is not HTML."""
    root = tree(body, content_type)
    if root is None:
        return Clues()
    clues = Clues(names=list(_names(root)))
    looks: list[str] = []
    foreign: list[str] = []
    for link in root.iterfind(".//link[@href]"):
        rel, kind = (link.get("rel") or "").lower(), link.get("type") or ""
        if "alternate" in rel.split() and _FEED_TYPES.fullmatch(kind.strip()):
            found = _absolute(url, link.get("href"))
            clues.feeds += found
            if not (link.get("hreflang") or "ar").lower().startswith("ar"):
                foreign += found
    for anchor in root.iterfind(".//a[@href]"):
        for address in _absolute(url, anchor.get("href")):
            words = plain(anchor.text_content()) or ""
            clues.links[address] = max(clues.links.get(address, ""), words, key=len)
            if _FEED_HREF.search(urlsplit(address).path) and len(looks) < 5:
                looks.append(address)
    told = [each for each in dict.fromkeys(clues.feeds + looks) if not _NO_FEED.search(each)]
    foreign += [each for each in told if _FOREIGN.match(urlsplit(each).path)]
    clues.feeds = [each for each in told if each not in foreign] or told
    return clues


def maps_of(robots: bytes) -> list[str]:
    """The sitemaps that a robots.txt names."""
    found = _MAP_LINE.findall(robots[:500_000].decode("utf-8", "replace"))
    return [each for each in dict.fromkeys(found) if each.startswith(("http://", "https://"))]


def likely_articles(links: dict[str, str], home: str) -> list[str]:
    """Of the links of a page, those that look like articles: of the host, many words, a number or
    a long slug in the path.
    """
    host = urlsplit(home).netloc.removeprefix("www.")
    found = []
    for url, words in links.items():
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        tells = re.search(r"\d{3,}|\d{4}/\d{1,2}/", f"{path}?{parts.query}") or path.count("-") >= 3
        if parts.netloc.removeprefix("www.") == host and tells and len(words.split()) >= 4:
            found.append(url)
    return found


def best_name(names: list[tuple[str, str]], host: str) -> tuple[str, str]:
    """The outlet's name and where it stands; one in Arabic before all others, else the host."""
    arabic = [each for each in names if _ARABIC.search(each[0])]
    return next(iter(arabic or names), (host, "uncertain: the page names none"))


def _names(root: Any) -> Iterator[tuple[str, str]]:
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title"):
        for meta in root.xpath("//meta[@property=$name or @name=$name]/@content", name=name):
            if told := _name(str(meta)):
                yield told, name
    for script in root.xpath("//script[@type='application/ld+json']/text()"):
        if told := _name(_publisher(str(script))):
            yield told, "JSON-LD"
    for title in root.xpath("//head/title"):
        parts = _PARTED.split(plain(title.text_content()) or "")
        parts = [part for part in parts if part.strip().lower() not in _FRONT] or parts
        if told := _name(min(parts, key=len)):
            yield told, "the page's title; uncertain"


def _publisher(script: str) -> str:
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return ""
    told = data.get("@graph", [data]) if isinstance(data, dict) else data
    for node in told if isinstance(told, list) else []:
        kind = str(node.get("@type", "")) if isinstance(node, dict) else ""
        if re.search("Organization|WebSite|NewsMedia", kind):
            return str(node.get("name") or "")
    return ""


def _name(text: str) -> str | None:
    name = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e]", " ", text).split())
    return name if 0 < len(name) <= 60 else None


def _absolute(url: str, href: str | None) -> list[str]:
    try:
        address = urljoin(url, (href or "").strip()).partition("#")[0]
        parts = urlsplit(address)
        return [address] if parts.scheme in ("http", "https") and parts.hostname else []
    except ValueError:
        return []
