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

__all__ = ["Element", "ancestors", "parse", "text_of"]

_DEEP = re.compile(r"(?:<(?:div|span|font|b|i|section|center)\b[^<>]*>\s*){60,}", re.IGNORECASE)


def parse(text: str) -> Element | None:
    """The tree of a page's text as `charset` gives it; None if there is nothing to make one of."""
    tree, too_deep = _tree(text)
    if too_deep:  # the parser gave up there: with the idle nesting gone it may reach the text
        tree, _ = _tree(_DEEP.sub("<div>", text))
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


def _tree(text: str) -> tuple[Element | None, bool]:
    """The tree of a page, and whether its nesting was too deep to read it to the end."""
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        tree = etree.fromstring(text, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    last = parser.error_log.last_error
    return tree, last is not None and last.type_name == "ERR_RESOURCE_LIMIT"
