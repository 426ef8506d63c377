"""Section pages: their anchors with words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HTMLParser, document_fromstring
from w3lib.encoding import html_to_unicode

from spiders.listing.entries import Entry, Lack, Unlisted, plain
from spiders.reading.trees import unended


def read(body: bytes, content_type: str | None) -> list[Entry] | Unlisted:
    """The links of a page, those with words first."""
    root = tree(body, content_type)
    if root is None:
        return Unlisted("not an HTML page", Lack.FOREIGN)
    return list(_anchors(root))


def tree(body: bytes, content_type: str | None) -> Any:
    """The elements of a page, decoded as browsers would; None if it is not HTML."""
    _, text = html_to_unicode(content_type, body, auto_detect_fun=lambda _: "utf-8")
    try:
        return document_fromstring(unended(text.encode()), parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _anchors(root: Any) -> Iterator[Entry]:
    """Of two anchors of one article, the picture's has no words: it comes last."""
    base = root.find(".//base[@href]")
    wordless = []
    for anchor in root.iterfind(".//a[@href]"):
        href = anchor.get("href").strip()
        address = href if base is None else _joined(base.get("href"), href)
        title = plain(anchor.text_content()) or plain(anchor.get("title"))
        if title:
            yield Entry(address, title)
        else:
            wordless.append(Entry(address))
    yield from wordless


def _joined(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href)
    except ValueError:  # as of http://[
        return None
