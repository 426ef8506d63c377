"""The elements of a page whose attributes say something to machines, gathered in one pass.

An XPath for each kind costs more than this pass for all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spiders.reading.trees import Element

MAX_MARKED = 300  # a page names some dozens of things

_WATCHED = frozenset({"hidden", "aria-hidden", "style", "itemprop", "property", "itemtype", "rel"})
_NOT_SHOWN = re.compile(r"display\s*:\s*none")
_ARTICLE_TYPE = re.compile(r"schema\.org/\w*(?:Article|BlogPosting|Report)$", re.IGNORECASE)


@dataclass(slots=True)
class Marks:
    """Elements in reading order."""

    hidden: set[Element] = field(default_factory=set)  # the page does not show them
    named: list[Element] = field(default_factory=list)  # with a property of microdata or RDFa
    articles: list[Element] = field(default_factory=list)  # whose type is an article
    authors: list[Element] = field(default_factory=list)  # links to who wrote it


def read(tree: Element) -> Marks:
    """The marked elements of a page's body; an article may also be the page itself."""
    found = Marks()
    body = tree.find("body")
    if _is_article(tree):
        found.articles.append(tree)
    for element in (tree if body is None else body).iter():
        keys = element.keys()
        if keys and not _WATCHED.isdisjoint(keys):
            _file(element, found)
    return found


def _file(element: Element, found: Marks) -> None:
    if _hidden(element):
        found.hidden.add(element)
    if len(found.named) < MAX_MARKED and (element.get("itemprop") or element.get("property")):
        found.named.append(element)
    if len(found.articles) < MAX_MARKED and _is_article(element):
        found.articles.append(element)
    if element.get("rel") == "author" and element.tag in ("a", "span"):
        found.authors.append(element)


def _is_article(element: Element) -> bool:
    return _ARTICLE_TYPE.search(element.get("itemtype", "")) is not None


def _hidden(element: Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return element.tag not in ("body", "main", "article")
    style = element.get("style")
    return style is not None and _NOT_SHOWN.search(style) is not None
