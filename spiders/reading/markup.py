"""A page as lines: what a reader sees one below the other, and where in the markup each line
stands.

A line is a paragraph, heading, list item or cell, or the part of one up to a `<br>`. The tree is
walked without recursion and within bounds, so nesting and size cannot hurt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from spiders.reading import cleaning, labels
from spiders.reading.labels import Kind
from spiders.reading.spelling import fold

MAX_LINES = 6_000
MAX_LINE_CHARS = 400_000

_SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "video",
        "audio",
        "map",
        "select",
        "option",
        "datalist",
        "textarea",
        "input",
        "button",
        "head",
        "title",
        "meta",
        "link",
        "math",
        "progress",
    }
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "picture",
        "source",
    }
)
_DEEP = re.compile(r"(?:<(?:div|span|font|b|i|section|center)\b[^<>]*>\s*){60,}", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SENTENCE_END = re.compile(r"[.!?؟…。]['\"”»’)\]]*$|[:：]$|[\"”»]$")


@dataclass(eq=False)
class Line:
    """One line of a page."""

    text: str
    element: HtmlElement  # the nearest block around it
    index: int
    words: int
    linked_words: int = 0
    time: str = ""  # the machine-readable time of a <time> in it

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    @property
    def linked(self) -> bool:
        """Whether most of the line is a link."""
        return self.linked_words * 2 > self.words

    @property
    def heading(self) -> bool:
        return self.tag in ("h1", "h2", "h3", "h4", "h5", "h6")

    @cached_property
    def prose(self) -> bool:
        """Whether it reads like running text, not like a headline, a label or a menu entry."""
        if self.linked or self.words < 6 or self.heading:
            return False
        sentence = self.words >= 8 and ends_sentence(self.text)
        return self.words >= 25 or sentence or (self.tag == "p" and self.words >= 12)

    @cached_property
    def kind(self) -> Kind | None:
        """What furniture it is by its words, if any."""
        return labels.kind(self.text, self.words)

    @cached_property
    def spelt(self) -> tuple[str, ...]:
        """Its words, folded."""
        return folded_words(self.text)


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text without signs, as they are compared."""
    return tuple(_WORD.findall(fold(text)))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return _SENTENCE_END.search(text) is not None


def parse(text: str) -> HtmlElement | None:
    """The tree of a page; None if there is nothing to make one of."""
    text = _CONTROLS.sub(" ", text)
    tree, too_deep = _tree(text)
    if too_deep:  # the parser gave up there: with the idle nesting gone it may reach the text
        tree, _ = _tree(_DEEP.sub("<div>", text))
    return tree


def _tree(text: str) -> tuple[HtmlElement | None, bool]:
    """The tree of a page, and whether its nesting was too deep to read it to the end."""
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    last = parser.error_log.last_error
    return tree, last is not None and last.type_name == "ERR_RESOURCE_LIMIT"


def lines(root: HtmlElement, *, skip: frozenset[HtmlElement] = frozenset()) -> list[Line]:
    """The lines below `root` in reading order, without scripts, fields and what `skip` holds."""
    gathered = _Gatherer()
    walk = etree.iterwalk(root, events=("start", "end"))
    left_out: HtmlElement | None = None
    suspects = set(root.xpath("descendant-or-self::*[@hidden or @aria-hidden or @style]"))
    for event, element in walk:
        if event == "start":
            if (
                element.tag in _SILENT
                or element in skip
                or (element in suspects and _hidden(element))
            ):
                left_out = element
                walk.skip_subtree()
            else:
                gathered.start(element)
        elif element is left_out:
            left_out = None
            gathered.tail(element)
        else:
            gathered.end(element)
            gathered.tail(element)
        if len(gathered.lines) >= MAX_LINES:
            break
    gathered.flush()
    return gathered.lines


def text_of(element: HtmlElement) -> str:
    """The text of an element as one line."""
    return cleaning.line(" ".join(element.itertext()))


def _hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return element.tag not in ("body", "main", "article")
    style = element.get("style")
    return style is not None and re.search(r"display\s*:\s*none", style) is not None


class _Gatherer:
    """Joins inline text into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._blocks: list[HtmlElement] = []
        self._parts: list[str] = []
        self._linked: list[str] = []
        self._in_link = 0
        self._time = ""
        self._size = 0
        self._mixed: dict[HtmlElement, bool] = {}  # blocks that hold both blocks and inline text
        self._closed: HtmlElement | None = None  # the element that ended just before, no text since

    def tail(self, element: HtmlElement) -> None:
        """Take the text behind an element."""
        self._closed = None if element.tail else element
        self._add(element.tail)

    def _apart(self, one: HtmlElement, other: HtmlElement) -> bool:
        """Whether two inline neighbours with nothing between them are shown apart, as labels are.

        Not in paragraphs: there a word may be split into several spans.
        """
        around = other.getparent()
        if one.tag not in _INLINE or other.tag not in _INLINE or around is None:
            return False
        if around.tag in _INLINE or around.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6"):
            return False
        if {one.tag, other.tag} & {"a", "time"} or one.get("class") or other.get("class"):
            return True
        if around not in self._mixed:
            self._mixed[around] = any(child.tag not in _INLINE for child in around)
        return self._mixed[around]

    def start(self, element: HtmlElement) -> None:
        """Open an element, and take the text before its first child."""
        if self._closed is not None and self._apart(self._closed, element):
            self.flush()
        self._closed = None
        tag = element.tag
        if tag not in _INLINE:
            self.flush()
            if tag not in ("br", "hr"):
                self._blocks.append(element)
        elif tag == "a":
            self._in_link += 1
        elif tag == "time":
            self._time = self._time or element.get("datetime", "")
        self._add(element.text)

    def end(self, element: HtmlElement) -> None:
        """Close an element."""
        tag = element.tag
        if tag == "a":
            self._in_link -= 1
        elif tag not in _INLINE and tag not in ("br", "hr"):
            self.flush()
            self._blocks.pop()

    def _add(self, text: str | None) -> None:
        if not text or (not self._parts and not self._time and text.isspace()):
            return
        if self._size < MAX_LINE_CHARS:
            self._size += len(text)
            self._parts.append(text)
            if self._in_link > 0:
                self._linked.append(text)

    def flush(self) -> None:
        """End the line."""
        if not self._parts:
            return
        whole = "".join(self._parts)
        text = cleaning.line(whole) if whole and not whole.isspace() else ""
        if text and self._blocks:
            linked = len(" ".join(self._linked).split()) if self._linked else 0
            line = Line(
                text, self._blocks[-1], len(self.lines), len(text.split()), linked, self._time
            )
            self.lines.append(line)
        self._parts, self._linked, self._time, self._size = [], [], "", 0
