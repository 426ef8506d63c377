"""Readers' comments that no class marks: boxes of one kind, each with a name and a text.

The entries of a live blog, the answers of an interview and the voices of a report stand in such
boxes too. So comments are taken for that only where a reader can answer each of them, or where
they stand right behind a heading that announces comments, and always behind running text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from spiders.reading import cards, dates, trees
from spiders.reading.labels import Kind, label
from spiders.reading.markup import Line, ends_sentence
from spiders.reading.trees import Element

_ANSWERS = ("رد", "رد على التعليق", "إبلاغ", "ابلاغ", "إبلاغ عن إساءة", "Reply", "reply", "Report")
_COUNTED = re.compile(
    r"(?:عدد )?(?:ال)?تعليقات(?: (?:القراء|الزوار|المستخدمين|الاعضاء))?(?: \d+)?|\d+ تعليق(?:ات|ا)?"
)
_SIGNS = ("تعليق", "ردود", "مشاركات", "آراء")
_ANSWER_WORDS = 3
_HEADING_WORDS = 5  # "عدد التعليقات: (12)"
_NAME_WORDS, _DATED_NAME_WORDS = 4, 9
_TEXT_WORDS, _TIME_WORDS = 5, 6
_MOST_LINES = 8  # of one comment
_NEAR_LINES = 3  # from a name to its text, from a heading to the first name
_FAR_LINES = 12  # from the text to the heading of comments
_DEEP = 6  # elements around a line that may be its comment
_FEWEST = 2


def comments(lines: Sequence[Line]) -> set[Element]:
    """The elements that are comments."""
    first = next((at for at, line in enumerate(lines) if line.prose), len(lines))
    found: dict[object, set[Element]] = defaultdict(set)
    past, begun = first, False  # what was read as comments already; whether a text ended above one
    for at in range(first + 1, len(lines)):
        line, boxes = lines[at], []
        if line.words <= _ANSWER_WORDS and line.text in _ANSWERS:
            boxes = _answered(lines, first, at)
        elif at > past and line.words <= _HEADING_WORDS and _announces(line):
            boxes, past = _announced(lines, at)
        elif line.words <= _TIME_WORDS and _timed(lines, at):
            begun = begun or _ends_text(lines, at - 1)
            box = _comment(lines, at - 1) if begun else None
            boxes = [box] if box is not None else []
        for box in boxes:
            found[cards.likeness(box)].add(box)
    return {box for alike in found.values() if len(alike) >= _FEWEST for box in alike}


def _announces(line: Line) -> bool:
    """Whether a short line is a heading of comments, or counts them."""
    if line.linked or not any(sign in line.text for sign in _SIGNS):
        return False
    # The word for a comment also means "suspension", and an expert's remark.
    return line.kind is Kind.COMMENTS or _COUNTED.fullmatch(label(line.text)) is not None


def _answered(lines: Sequence[Line], first: int, at: int) -> list[Element]:
    """The comment that ends with a link to answer it; in an interview the answer follows."""
    behind = [one for one in lines[at + 1 : at + 1 + _MOST_LINES] if one.words >= _TEXT_WORDS]
    for name in range(at - 1, max(first, at - _MOST_LINES), -1):
        box = _comment(lines, name)
        if box is not None and cards.within(lines[at], box):
            return [] if any(cards.within(one, box) for one in behind) else [box]
    return []


def _timed(lines: Sequence[Line], at: int) -> bool:
    """Whether a line tells a day and an hour between a name and a text."""
    name, text = lines[at - 1], lines[at + 1] if at + 1 < len(lines) else lines[at]
    if name.words > _NAME_WORDS or name.linked or text.words < _TEXT_WORDS or text.linked:
        return False
    told = lines[at].text
    return ":" in told and dates.holds_date(told) and dates.leftover(told) == 0


def _announced(lines: Sequence[Line], heading: int) -> tuple[list[Element], int]:
    """The comments that stand one right behind the other below a heading, and where they end.

    A count of comments may also stand above a text, between the lead and what follows.
    """
    boxes: list[Element] = []
    if not _ends_text(lines, heading):
        return boxes, heading
    at, last = heading + 1, heading
    while at < len(lines) and at - last <= _NEAR_LINES:
        box = _comment(lines, at)
        if box is not None:
            boxes.append(box)
            while at + 1 < len(lines) and cards.within(lines[at + 1], box):
                at += 1
            last = at
        at += 1
    return boxes, last


def _ends_text(lines: Sequence[Line], at: int) -> bool:
    """Whether two paragraphs that belong together stand above a line, no lead alone."""
    above = [one for one in lines[max(0, at - _FAR_LINES) : at] if one.prose][-2:]
    return len(above) == 2 and above[0].around is above[1].around


def _comment(lines: Sequence[Line], at: int) -> Element | None:
    """The smallest element that holds a name and the text behind it, if it holds little else."""
    name = lines[at]
    most = _DATED_NAME_WORDS if dates.holds_date(name.text) else _NAME_WORDS
    if name.words > most or name.heading or ends_sentence(name.text):
        return None
    if name.text[:1].isdigit():  # the hour of a live blog
        return None
    near = lines[at + 1 : at + 1 + _NEAR_LINES]
    text = next((one for one in near if one.words >= _TEXT_WORDS and not one.linked), None)
    if text is None or text.heading:
        return None
    around = set(islice(trees.ancestors(name.element), _DEEP))
    box = next((one for one in islice(trees.ancestors(text.element), _DEEP) if one in around), None)
    if box is None or box.tag == "body":
        return None
    near = lines[max(0, at - _MOST_LINES) : at + _MOST_LINES + 1]
    return box if sum(cards.within(one, box) for one in near) <= _MOST_LINES else None
