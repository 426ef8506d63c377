"""The section that an article stands in, as its page names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from spiders.reading import cleaning, dates, headline, labels, trees
from spiders.reading.markup import Line
from spiders.reading.opened import Page
from spiders.reading.paragraphs import Body
from spiders.reading.spelling import fold
from spiders.reading.trees import Element

_LONGEST_CHARS = 80
_MOST_WORDS = 4  # of a section that only its place on the page tells
_NONE = frozenset(
    {"الرييسيه", "الصفحه الرييسيه", "home", "اخبار", "الاخبار", "news", "غير مصنف"}
    | {"uncategorized", "عام", "رييسي", "عاجل", "خبر عاجل", "خاص", "حصري", "مميز", "اخبار عاجله"}
    | {"featured", "slider"}  # where a theme shows it
)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:cat|section|section-?name|kicker)(?:$|[\s_-])|categor(?:y|ies)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEAD_LINES = 6
_JOINED = re.compile(r"^(?:in|في)(?:\s|$)", re.IGNORECASE)
_NEAR = 4  # elements around the headline in which a link to its section stands
_MOST_FOUND = 8
_CRUMB = re.compile(
    rb"""<([a-z]{1,6})\b[^<>]{0,80}?\b(class|id)=["']?[^<>"']{0,80}?(?:crumb|breadc)"""
)
_CRUMBS = (b"crumb", b"breadcumb")  # as some pages spell it
_MOST_TAG_BYTES = 200


def section(page: Page, title: str, body: Body) -> str | None:
    """The section that the article stands in, as the page names it: in its data, right above the
    headline, in the way that leads there from the home page, or in a link to it beside that.
    """
    claimed = (claims.section for claims in page.claims)
    for names in (claimed, _printed(body), _on_the_way(page, title), _linked(page)):
        for name in map(_bare, names):
            if name and len(name) <= _LONGEST_CHARS and not _is_none(name):
                return name
    return None


def _bare(name: str) -> str:
    """A name without the sign or the word that joins it to what stands beside it."""
    return _JOINED.sub("", cleaning.line(name)).strip(" /|:»›>-–#")


def _is_none(name: str) -> bool:
    """Whether a name is that of every section, or of a button."""
    return fold(name) in _NONE or labels.kind(name, name.count(" ") + 1) is not None


def _on_the_way(page: Page, title: str) -> Iterator[str]:
    """The steps of the page's breadcrumbs, the last first, but the article itself."""
    crumbs = _crumbs(page)
    if crumbs is not None:
        links = list(islice(crumbs.iter("a"), _MOST_FOUND)) or islice(
            crumbs.iter("li"), _MOST_FOUND
        )
        steps = [trees.text_of(link) for link in links]
        for step in reversed(steps):
            if not _is_headline(step, title) and not _is_outlet(step, page):
                yield step


def _crumbs(page: Page) -> Element | None:
    """The element that its class or id calls breadcrumbs; its tag is told by the source, since to
    ask every element would cost more than all else here.
    """
    for sign in _CRUMBS:
        at = page.utf8.find(sign)
        while at >= 0:
            begin = page.utf8.rfind(b"<", max(0, at - _MOST_TAG_BYTES), at)
            if begin >= 0 and (named := _CRUMB.match(page.utf8, begin)):
                tag, attribute = named[1].decode(), named[2].decode()
                return next(
                    (one for one in page.tree.iter(tag) if _is_crumbs(one, attribute)), None
                )
            at = page.utf8.find(sign, at + 1)
    return None


def _is_crumbs(element: Element, attribute: str) -> bool:
    value = element.get(attribute)
    return value is not None and ("crumb" in value or "breadc" in value)


def _linked(page: Page) -> Iterator[str]:
    """The links near the first heading that say they lead to its category."""
    heading = next(iter(page.named["h1"]), None)
    if heading is None:
        return
    around = set(islice(heading.iterancestors(), _NEAR))
    links = (one for one in page.related if one.tag == "a" and "category" in one.get("rel", ""))
    for link in islice(links, _MOST_FOUND):
        if not around.isdisjoint(islice(link.iterancestors(), _NEAR)):
            yield trees.text_of(link)


def _printed(body: Body) -> Iterator[str]:
    """The short lines right above the headline that are links, and those there or below it that are
    classed as a section.
    """
    for line in body.above:
        whole = _short(line) and line.linked_words == line.words
        if whole or (0 < line.linked_words <= _MOST_WORDS and dates.holds_date(line.text)):
            texts = (trees.text_of(link) for link in islice(line.element.iter("a"), _MOST_FOUND))
            yield from reversed([text for text in texts if text in line.text])
    for line in (*body.above, *body.head[:_HEAD_LINES]):
        if _short(line):
            inline = islice(line.element.iter("span"), _MOST_FOUND)
            around = (line.element, *(one for one in inline if trees.text_of(one) == line.text))
            if any(_NAMED.search(one.get("class") or "") for one in around):
                yield line.text


def _short(line: Line) -> bool:
    """Whether a line may name a section and nothing else."""
    named = not line.heading and 0 < line.words <= _MOST_WORDS
    return named and not dates.holds_date(line.text)


def _is_headline(step: str, title: str) -> bool:
    return len(headline.words(step)) > _MOST_WORDS or headline.same(step, title)


def _is_outlet(step: str, page: Page) -> bool:
    return headline.is_outlet(step, [headline.words(name) for name in page.outlets])
