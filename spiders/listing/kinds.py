"""What an answer is, told from its content: not from the seed's key, its name or its type."""

from __future__ import annotations

import re
from typing import Literal

Shape = Literal["feed", "json", "sitemap", "html"]

_HEAD_BYTES = 16_384  # comments and doctypes before the first element are shorter
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_BEFORE = re.compile(rb"(?s)\A\s*(?:<!--.*?-->\s*|<\?.*?\?>\s*)*")
_SHAPES: dict[bytes, Shape] = {
    **dict.fromkeys((b"rss", b"feed", b"rdf", b"channel"), "feed"),
    **dict.fromkeys((b"urlset", b"sitemapindex"), "sitemap"),
    **dict.fromkeys((b"html", b"head", b"body", b"meta", b"title", b"div", b"script"), "html"),
}
_WIDE = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def shape_of(body: bytes) -> Shape | None:
    """What kind of listing the bytes hold; None where they do not show it."""
    head = body[:_HEAD_BYTES]
    for mark, charset in _WIDE:
        if head.startswith(mark):
            head = head.decode(charset, "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    rest = head[len(_before(head)) :]
    if rest[:1] in (b"{", b"["):
        return "json"
    if rest[:14].lower().startswith(b"<!doctype html") and not _is_feed_by_doctype(rest):
        return "html"
    if rest[:9].upper() == b"<!DOCTYPE":
        element = re.search(rb"<\w", rest)
        rest = rest[element.start() :] if element else b""
    root = _ROOT.match(rest)
    return _SHAPES.get(root[1].lower()) if root else None


def _before(head: bytes) -> bytes:
    found = _BEFORE.match(head)
    return found[0] if found else b""


def _is_feed_by_doctype(rest: bytes) -> bool:
    """Some servers print a page's doctype before a feed."""
    element = re.search(rb"<\w+", rest)
    return element is not None and element[0].lower() in (b"<rss", b"<feed", b"<rdf")
