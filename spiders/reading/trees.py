"""A page's source as a tree, within bounds.

Plain lxml elements, not those of `lxml.html`: their class is looked up in Python for every element
that is touched, which costs more than walking them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element

from spiders.reading import cleaning

__all__ = ["Element", "ancestors", "parse", "sparse", "text_of", "unended"]

_DEEP = re.compile(rb"(?:<(?:div|span|font|b|i|section|center)\b[^<>]*>\s*){60,}", re.IGNORECASE)
# The parser compares every attribute of an element with all others: 50,000 of them cost seconds.
_LARGE_CHARS = 100_000  # of a page: a smaller one cannot hold so many
_MOST_NAMES_CHARS = 20_000  # of a tag outside its quotes, where the names of attributes stand
_TAG = re.compile(r"""<[a-zA-Z][\w-]*+(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+""")
# A tag of that size has at least so many pieces; to look for one is quicker than to measure all.
_LONG_TAG = re.compile(
    rf"""<[a-zA-Z](?:[^"'<>]{{1,50}}+|"[^"]*+"|'[^']*+'){{{_MOST_NAMES_CHARS // 50},}}+"""
)
_NAME = re.compile(r"<[a-zA-Z][\w-]*")
_END = re.compile(rb"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\s*>")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")


def sparse(text: str) -> str:
    """A page's text without the attributes of tags that have thousands."""
    if len(text) > _LARGE_CHARS and _LONG_TAG.search(text):
        return _TAG.sub(_without_many, text)
    return text


def unended(source: bytes) -> bytes:
    """A page's source without its end tags: some pages go on behind them, as browsers do, and the
    parser would not.
    """
    return _END.sub(b"", source)


def parse(text: str, utf8: bytes | None = None) -> Element | None:
    """The tree of a page's text, decoded and sparse; None if there is nothing to make one of.

    `utf8` is that text in bytes, if they are at hand: the parser is slower with a str.
    """
    source = unended(text.encode() if utf8 is None else utf8)
    tree, too_deep = _tree(source)
    if too_deep:  # the parser gave up there: with the idle nesting gone it may reach the text
        tree, _ = _tree(_DEEP.sub(b"<div>", source))
    return tree


def text_of(element: Element) -> str:
    """The text of an element as one line."""
    return cleaning.line(" ".join(cast("Iterator[str]", element.itertext())))


def ancestors(element: Element) -> Iterator[Element]:
    """An element and what it stands in, from the inside outwards."""
    at: Element | None = element
    while at is not None:
        yield at
        at = at.getparent()


def _tree(source: bytes) -> tuple[Element | None, bool]:
    """The tree of a page, and whether its nesting was too deep to read it to the end."""
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False, encoding="utf-8"
    )
    try:
        tree = etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    last = parser.error_log.last_error
    return tree, last is not None and last.type_name == "ERR_RESOURCE_LIMIT"


def _without_many(tag: re.Match[str]) -> str:
    """A tag as it is, or without its attributes if it has thousands."""
    whole = tag[0]
    if len(whole) <= _MOST_NAMES_CHARS or len(_QUOTED.sub("", whole)) <= _MOST_NAMES_CHARS:
        return whole
    return cast("re.Match[str]", _NAME.match(whole))[0]
