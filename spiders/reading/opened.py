"""A page opened: its tree, its lines and what its layers claim, ready to be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from spiders.reading import (
    article_ends,
    charset,
    cleaning,
    headline,
    jsonld,
    layers,
    marks,
    markup,
    reader,
    trees,
)
from spiders.reading.layers import Claims
from spiders.reading.markup import Line
from spiders.reading.outcomes import Unreadable
from spiders.reading.trees import Element, Named
from spiders.sites import Site

MAX_PAGE_BYTES = (
    6_000_000  # the crawl cuts off at 5 MB; what is larger was not cut and is no article
)
_NOT_HTML = re.compile(
    r"^(?:image|audio|video|font)/|^application/(?!xhtml|xml|octet-stream|x-unknown)", re.IGNORECASE
)
_related = etree.XPath("descendant::*/@rel/..")
_MAX_HEADINGS = 12
_MOST_ENTRIES, _MOST_LINKS = 1_000, 5_000
_TAGS = ("title", "meta", "link", "script", *markup.HEADINGS)  # looked for again and again
_ENTRIES = ("h2", "h3", "h4")  # with which the entries of a live blog begin
_SHOWN_LINES = 400
_NO_CLAIMS = Claims(layer="")
_MAX_TOLD_CHARS = 400_000  # as many as are kept of a text
_FIRST_BYTES = 300_000  # in which a page shows some of the usual markup
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")
_MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|p|div|h1|article|table|br|span|title|meta)\b",
    re.IGNORECASE,
)
_ANOTHER_KIND = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|urlset|sitemapindex)\b|^\s*[\[{]", re.IGNORECASE
)


@dataclass(frozen=True)
class Page:
    """One page, as opened."""

    url: str
    site: Site | None
    tree: Element
    utf8: bytes  # that the tree was made of: sparse
    named: Named  # the elements of `_TAGS`, by their tag
    claims: tuple[Claims, ...]  # in the order of trust
    behind: bytes = b""  # its source behind the article, which was not parsed

    @cached_property
    def source(self) -> str:
        """The page as text."""
        return self.utf8.decode("utf-8", "replace")

    @cached_property
    def related(self) -> list[Element]:
        """The elements that say that what they link to is an author or a category."""
        if not article_ends.RELATED.search(self.utf8):
            return []
        return cast("list[Element]", _related(self.tree))

    @cached_property
    def names_author(self) -> bool:
        """Whether the word stands in its source, as it does wherever markup tells an author."""
        return b"author" in self.utf8

    @cached_property
    def elements(self) -> int:
        """How many elements the page has."""
        return sum(1 for _ in self.tree.iter())

    @cached_property
    def every_line(self) -> list[Line]:
        """All that the page shows."""
        return markup.lines(self.tree, skip=self.unread)

    @cached_property
    def unread(self) -> Callable[[Element], bool]:
        """Tells whether the page hides an element, or its seed drops it."""
        dropped = self.dropped
        if not dropped:
            return marks.hidden
        return lambda element: element in dropped or marks.hidden(element)

    @cached_property
    def dropped(self) -> frozenset[Element]:
        """The elements that the seed says are not the article's."""
        return layers.dropped(self.tree, self.site.select) if self.site else frozenset()

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that are not furniture by tag or class."""
        return reader.unboxed(self.every_line)

    def shown(self) -> str:
        """The first lines of the page, as one text."""
        return " ".join(line.text for line in self.every_line[:_SHOWN_LINES])

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The names by which the page may call its outlet."""
        names = [self.site.name] if self.site else []
        return headline.outlets_of(self.url, *names, *(one.outlet for one in self.claims))

    @cached_property
    def told_lines(self) -> list[str]:
        """The lines of the text that JSON-LD, or else microdata in a meta tag, tells."""
        body = self.claim("json-ld").body or self.claim("microdata").body
        return cleaning.lines(body[:_MAX_TOLD_CHARS])

    @cached_property
    def told(self) -> str:
        """That text as one line."""
        return " ".join(self.told_lines)

    @property
    def titles(self) -> list[tuple[str, str]]:
        """(layer, title) of every layer but the seed's selector, in the order of trust."""
        return [(one.layer, one.title) for one in self.claims if one.layer != "selectors"]

    def claim(self, layer: str) -> Claims:
        """What one layer claims; nothing if the page has no such layer."""
        return next((one for one in self.claims if one.layer == layer), _NO_CLAIMS)


def open_article(
    page: bytes | str, url: str, site: Site | None, content_type: str | None
) -> Page | Unreadable:
    """Open a page up to the end of the article that it points at, if its bytes tell that; else all
    of it.
    """
    if isinstance(page, bytes) and len(page) <= MAX_PAGE_BYTES:
        parts = article_ends.parted(page, site.select.body if site else None)
        opened = open_page(parts[0], url, site, content_type) if parts else None
        if parts and isinstance(opened, Page):
            return replace(opened, behind=parts[1])
    return open_page(page, url, site, content_type)


def open_page(
    page: bytes | str, url: str, site: Site | None, content_type: str | None
) -> Page | Unreadable:
    """Open a page, or say why it is none."""
    if len(page) > MAX_PAGE_BYTES:
        return Unreadable("too-large")
    if not page or page.isspace():
        return Unreadable("empty")
    binary = isinstance(page, bytes) and page.startswith(_BINARY)
    if binary or (content_type and _NOT_HTML.match(content_type.strip())):
        return Unreadable("not-html")
    utf8 = charset.utf8(page, content_type)
    if _ANOTHER_KIND.match(utf8) or not _MARKUP.search(utf8, 0, _FIRST_BYTES):
        return Unreadable("not-html")
    utf8 = trees.sparse(utf8)
    tree, is_utf8 = trees.parse(utf8)
    if not is_utf8 and isinstance(page, bytes):
        utf8 = trees.sparse(charset.decode(page, content_type).encode())
        tree, _ = trees.parse(utf8)
    if tree is None:
        return Unreadable("empty")
    named = trees.by_tag(tree, _TAGS)
    _shorten(named, url)
    return Page(url, site, tree, utf8, named, _claims(tree, named, url, site))


def _claims(tree: Element, named: Named, url: str, site: Site | None) -> tuple[Claims, ...]:
    """What the layers claim, without JSON-LD that tells another article."""
    meta = layers.meta(tree, named["meta"], named["link"])
    title = next(map(trees.text_of, named["title"]), "")
    own = _own_article(jsonld.articles(named["script"]), named["h1"], url, [meta.title, title])
    found = [layers.selected(tree, site.select)] if site else []
    found += [own] if own else []
    marked = marks.read(tree)
    found += [layers.microdata(marked), meta, Claims(layer="title", title=title)]
    return tuple(found)


def _own_article(
    told: Sequence[Claims], headings: Sequence[Element], url: str, titles: Sequence[str]
) -> Claims | None:
    """The first article of some JSON-LD that is this page's, by its titles or those it shows."""

    def shown() -> Iterator[str]:
        yield from titles
        yield from map(trees.text_of, headings[:_MAX_HEADINGS])

    return next((one for one in told if _same_article(one, url, shown())), None)


def _shorten(named: Named, url: str) -> None:
    """Make fragments of the links in or around headings that lead to the page itself, as those of
    live blogs do.
    """
    own = _path(url)
    headings = (one for tag in _ENTRIES if own for one in named[tag][:_MOST_ENTRIES])
    links = (link for one in headings for link in chain(one.iter("a"), one.iterancestors("a")))
    for link in islice(links, _MOST_LINKS):
        href = link.get("href", "")
        leads_on = ("?" in href or "#" in href) and (own in href or "%" in href)
        if leads_on and _path(href) == own:
            link.set("href", "#entry")


def _same_article(told: Claims, url: str, titles: Iterable[str]) -> bool:
    """Whether JSON-LD tells this page's article: by its headline, or else by its address."""
    titled = False
    for title in filter(None, titles if told.title else ()):
        if headline.agree(told.title, title):
            return True
        titled = True
    return not titled and (not told.url or _path(told.url) == _path(url))


@lru_cache(maxsize=256)  # the page's own is asked for again and again
def _path(url: str) -> str:
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    return re.sub(r"/(?:amp|index\.html?)?/?$", "", path).removeprefix("/amp").rstrip("/")
