"""A page's source as a tree, within bounds.

Plain lxml elements, not those of `lxml.html`: their class is looked up in Python for every element
that is touched, which costs more than walking them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element

from spiders.reading import cleaning

__all__ = ["Element", "Named", "ancestors", "by_tag", "parse", "sparse", "text_of", "unended"]

Named = Mapping[str, Sequence[Element]]  # elements by their tag

_DEEP = re.compile(rb"(?:<(?:div|span|font|b|i|section|center)\b[^<>]*>\s*){60,}", re.IGNORECASE)
# The parser compares every attribute of an element with all others: 50,000 of them cost seconds.
_LARGE_BYTES = 150_000  # of a page: in a smaller one they cost less than a second
_MOST_NAMES_BYTES = 20_000  # of a tag outside its quotes, where the names of attributes stand
_TAG = re.compile(rb"""<[a-zA-Z][\w-]*+(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+""")
# A tag of that size has at least so many pieces; to look for one is quicker than to measure all.
_LONG_TAG = re.compile(
    rb"""<[a-zA-Z](?:[^"'<>]{1,50}+|"[^"]*+"|'[^']*+'){%d,}+""" % (_MOST_NAMES_BYTES // 50)
)
_TOO_DEEP, _NOT_UTF8 = "ERR_RESOURCE_LIMIT", "ERR_INVALID_ENCODING"  # as libxml2 names them
_NAME = re.compile(rb"<[a-zA-Z][\w-]*")
_END = re.compile(rb"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\s*>")
_QUOTED = re.compile(rb""""[^"]*+"|'[^']*+'""")


def sparse(page: bytes) -> bytes:
    """A page without the attributes of tags that have thousands."""
    if len(page) > _LARGE_BYTES and _LONG_TAG.search(page):
        return _TAG.sub(_without_many, page)
    return page


def unended(source: bytes) -> bytes:
    """A page's source without its end tags: some pages go on behind them, as browsers do, and the
    parser would not.
    """
    return _END.sub(b"", source)


def parse(utf8: bytes) -> tuple[Element | None, bool]:
    """The tree of a sparse page, None if there is nothing to make one of; and whether all of it
    was UTF-8: what is not becomes a sign that says so.
    """
    source = unended(utf8)
    tree, faults = _tree(source)
    if _TOO_DEEP in faults:  # with the idle nesting gone the parser may reach the text
        tree, _ = _tree(_DEEP.sub(b"<div>", source))
    return tree, _NOT_UTF8 not in faults


def by_tag(tree: Element, tags: Sequence[str]) -> Named:
    """The elements of some tags, those of each in reading order.

    One walk finds all of them: a page's tree is larger than the processor's own memory, so every
    walk costs more than what it finds.
    """
    found: dict[str, list[Element]] = {tag: [] for tag in tags}
    for element in tree.iter(*tags):
        found[element.tag].append(element)
    return found


def text_of(element: Element) -> str:
    """The text of an element as one line."""
    return cleaning.line(" ".join(cast("Iterator[str]", element.itertext())))


def ancestors(element: Element) -> Iterator[Element]:
    """An element and what it stands in, from the inside outwards."""
    at: Element | None = element
    while at is not None:
        yield at
        at = at.getparent()


def _tree(source: bytes) -> tuple[Element | None, set[str]]:
    """The tree of a page, and the names of what is wrong with it."""
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False, encoding="utf-8"
    )
    try:
        tree = etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    return tree, {error.type_name for error in parser.error_log}


def _without_many(tag: re.Match[bytes]) -> bytes:
    """A tag as it is, or without its attributes if it has thousands."""
    whole = tag[0]
    if len(whole) <= _MOST_NAMES_BYTES or len(_QUOTED.sub(b"", whole)) <= _MOST_NAMES_BYTES:
        return whole
    return cast("re.Match[bytes]", _NAME.match(whole))[0]
