"""A page as lines: what a reader sees one below the other, and where in the markup each line
stands.

A line is a paragraph, heading, list item or cell, or the part of one up to a `<br>`. The tree is
walked once, without recursion and within bounds, so nesting and size cannot hurt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from lxml import etree

from spiders.reading import cleaning, labels
from spiders.reading.labels import Kind
from spiders.reading.spelling import fold, folded_words
from spiders.reading.trees import Element

MAX_LINES = 6_000
MAX_LINE_CHARS = 400_000


class _Role(Enum):
    """What an element does to the lines around it."""

    SILENT = "silent"  # nothing in it is read
    INLINE = "inline"  # it goes on with the line
    LINK = "link"  # so does a link
    BREAK = "break"  # it ends the line and holds nothing
    BLOCK = "block"


_SILENT = """
    script style noscript template iframe object embed svg canvas video audio map select option
    datalist textarea input button head title meta link math progress marquee
"""
_INLINE = """
    abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr img picture source
"""
_ROLES = {
    "a": _Role.LINK,
    **dict.fromkeys(_SILENT.split(), _Role.SILENT),
    **dict.fromkeys(_INLINE.split(), _Role.INLINE),
    **dict.fromkeys(("br", "hr"), _Role.BREAK),
}
_IN_LINE = (_Role.INLINE, _Role.LINK)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?؟…。]['\"”»’)\]]*$|[:：]$|[\"”»]$")
_START_CHARS = 60  # longer than any word
_SENTENCE_TAIL_CHARS = 12  # a stop and the marks behind it


@dataclass(eq=False)
class Line:
    """One line of a page."""

    text: str
    element: Element  # the nearest block around it
    index: int
    words: int
    linked_words: int = 0
    times: tuple[str, ...] = ()  # the machine-readable times of each <time> in it

    tag: str = field(init=False)
    prose: bool = field(init=False)  # reads like running text, not like a headline or a label

    def __post_init__(self) -> None:
        self.tag = str(self.element.tag)
        self.prose = _is_prose(self)

    @cached_property
    def around(self) -> Element:
        """The element around its block."""
        parent = self.element.getparent()
        return self.element if parent is None else parent

    @property
    def linked(self) -> bool:
        """Whether most of the line is a link."""
        return self.linked_words * 2 > self.words

    @property
    def heading(self) -> bool:
        return self.tag in HEADINGS

    @cached_property
    def kind(self) -> Kind | None:
        """What furniture it is by its words, if any."""
        return labels.kind(self.text, self.words)

    @cached_property
    def spelt(self) -> tuple[str, ...]:
        """Its words, folded."""
        return folded_words(self.text)


def _is_prose(line: Line) -> bool:
    if line.words < 6 or line.linked or line.heading:
        return False
    if line.words >= 25 or (line.words >= 12 and line.tag == "p"):
        return True
    return line.words >= 8 and ends_sentence(line.text)


def first_word(text: str) -> str:
    """The first word of a text, folded; empty if it has none."""
    found = _WORD.search(fold(text[:_START_CHARS]))
    return found[0] if found else ""


def ends_sentence(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return _SENTENCE_END.search(text[-_SENTENCE_TAIL_CHARS:]) is not None


def lines(
    root: Element, *, skip: Callable[[Element], bool], last: Element | None = None
) -> list[Line]:
    """The lines below `root` in reading order, without scripts, fields and what is skipped, up to
    the end of the `last` element.
    """
    gathered = _Gatherer()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if not gathered.opens(element, skip):
                walk.skip_subtree()
        elif not gathered.closes(element) or element is last:
            break
    gathered.flush()
    return gathered.lines


def silent(element: Element) -> bool:
    """Whether nothing in an element is read, whatever it holds."""
    return _ROLES.get(element.tag) is _Role.SILENT


class _Gatherer:
    """Joins inline text into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._open: list[_Role] = []  # of the elements that are open
        self._blocks: list[Element] = []  # those of them that are blocks
        self._parts: list[str] = []
        self._linked: list[str] = []
        self._in_link = 0
        self._times: tuple[str, ...] = ()
        self._size = 0
        self._mixed: dict[Element, bool] = {}  # blocks that hold both blocks and inline text
        self._closed: Element | None = None  # the element that ended just before, no text since

    def opens(self, element: Element, skip: Callable[[Element], bool]) -> bool:
        """Open an element, and take its first text; False: nothing in it counts."""
        role = _ROLES.get(element.tag, _Role.BLOCK)
        if role is _Role.SILENT or skip(element):
            self._open.append(_Role.SILENT)
            return False
        self._open.append(role)
        if role in _IN_LINE:
            self._goes_on(element, role)
        else:
            if self._parts:
                self.flush()
            if role is _Role.BLOCK:
                self._blocks.append(element)
        self._closed = None
        text = element.text
        if text and (self._parts or self._times or not text.isspace()):
            self._add(text)
        return True

    def closes(self, element: Element) -> bool:
        """Close an element, and take the text behind it; False: there is nothing more to read."""
        role = self._open.pop()
        if role is _Role.BLOCK:
            if self._parts:
                self.flush()
            self._blocks.pop()
        elif role is _Role.LINK:
            self._in_link -= 1
        text = element.tail if self._open else None  # what stands behind the root is not below it
        self._closed = None if text else element
        if text and (self._parts or self._times or not text.isspace()):
            self._add(text)
        return len(self.lines) < MAX_LINES

    def flush(self) -> None:
        """End the line."""
        if not self._parts:
            return
        text = cleaning.line("".join(self._parts))
        if text and self._blocks:
            linked = len(" ".join(self._linked).split()) if self._linked else 0
            words = text.count(" ") + 1
            self.lines.append(
                Line(text, self._blocks[-1], len(self.lines), words, linked, self._times)
            )
        self._parts, self._linked, self._times, self._size = [], [], (), 0

    def _goes_on(self, element: Element, role: _Role) -> None:
        """Go on with the line in an inline element."""
        if self._parts and self._closed is not None and self._apart(self._closed, element):
            self.flush()
        if role is _Role.LINK:
            self._in_link += 1
        elif element.tag == "time":
            told = element.get("datetime", "")
            if told and len(element) == 0 and not (element.text or "").strip():
                self._shows(told)
            else:
                self._times += (told,)
        elif element.tag == "abbr" and "published" in (element.get("class") or "").split():
            self._times += (element.get("title", ""),)  # as Blogger's pages mark it

    def _shows(self, told: str) -> None:
        """Make a line of a time whose text a script fills in."""
        self.flush()
        self._times = (told,)
        self._add(told)
        self.flush()

    def _apart(self, one: Element, other: Element) -> bool:
        """Whether two inline neighbours with nothing between them are shown apart, as labels are
        and names before days. Not in paragraphs: there a word may be split into several spans.
        """
        around = other.getparent()
        if one.tag == other.tag == "time":
            return True
        if around is None or _ROLES.get(one.tag) not in _IN_LINE:
            return False
        if _ROLES.get(around.tag) in _IN_LINE or around.tag == "p" or around.tag in HEADINGS:
            return False
        if _parted(self._parts[-1][-1:], (other.text or "")[:1]):
            return True
        if {one.tag, other.tag} & {"a", "time"} or one.get("class") or other.get("class"):
            return True
        if around not in self._mixed:
            self._mixed[around] = any(_ROLES.get(child.tag) not in _IN_LINE for child in around)
        return self._mixed[around]

    def _add(self, text: str) -> None:
        if self._size < MAX_LINE_CHARS:
            self._size += len(text)
            self._parts.append(text)
            if self._in_link > 0:
                self._linked.append(text)


def _parted(before: str, after: str) -> bool:
    """Whether a word ends where another begins: no word of letters goes on with a digit."""
    return before.isalnum() and after.isalnum() and (before.isdigit() or after.isdigit())
