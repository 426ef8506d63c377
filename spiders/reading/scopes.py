"""The part of a page that has to be laid out, where the page or its seed points at the article.

A seed's selector, microdata or the text in JSON-LD tell where the body stands. Then only what lies
between the printed title and the end of the body is read; menus, carousels, lists and comments,
most of a news page, are not even looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeGuard

from lxml import etree

from spiders.reading import article_ends, cleaning, furniture, headline, markup, reader, trees
from spiders.reading.markup import HEADINGS, Line
from spiders.reading.opened import Page
from spiders.reading.trees import Element, ancestors

_MIN_TOLD_WORDS = 40  # of a text in JSON-LD that is worth looking for
_PIECE_CHARS = 60  # the beginning of a text on the page by which it is found again
_text = etree.XPath("string()", smart_strings=False)
_MAX_HEADINGS = 60

_START_CHARS = 600  # of it in which that piece is looked for: a place or a lead may stand before
_MAX_AROUND, _MAX_TIMES = 8, 4  # elements looked at, and times the text that one may hold


@dataclass(frozen=True)
class Scope:
    """The title, the elements that hold the body, and the lines from it to their end."""

    title: str
    title_layer: str
    layer: str  # that points at the body
    roots: tuple[Element, ...]
    lines: Sequence[Line]


def find(page: Page) -> Scope | None:
    """The scope of a page whose title and body are pointed at; None: the whole page is read."""
    layer, roots = _pointed(page)
    if not roots or (page.behind and not _all_seen(page, roots)):
        return None
    title, title_layer, heading = _title(page, roots)
    if not title:
        return None
    lines = _lines(page, heading, roots)
    return Scope(title, title_layer, layer, roots, lines) if lines else None


def _all_seen(page: Page, roots: Sequence[Element]) -> bool:
    """Whether what counts of an article stands in what was opened of its page."""
    if page.site:
        select, told = page.site.select, page.claim("selectors")
        if (select.title and not told.title) or (select.published and not told.published):
            return False
    marked = page.claim("microdata").title
    others = [title for layer, title in page.titles if title and layer != "microdata"]
    if marked and others and not any(headline.agree(marked, one) for one in others):
        return False  # the title of a teaser, of which more may stand behind
    return article_ends.ended(page.tree, roots)


def _pointed(page: Page) -> tuple[str, tuple[Element, ...]]:
    """The elements that hold the body, and the layer that says so."""
    for layer in ("selectors", "microdata"):
        if roots := page.claim(layer).elements:
            return layer, roots
    return "json-ld", _found_again(page)


def _found_again(page: Page) -> tuple[Element, ...]:
    """The smallest element that holds the beginning and the end of a text which JSON-LD tells."""
    told = page.told
    if told.count(" ") < _MIN_TOLD_WORDS:
        return ()
    start, end = told[:_START_CHARS], told[-_PIECE_CHARS // 2 :]
    holder = None
    for texts in (_behind_title(page), _long_texts(_body(page))):
        holder = next((one for text, one in texts if _begins(text, start)), None)
        if holder is not None and (held := _holding(holder, end, len(told))):
            return held
    return () if holder is None else _around(holder, page)


def _body(page: Page) -> Element:
    body = page.tree.find("body")
    return page.tree if body is None else body


def _behind_title(page: Page) -> Iterator[tuple[str, Element]]:
    """The long texts behind the heading that prints the title of JSON-LD: the article's is soon
    found there, while menus stand before it.
    """
    title, headings = page.claim("json-ld").title, page.named["h1"][:_MAX_HEADINGS]
    printed = (one for one in headings if headline.agree(trees.text_of(one), title))
    for heading in islice(printed, 1):
        for around in ancestors(heading):
            holder = around.getparent()
            if holder is not None and _is_long(around.tail):
                yield around.tail, holder
            for behind in around.itersiblings():
                yield from _long_texts(behind)


def _long_texts(root: Element) -> Iterator[tuple[str, Element]]:
    """The texts that may begin an article, with the elements they stand in."""
    for element in root.iter():
        text, behind = element.text, element.tail
        if _is_long(text) and not markup.silent(element):
            yield text, element
        if _is_long(behind) and (holder := element.getparent()) is not None:
            yield behind, holder


def _is_long(text: str | None) -> TypeGuard[str]:
    return text is not None and len(text) >= _PIECE_CHARS // 2


def _begins(text: str, start: str) -> bool:
    """Whether a text on the page is, as far as it goes, at the beginning of the told one."""
    piece = text[: 2 * _PIECE_CHARS]
    first = "".join(piece.split(maxsplit=1)[:1])[:_PIECE_CHARS]
    if first not in start and (first.isalpha() or cleaning.plain(first)):
        return False  # spares most texts the closer look
    begun = cleaning.line(piece)[:_PIECE_CHARS]
    return len(begun) >= _PIECE_CHARS // 2 and begun in start


def _holding(element: Element, end: str, size: int) -> tuple[Element, ...]:
    """The smallest element near one that also holds the end of a text."""
    last = end.rpartition(" ")[2]  # spares most elements the closer look
    for around in islice(ancestors(element), 1, _MAX_AROUND):
        held = str(_text(around))
        if len(held) > _MAX_TIMES * size:
            break
        if last in held and end in " ".join(held.split()):
            return (around,)
    return ()


def _around(element: Element, page: Page) -> tuple[Element, ...]:
    """The element right around one, if the page shows only a part of the text that it tells."""
    around = element.getparent()
    if around is None or article_ends.holds_end(page.behind, page.told):
        return ()
    return (around,)


def _title(page: Page, roots: Sequence[Element]) -> tuple[str, str, Element | None]:
    """The title, its layer, and the element that prints it; empty if only the lines tell it."""
    selected = page.claim("selectors")
    headings = _Headings(page, roots)
    claimed = list(headline.bared(page.titles, page.outlets))
    if selected.title and not headline.outdated(selected.title, claimed, headings):
        return selected.title, "selectors", selected.heading
    found = headline.printed(claimed, headings)
    if found is None:
        return "", "", None
    return headline.as_printed(found, claimed, page.outlets), "heading", found.element


class _Headings:
    """The headings of a page that stand in no furniture, the highest first, laid out when asked."""

    def __init__(self, page: Page, roots: Sequence[Element]) -> None:
        self._page = page
        self._of_tag: dict[str, list[Line]] = {}
        self._shown = {one: True for root in roots for one in ancestors(root)}

    def __iter__(self) -> Iterator[Line]:
        for tag in HEADINGS:
            if tag not in self._of_tag:
                found = self._page.named[tag][:_MAX_HEADINGS]
                self._of_tag[tag] = [line for one in found for line in self._lines(one)]
            yield from self._of_tag[tag]

    def _lines(self, heading: Element) -> list[Line]:
        if not self._is_shown(heading):
            return []
        found = markup.lines(heading, skip=self._page.unread)
        return [
            line
            for line in found
            if line.heading and headline.MIN_WORDS <= line.words <= headline.MAX_WORDS
        ]

    def _is_shown(self, element: Element) -> bool:
        path = []
        for at in ancestors(element):
            if at in self._shown:
                break
            path.append(at)
        verdict = self._shown.get(at, True)
        for one in reversed(path):
            verdict = (
                verdict
                and not self._page.unread(one)
                and not markup.silent(one)
                and not (furniture.boxed(one) and not reader.holds_headline(one))
            )
            self._shown[one] = verdict
        return verdict


def _lines(page: Page, heading: Element | None, roots: Sequence[Element]) -> list[Line]:
    """The lines from the box of the printed title to the end of the body; none if that is no way.

    A title that stands behind the body, or a body that is not shown, is a page to be read whole.
    """
    first = heading if heading is not None else roots[0]
    if heading is not None:
        box = heading.getparent()
        first = heading if box is None or box.tag in ("body", "html") else box
    way, end = list(ancestors(first)), list(ancestors(roots[-1]))
    above = set(end)
    common = next((one for one in way if one in above), None)
    if common is None or any(page.unread(one) or markup.silent(one) for one in ancestors(common)):
        return []
    way, end = way[: way.index(common)], end[: end.index(common)]
    if way and end and common.index(way[-1]) > common.index(end[-1]):
        return []
    skip = _before(first, [*way, common], page.unread) if way else page.unread
    return reader.unboxed(markup.lines(common, skip=skip, last=roots[-1]))


def _before(
    first: Element, way: Sequence[Element], unread: Callable[[Element], bool]
) -> Callable[[Element], bool]:
    """What a walk in reading order skips: all before `first` but what stands on the `way` to it,
    and what is unread.
    """
    ahead = set(way)

    def skip(element: Element) -> bool:
        if ahead and element not in ahead:
            return True
        if element is first:
            ahead.clear()
        return unread(element)

    return skip
