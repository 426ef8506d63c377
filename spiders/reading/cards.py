"""Teasers of other articles that no heading announces: linked headlines with their excerpts, again
and again in boxes of one kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from spiders.reading import teasers, trees
from spiders.reading.markup import Line, ends_sentence
from spiders.reading.trees import Element

_HEADLINE_WORDS = 4
_EXCERPT_WORDS = 6
_SENTENCE_WORDS = 12
_MOST_WORDS = 90  # of a card's text that is no link
_MOST_LINES = 6
_NEAR_LINES = 3  # between a headline and its excerpt
_DEEP = 6  # elements around a line that may be its card
_FEWEST = 2


def cards(lines: Sequence[Line]) -> set[Element]:
    """The elements that are cards of other articles."""
    found: dict[tuple[Element, str, str], set[Element]] = defaultdict(set)
    sure: set[Element] = set()
    if all(line.linked_words < _HEADLINE_WORDS for line in lines):
        return sure
    tells = [_tells(line) for line in lines]
    for at, line in enumerate(lines):
        if line.linked_words < _HEADLINE_WORDS or line.linked_words < 0.85 * line.words:
            continue
        near = [*range(at + 1, at + 1 + _NEAR_LINES), *range(at - 1, at - 1 - _NEAR_LINES, -1)]
        near = [other for other in near if 0 <= other < len(lines) and tells[other]]
        if near and _leads_away(line):
            if (link := _link_around(lines, at, near)) is not None:
                sure.add(link)
            elif (card := _card(lines, at, near)) is not None:
                found[likeness(card)].add(card)
                if line.heading and _amid_text(lines, at, card) and _links_picture(card):
                    sure.add(card)
    return sure | {card for alike in found.values() if len(alike) >= _FEWEST for card in alike}


def _amid_text(lines: Sequence[Line], at: int, card: Element) -> bool:
    """Whether running text of one kind stands before and behind a card."""
    above, below = lines[max(0, at - _MOST_LINES) : at], lines[at + 1 : at + _MOST_LINES]
    before = next((one for one in reversed(above) if _apart(one, card)), None)
    behind = next((one for one in below if _apart(one, card)), None)
    return before is not None and behind is not None and _stands(before) == _stands(behind)


def _apart(line: Line, card: Element) -> bool:
    """Whether a line is running text that stands in no card."""
    return line.prose and not within(line, card)


def _stands(line: Line) -> tuple[object, ...]:
    """The tags and classes of what a line stands in."""
    return line.tag, line.element.get("class"), line.around.tag, line.around.get("class")


def _links_picture(card: Element) -> bool:
    """Whether a link in a card has no words, but shows a picture."""
    return any(not trees.text_of(link).strip() for link in islice(card.iter("a"), _MOST_LINES))


def _leads_away(line: Line) -> bool:
    """Whether a link is none to a place on the same page, as live blogs have."""
    links = (line.element, *islice(line.element.iter("a"), 1), *islice(_outside(line), 2))
    return not any(teasers.place_of(one) for one in links)


def _outside(line: Line) -> Sequence[Element]:
    return list(islice(line.element.iterancestors("a"), 1))


def _card(lines: Sequence[Line], at: int, near: Sequence[int]) -> Element | None:
    """The smallest element that holds a headline and its excerpt, if it holds little else."""
    around = set(islice(trees.ancestors(lines[at].element), _DEEP))
    for other in near:
        for one in islice(trees.ancestors(lines[other].element), _DEEP):
            if one in around:
                return _alone(one) if _holds_little(lines, at, one) else None
    return None


def _link_around(lines: Sequence[Line], at: int, near: Sequence[int]) -> Element | None:
    """The link around a headline and its excerpt: it is a card even alone."""
    for link in _outside(lines[at]):
        if any(within(lines[other], link) for other in near) and _holds_little(lines, at, link):
            return link
    return None


def _tells(line: Line) -> bool:
    """Whether a line may be an excerpt: no link, or a whole sentence that is one."""
    if line.words - line.linked_words >= _EXCERPT_WORDS:
        return True
    return line.words > _SENTENCE_WORDS and ends_sentence(line.text)


def _holds_little(lines: Sequence[Line], at: int, card: Element) -> bool:
    first = last = at
    while first > 0 and at - first <= _MOST_LINES and within(lines[first - 1], card):
        first -= 1
    while last + 1 < len(lines) and last - at <= _MOST_LINES and within(lines[last + 1], card):
        last += 1
    held = lines[first : last + 1]
    unlinked = sum(line.words - line.linked_words for line in held)
    return len(held) <= _MOST_LINES and unlinked <= _MOST_WORDS


def within(line: Line, card: Element) -> bool:
    """Whether a line stands in a card, not deep below it."""
    return any(one is card for one in islice(trees.ancestors(line.element), 2 * _DEEP))


def _alone(card: Element) -> Element:
    """The outermost element that holds nothing but a card."""
    around = card.getparent()
    while around is not None and len(around) == 1 and around.tag != "body":
        card, around = around, around.getparent()
    return card


def likeness(card: Element) -> tuple[Element, str, str]:
    """What cards of one list share: the element around them, tag and class."""
    around = card.getparent()
    return (card if around is None else around, str(card.tag), card.get("class") or "")


def texts(lines: Sequence[Line]) -> set[str]:
    """What the cards among some lines say."""
    found = cards(lines)
    return {
        line.text
        for line in lines
        if found and not found.isdisjoint(islice(trees.ancestors(line.element), 2 * _DEEP))
    }
