"""What a page's machine-readable layers claim about its article: microdata, meta tags, the seed's
selectors.

Every layer gives the same record, `Claims`, of strings as they stand; `spiders.reading.extract`
decides between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from spiders.reading import trees
from spiders.reading.marks import MAX_MARKED, Marks
from spiders.reading.trees import Element
from spiders.sites import Select

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "publisheddate",
    "published_date",
    "published-date",
    "published_time",
    "publish_time",
    "date_published",
    "dcterms.created",  # with its offset, where the next has none
    "originalpublicationdate",
    "article_date_original",
    "article:published",
    "article.published",
    "og:publish_date",
    "og:pubdate",
    "bt:pubdate",
    "rnews:datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.publication",
    "dc.date",
    "dcterms.date",
    "dc.created",
    "date.issued",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "dc.date.created",
    "article.created",
    "datecreated",  # of the page: the last, if no other is told
)
_UPDATED = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "lastmod",
)


_ONLY_CLASS = re.compile(r"([a-z][a-z0-9]*)?\.([A-Za-z][A-Za-z0-9_-]*)")  # "div.story", ".story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """One layer's claims, as strings; an empty one is not claimed."""

    layer: str
    title: str = ""
    body: str = ""  # lines, or HTML, as the layer gives it
    published: str = ""
    updated: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    outlet: str = ""
    section: str = ""
    elements: tuple[Element, ...] = field(default=())  # where on the page the body stands
    heading: Element | None = None  # where its title stands


def meta(tree: Element, metas: Iterable[Element], links: Iterable[Element]) -> Claims:
    """The claims of the meta tags; the first of several tags of one name counts."""
    tags: dict[str, str] = {}
    for one in metas:
        if name := one.get("property") or one.get("name") or one.get("itemprop"):
            content = (one.get("content") or "").strip()
            if content:
                tags.setdefault(name.strip().casefold(), content)
    canonical = next(filter(None, (one.get("href") for one in links if _rel(one, "canonical"))), "")
    return Claims(
        layer="meta",
        title=tags.get("og:title") or tags.get("twitter:title") or tags.get("title") or "",
        published=_first(tags, _PUBLISHED),
        updated=_first(tags, _UPDATED),
        url=canonical or tags.get("og:url", ""),
        authors=tuple(filter(None, (tags.get("author"), tags.get("article:author")))),
        language=(tree.get("lang") or tags.get("og:locale") or "").casefold(),
        outlet=tags.get("og:site_name", ""),
        section=tags.get("article:section") or tags.get("articlesection") or "",
    )


def microdata(marks: Marks) -> Claims:
    """The claims of `itemprop` and RDFa attributes, in the article's scope if there is one."""
    if not marks.named:
        return Claims(layer="microdata")
    named, scopes = _Named(marks.named), marks.articles
    holding = {one for body in named("articlebody") for one in body.iterancestors()}
    whole = [one for one in scopes if one in holding]
    if whole or len(scopes) == 1:
        scope = (whole or scopes)[0]
        named = _Named(one for one in marks.named if one is scope or scope in one.iterancestors())
    headline, bodies = named("headline"), named("articlebody")
    return Claims(
        layer="microdata",
        title=_value(headline[0]) if len(headline) == 1 else "",
        published=_only(named("datepublished", "dc:date", "dc:created", "schema:datepublished")),
        updated=_only(named("datemodified", "dc:modified")),
        section=_only(named("articlesection")),
        authors=tuple(map(_value, named("author")[:1])),
        elements=tuple(_outermost([one for one in bodies if one.tag != "meta"])),
        body=bodies[0].get("content", "") if bodies and bodies[0].tag == "meta" else "",
    )


class _Named:
    """Marked elements by the names of their properties."""

    def __init__(self, marked: Iterable[Element]) -> None:
        self._found: dict[str, list[Element]] = {}
        for one in marked:
            names = f"{one.get('itemprop', '')} {one.get('property', '')}".casefold().split()
            for name in set(names):
                self._found.setdefault(name, []).append(one)

    def __call__(self, *names: str) -> list[Element]:
        """The elements that carry one of some names, name by name."""
        return [one for name in names for one in self._found.get(name, ())]


def selected(tree: Element, select: Select) -> Claims:
    """The claims of the seed's selectors; an attribute selector gives the attribute."""
    elements = [one for one in _found(tree, select.body) if not isinstance(one, str)]
    title, heading = _text(tree, select.title)
    return Claims(
        layer="selectors",
        title=title,
        published=_text(tree, select.published)[0],
        elements=tuple(_outermost(elements[:MAX_MARKED])),
        heading=heading,
    )


def dropped(tree: Element, select: Select) -> frozenset[Element]:
    """The elements that the seed says are not the article's."""
    found = (one for css in select.drop for one in _found(tree, css))
    return frozenset(one for one in found if not isinstance(one, str))


@lru_cache(maxsize=1_024)
def _compiled(css: str) -> Callable[[Element], object]:
    """A selector, ready to be asked; one that is only a class is quickly found by the attribute."""
    found = _ONLY_CLASS.fullmatch(css)
    if found is None:
        return etree.XPath(HTMLTranslator().css_to_xpath(css))
    tag, name = found[1] or "*", found[2]
    whole = f"contains(concat(' ', normalize-space(), ' '), ' {name} ')"
    return etree.XPath(f"descendant::*/@class[contains(., '{name}') and {whole}]/parent::{tag}")


def _found(tree: Element, css: str | None) -> list[Element | str]:
    """The elements, or texts and attributes, that a selector of a seed finds."""
    return cast("list[Element | str]", _compiled(css)(tree)) if css else []


def _text(tree: Element, css: str | None) -> tuple[str, Element | None]:
    """The first text that a selector finds, and the element it is of, if it names no attribute."""
    for found in _found(tree, css):
        value = (found if isinstance(found, str) else _value(found)).strip()
        if value:
            return str(value), None if isinstance(found, str) else found
    return "", None


def _value(element: Element) -> str:
    """What an element says to machines, or else to people."""
    return str(element.get("content") or element.get("datetime") or trees.text_of(element))


def _only(elements: list[Element]) -> str:
    """The value that all of them share but those in comments; of several, none is known to be the
    article's.
    """
    values = {_value(element) for element in elements} - {""}
    if len(values) > 1:
        values = {_value(element) for element in elements if not _in_comment(element)} - {""}
    return values.pop() if len(values) == 1 else ""


def _in_comment(element: Element) -> bool:
    """Whether an element stands in what its type says is a comment."""
    types = (
        f"{one.get('typeof', '')} {one.get('itemtype', '')}" for one in element.iterancestors()
    )
    return any("comment" in one.casefold() for one in types)


def _outermost(elements: list[Element]) -> list[Element]:
    """Those elements that stand in none of the others."""
    known = set(elements)
    return [one for one in elements if known.isdisjoint(one.iterancestors())]


def _rel(link: Element, name: str) -> bool:
    rel = link.get("rel")
    return rel == name or (rel is not None and name in rel.casefold().split())


def _first(tags: dict[str, str], names: tuple[str, ...]) -> str:
    return next((tags[name] for name in names if name in tags), "")
