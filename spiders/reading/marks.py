"""The elements of a page whose attributes say something to machines: what it hides, its microdata.

Whether an element is hidden is asked only where it is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

from lxml import etree

from spiders.reading.labels import label
from spiders.reading.trees import Element

MAX_MARKED = 300  # a page names some dozens of things

# By way of the attributes: to ask every element for its own costs twice as much.
_marked = etree.XPath(
    " | ".join(f"descendant-or-self::*/@{name}/.." for name in ("itemprop", "property", "itemtype"))
)
_HIDING = frozenset({"hidden", "aria-hidden", "style"})
_NOT_SHOWN = re.compile(r"display\s*:\s*none")
_BUTTONS = ("a", "button", "span", "div", "p")
_BUTTON_CHARS, _PARAGRAPH_CHARS = 60, 80
_FEW_TEXTS, _MANY_TEXTS = 20, 200
# As `label` spells it: "continue reading", "read more", "the rest of the news".
_MORE = re.compile(
    r"(?:(?:اقرا|عرض|اظهار|اكمل|متابعه|تابع|قراءه) )?"
    r"(?:المزيد|القراءه|(?:باقي|كامل|بقيه) (?:الخبر|النص|المقال))"
    r"|read more|show more|continue reading"
)
_ARTICLE_TYPE = re.compile(r"schema\.org/\w*(?:Article|BlogPosting|Report)$", re.IGNORECASE)


@dataclass(slots=True)
class Marks:
    """Elements in reading order."""

    named: list[Element] = field(default_factory=list)  # with a property of microdata or RDFa
    articles: list[Element] = field(default_factory=list)  # whose type is an article


def read(tree: Element) -> Marks:
    """The marked elements of a page's body; an article may also be the page itself."""
    found = Marks()
    body = tree.find("body")
    if _is_article(tree):
        found.articles.append(tree)
    for element in cast("list[Element]", _marked(tree if body is None else body)):
        _file(element, found)
    return found


def hidden(element: Element) -> bool:
    """Whether the page does not show an element."""
    keys = element.keys()
    if not keys or _HIDING.isdisjoint(keys):
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return element.tag not in ("body", "main", "article")
    style = element.get("style")
    return style is not None and _NOT_SHOWN.search(style) is not None and not _unfolds(element)


def _unfolds(element: Element) -> bool:
    """Whether an element holds the rest of a text, which a button right before it shows; a menu
    that unfolds holds none.
    """
    button = element.getprevious()
    if button is None or button.tag not in _BUTTONS:
        return False
    words = "".join(islice(cast("Iterator[str]", button.itertext()), _FEW_TEXTS))
    if len(words) > _BUTTON_CHARS or not _MORE.fullmatch(label(words)):
        return False
    texts = islice(cast("Iterator[str]", element.itertext()), _MANY_TEXTS)
    return any(len(text) >= _PARAGRAPH_CHARS for text in texts)


def _file(element: Element, found: Marks) -> None:
    if len(found.named) < MAX_MARKED and (element.get("itemprop") or element.get("property")):
        found.named.append(element)
    if len(found.articles) < MAX_MARKED and _is_article(element):
        found.articles.append(element)


def _is_article(element: Element) -> bool:
    return _ARTICLE_TYPE.search(element.get("itemtype", "")) is not None
