"""What a page tells beside title, text and time: who wrote it, in which section, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import cast

from lxml import etree

from spiders.reading import agencies, cleaning, furniture, headline, labels, trees
from spiders.reading.markup import Line
from spiders.reading.opened import Page
from spiders.reading.paragraphs import Body
from spiders.reading.spelling import fold
from spiders.reading.trees import Element

_LONGEST_CHARS = 80  # of a name of a person, a section or a place
_BYLINE = re.compile(
    r"^(?:كتبت?|بقلم|اعداد|تقرير|بواسطه|الكاتبه?|المولفه?|المحررة?|مراسلنا|by)\s*[:：/|-]?\s+(?P<rest>.+)$"
)
_WRITER = re.compile(r"(?:^|[\s_-])(?:author|byline|writer)(?:$|[\s_-])", re.IGNORECASE)
_UNNAMED = re.compile(r"^(?:بقلم|بواسطة|كتبت?|by)\b\s*[:/|-]?\s*", re.IGNORECASE)
_MOST_NAME_WORDS = 4
_MAX_INLINE = 20  # of a line's links and spans
_NOBODY = re.compile(
    r"(?<!\w)(?:admin|administrator|editor|editors|webmaster|newsroom|user\d*|محرر|المحرر|تحرير|"
    r"المصدر|التحرير|هيئه التحرير|فريق التحرير|وكالات|الوكالات|ادمن|مدير الموقع)(?!\w)"
)
_NO_SECTION = frozenset(
    {"الرييسيه", "الرئيسيه", "home", "اخبار", "الاخبار", "news", "غير مصنف", "uncategorized"}
    | {"featured", "slider"}  # where a theme shows it
)
_PARTS = re.compile(r"\s*(?:[-–—ـ/|:]+|\(|\)|,|،)\s*")
_START_CHARS = 90
_DAY = re.compile(
    r"\s(?:في\s)?\d{1,2}[-/\s]+(?:\d{1,2}|[^\W\d]+(?:/[^\W\d]+)?)(?:[-/\s]+\d{4})?(?!\w)"
)
_WIRE_FIRST = re.compile(r"\S+\s*[-–—/]\s*(?P<place>\S+(?:\s\S+)?)\s*[-–—/]\s")  # "وطنية - صيدا - "
_MAX_AUTHORS = 3
_authors = etree.XPath("descendant::*/@rel[. = 'author']/parent::*[self::a or self::span]")


def author(page: Page, body: Body) -> str | None:
    """The person who wrote the article; not its outlet, its wire or a name of the machine."""
    claimed = (name for claims in page.claims for name in claims.authors)
    linked = (trees.text_of(one) for one in _linked_authors(page)[:_MAX_AUTHORS])
    parts = (part for line in body.head[:12] for part in line.text.split("|"))
    printed = (_bylined(part.strip()) for part in parts if part.count(" ") < 8)
    classed = (name for line in body.head[:12] for name in _classed(line))
    names = map(cleaning.line, chain(claimed, linked, printed, classed))
    return next((name for name in map(_person, names) if name and not _nobody(name, page)), None)


def _linked_authors(page: Page) -> list[Element]:
    return cast("list[Element]", _authors(page.tree))


def section(page: Page) -> str | None:
    """The section that the article stands in, as the page names it."""
    for claims in page.claims:
        name = cleaning.line(claims.section)
        if name and len(name) <= _LONGEST_CHARS and fold(name) not in _NO_SECTION:
            return name
    return None


def place(page: Page, body: Body) -> str | None:
    """Where the article was written: the place before the outlet's or the wire's name.

    Told by a line of its own ("واشنطن - العرب اليوم") or by the first words ("دمشق-سانا").
    """
    for line in body.head[:12]:
        if line.words <= 9 and len(line.text) <= 150 and (found := _place(line.text, page)):
            return found
    for text in body.tail:
        if furniture.place_line(text, len(text.split())) and (found := _place(text, page)):
            return found
    for paragraph in body.paragraphs[:2]:
        start = _DAY.sub(" - ", paragraph[:_START_CHARS], count=1)  # "غزة 9-10-2025 وفا-"
        if found := _place(start, page, whole=False):
            return found
    return None


def _place(text: str, page: Page, *, whole: bool = True) -> str | None:
    parts = [part.strip(" .«»\"'") for part in _PARTS.split(text)]
    parts = [part for part in parts if part]
    named = [_names_outlet(part, page) for part in parts[:4]] if len(parts) > 1 else []
    if True not in named:
        return None
    at = named.index(True)
    if at == 0:  # "العرب اليوم - واشنطن"
        behind = _WIRE_FIRST.match(text)
        candidate = behind["place"] if behind and not whole else ""
        candidate = parts[1] if whole and len(parts) == 2 and not named[1] else candidate
    else:
        candidate = parts[0]
        if any(len(part.split()) > 4 for part in parts[:at]):
            return None
    if not candidate or len(candidate.split()) > 4 or re.search(r"\d", fold(candidate)):
        return None
    return None if labels.kind(candidate, len(candidate.split())) else candidate


def _names_outlet(part: str, page: Page) -> bool:
    if len(part.split()) > 5:
        return False
    spelt = headline.words(part)
    ours = [headline.words(name) for name in page.outlets]
    return spelt in ours or agencies.author(part) is not None or spelt == ("وكالات",)


def _person(name: str) -> str:
    """The person in "القاهرة - منى الشاذلي"; empty if a name of several parts is no person's."""
    parts = [part for part in _PARTS.split(name) if part]
    people = [part for part in parts if 2 <= len(part.split()) <= _MOST_NAME_WORDS]
    return name if len(parts) < 2 else people[0] if len(people) == 1 else ""


def _classed(line: Line) -> Iterator[str]:
    """The names on a line above the text whose class says that they wrote it."""
    inline = [
        (one, trees.text_of(one)) for one in islice(line.element.iter("a", "span"), _MAX_INLINE)
    ]
    for one, text in ((line.element, line.text), *inline):
        name = _UNNAMED.sub("", text)
        if (
            _WRITER.search(one.get("class") or "")
            and name in line.text
            and 2 <= len(name.split()) <= _MOST_NAME_WORDS
        ):
            yield name


def _bylined(text: str) -> str:
    """The name in "كتب: سامي العلي"; empty if the line is no byline."""
    found = _BYLINE.match(fold(text))
    if not found:
        return ""
    count = len(found["rest"].split())
    return " ".join(text.split()[-count:]).strip(" :/|-")


def _nobody(name: str, page: Page) -> bool:
    if (
        len(name) > _LONGEST_CHARS
        or re.search(r"\d", name)
        or "/" in name
        or "@" in name
        or "://" in name
    ):
        return True
    spelt = headline.words(name)
    if not spelt or _NOBODY.search(fold(name)) or agencies.author(name):
        return True
    glued = (part for _, title in page.titles for part in headline.ends(title))
    return any(spelt == headline.words(outlet) for outlet in chain(page.outlets, glued))
