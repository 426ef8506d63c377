"""Lines that are the captions of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast

from spiders.reading import agencies, cities, furniture, headline
from spiders.reading.markup import HEADINGS, Line, ends_sentence
from spiders.reading.trees import Element, ancestors

_FEWEST_WORDS, _MOST_WORDS = 3, 20
_NEAR = 4  # elements around a line that may be its picture's box
_SPARE_CHARS = 30  # a credit beside the caption
_MOST_ELEMENTS = 40  # of such a box
_FEWEST = 3  # captions that tell a story
_LISTED = frozenset({"li", "dt", "dd"})
_TITLING = frozenset({*HEADINGS, "b", "strong"})
BRACKETED = re.compile(r"\(([^()]{2,40})\)\s*$")


def caption(line: Line) -> bool:
    """Whether a line is credited as pictures are, and is no sentence nor "دمشق (رويترز)"."""
    if _places(line.text):
        return False
    return furniture.caption(line.text, line.words) and not ends_sentence(line.text.rstrip(")"))


def credited(text: str) -> bool:
    """Whether a line carries the credit of a picture."""
    return not _places(text) and agencies.photo_credit(text)


def _places(text: str) -> bool:
    return cities.known(text.partition("(")[0])


def told(lines: Sequence[Line]) -> bool:
    """Whether the captions of a page are its text: whole sentences, and more of them than there is
    other running text.
    """
    within = [line.words for line in lines if line.prose and _in_caption(line)]
    return len(within) >= _FEWEST and 2 * sum(within) > sum(
        line.words for line in lines if line.prose
    )


def _in_caption(line: Line) -> bool:
    return "figcaption" in (line.tag, line.around.tag)


def pictured(line: Line) -> bool:
    """Whether a short line that is no sentence stands below a picture, in a box with little else.

    A heading, a bold line or an item of a list may stand so as well, and a cell of a row with a
    flag: those are no captions.
    """
    if line.prose or line.heading or line.linked or line.tag in _LISTED:
        return False
    if not _FEWEST_WORDS <= line.words <= _MOST_WORDS or ends_sentence(line.text):
        return False
    return below_picture(line) and not furniture.date_line(line.text, line.words)


def below_picture(line: Line) -> bool:
    """Whether a line stands below a picture, in a box with little else."""
    for box in islice(ancestors(line.element), _NEAR):
        if box.tag == "tr":
            continue  # the whole table must be the picture's
        if _holds_more(box, len(line.text) + _SPARE_CHARS):
            return False
        if _begins_with_picture(box):
            return True
    return False


def _begins_with_picture(box: Element) -> bool:
    """Whether a picture stands before all text of a small element, and no heading in it.

    Text right behind a picture stands beside it, as names do beside portraits.
    """
    shown = False
    for one in islice(box.iter(), _MOST_ELEMENTS):
        if one.tag in _TITLING:
            return False
        if one.tag == "img":
            around = one.getparent()
            link = around if around is not None and around.tag == "a" else None
            if _told(one.tail) or (link is not None and link is not box and _told(link.tail)):
                return False
            shown = True
        elif not shown and (
            _told(one.text) or (one is not box and not len(one) and _told(one.tail))
        ):
            return False
    return shown


def _told(text: str | None) -> bool:
    return bool(text) and not str(text).isspace()


def _holds_more(element: Element, chars: int) -> bool:
    """Whether an element holds more text than some characters; a large one is not read whole."""
    for text in cast("Iterator[str]", element.itertext()):
        chars -= len(text.strip())
        if chars < 0:
            return True
    return False


def credits_outlet(text: str, outlets: Sequence[str]) -> bool:
    """Whether a short line ends with the outlet's name in brackets, as captions do."""
    found = BRACKETED.search(text) if len(text) <= 160 else None
    if not found or ends_sentence(text[: found.start()].rstrip()):
        return False
    return headline.words(found[1]) in [headline.words(name) for name in outlets]


def credited_sentence(line: Line) -> bool:
    """Whether a line is a whole sentence with a wire in brackets behind it, as last ones are."""
    found = BRACKETED.search(line.text)
    return (
        found is not None and line.words >= 8 and ends_sentence(line.text[: found.start()].rstrip())
    )
