"""Lines that are links to other articles."""

from __future__ import annotations

from collections.abc import Sequence

from spiders.reading import furniture
from spiders.reading.labels import Kind
from spiders.reading.markup import Line, ends_sentence
from spiders.reading.trees import Element

_NAME_WORDS = 4
_LABEL_WORDS, _HEADLINE_WORDS = 3, 4


def teaser(line: Line) -> bool:
    """Whether a line is a link to another article, not a sentence with a link in it, nor a heading
    that links to itself, as the entries of live blogs do.
    """
    if _labelled(line):
        return True
    if line.linked_words < 0.85 * line.words or (line.words > 12 and ends_sentence(line.text)):
        return False
    return not (line.heading and links_to_itself(line))


def _labelled(line: Line) -> bool:
    """Whether a line is a linked headline behind a short label: "from our archive: …".

    A linked quotation behind the name of who said it ends as sentences do; an hour is no label.
    """
    if line.linked_words < _HEADLINE_WORDS or line.linked_words == line.words or line.tag == "li":
        return False
    label, colon, _ = line.text.partition(":")
    beside = label.count(" ") + 1
    if not colon or beside > _LABEL_WORDS or line.linked_words + beside < line.words:
        return False
    spoken = line.text[-1] in '.»”"' or label[:1].isdigit()
    return not spoken and not links_to_itself(line)


def only_names(line: Line) -> bool:
    """Whether a link is as short as a name, or a time."""
    return line.words <= _NAME_WORDS or furniture.date_line(line.text, line.words)


def links_to_itself(line: Line) -> bool:
    """Whether a line or a link in it leads to a place on a page, or to one update of it."""
    links = (line.element, *line.element.iter("a"))
    return any(len(place_of(one)) > 1 for one in links)


def place_of(link: Element) -> str:
    """The place on a page that a link leads to, or the one of its updates; empty if to none."""
    href = link.get("href") or ""
    return href.partition("#")[2] or href.partition("?update=")[2]


def paired(lines: Sequence[Line], at: int) -> int:
    """Where the linked headlines end that stand one behind the other, each with its excerpt."""
    while at + 1 < len(lines) and teaser(lines[at]) and lines[at + 1].prose:
        at += 2
    return at


def only_teasers(lines: Sequence[Line], at: int, end: int) -> bool:
    """Whether several of them stand from a line on, and nothing of an article behind them."""
    others = (Kind.END, Kind.COMMENTS, Kind.BOX)
    return end - at >= 4 and (end == len(lines) or lines[end].kind in others)
