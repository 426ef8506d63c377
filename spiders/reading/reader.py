"""Our own reader: the article's paragraphs among the lines of a page whose markup nobody described.

In order: furniture by tag and class is set aside; the title printed on the page is the anchor;
the region runs from it to the first thing that only stands behind an article; within it the
smallest element that holds most of the running text is the body; then single lines go: labels,
teasers, captions, the title again, what was read already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise, takewhile

from spiders.reading import (
    captions,
    cards,
    comments,
    furniture,
    headline,
    paragraphs,
    sieve,
    subheadings,
    trees,
)
from spiders.reading.labels import Kind
from spiders.reading.markup import Line, ends_sentence
from spiders.reading.sieve import Read
from spiders.reading.trees import Element

_MOST = 0.7  # of the running text must be in an element that is taken for the body
_UNBOXED = 0.4  # of the running text: what holds more is no furniture, whatever its class says
_NEAR_LINES = 12
_BYLINE_LINES = 6  # below the title
_MAX_ANCHORS = 12  # pages print their title up to eight times
_TITLE_WORDS = 4
_DATE_LINES = 3  # below the heading of another story
_PARTS = ("ol", "ul", "dl", "blockquote")  # of a text, which goes on behind them
_BETTER = 2.5  # times the running text makes an earlier, far title the anchor


def unboxed(lines: Sequence[Line]) -> list[Line]:
    """The lines that stand neither in furniture, by tag and class, nor in others' teasers and
    readers' comments.
    """
    others = cards.cards(lines) | comments.comments(lines)
    total = sieve.prose_words(lines) or 1
    shares: Counter[Element] = Counter()  # counted once something looks like furniture
    known: dict[Element, bool] = {}
    shown = captions.told(lines)

    def furnished(element: Element) -> bool:
        path = []
        at: Element | None = element
        while at is not None and at not in known:
            path.append(at)
            at = at.getparent()
        verdict = known[at] if at is not None else False
        for one in reversed(path):
            if not verdict and one in others:
                verdict = not holds_headline(one)
            elif not verdict and not (shown and one.tag == "figcaption") and furniture.boxed(one):
                if not shares:
                    shares.update(_shares(lines))
                verdict = shares.get(one, 0) < _UNBOXED * total and not holds_headline(one)
            known[one] = verdict
        return verdict

    out = [furnished(line.element) for line in lines]
    return [
        line
        for at, line in enumerate(lines)
        if not out[at] or (at + 1 < len(lines) and not out[at + 1] and _heads_teasers(lines, at))
    ]


def _heads_teasers(lines: Sequence[Line], at: int) -> bool:
    """Whether a line of furniture is the heading of teasers whose own element does not tell."""
    line, behind = lines[at], lines[at + 1]
    return line.kind is Kind.BOX and not line.linked and not behind.prose and behind.words >= 4


def region(lines: Sequence[Line], title: str, outlets: Sequence[str]) -> tuple[list[Line], int]:
    """The lines from the printed title to what ends an article; and where it is, -1 if nowhere."""
    anchors = [at for at, line in enumerate(lines) if headline.repeats(line, title, outlets)]
    anchors = anchors[:_MAX_ANCHORS]
    heading = next((lines[at] for at in anchors if lines[at].heading), None)
    best, best_at, best_score = lines, len(lines), -1
    for at in reversed([-1, *anchors]):
        near = at >= 0 and best_at - at <= _NEAR_LINES  # the title again, below its deck
        least = best_score * (1 if near else _BETTER)
        if sieve.prose_words(lines[at + 1 :]) <= least:
            continue  # whatever ends it
        found = _until_end(lines[at + 1 :], heading)
        score = sieve.prose_words(found)
        if score > least:
            best, best_at, best_score = found, at, score
    _unsay_bylines(best)
    return list(best), best_at


def _unsay_bylines(lines: Sequence[Line]) -> None:
    """Take a long byline with its time, "a name | a day", for no running text."""
    for line in islice(lines, _BYLINE_LINES):
        if line.prose and "|" in line.text and not ends_sentence(line.text):
            line.prose = not furniture.date_line(line.text, line.words)


def above_title(lines: Sequence[Line], title: str, outlets: Sequence[str]) -> list[Line]:
    """The up to two lines right above the printed title that stand in one box with it."""
    for at, line in enumerate(lines):
        if line.heading and headline.repeats(line, title, outlets):
            near = lines[max(0, at - 2) : at] if line.around.tag != "body" else ()
            return [one for one in near if line.around in (one.around, one.element)]
    return []


def inside(lines: Sequence[Line], roots: Sequence[Element]) -> list[Line]:
    """The lines that stand in some elements."""
    if not roots:
        return []
    known = dict.fromkeys(roots, True)
    return [line for line in lines if _under(line.element, known)]


def decks(head: Sequence[Line]) -> list[Line]:
    """What stands between the title and the body and is the article's: a deck, up to two."""
    found = [
        line
        for above, line in pairwise([None, *head])
        if line is not None
        and not (captions.caption(line) or line.linked)
        and not (line.tag == "div" and line.prose and captions.below_picture(line))
        and line.kind is None
        and (above is None or above.kind is not Kind.BOX)  # of a poll, of a list
        and (line.prose or (line.heading and paragraphs.leads(line)))
    ]
    return found[-2:]


def _until_end(lines: Sequence[Line], title: Line | None) -> Sequence[Line]:
    read = Read()
    for at, line in enumerate(lines):
        if subheadings.divides(lines, at):
            line.kind = None
        if line.kind in (Kind.END, Kind.COMMENTS) and read.ends(line.kind, lines[at + 1 :]):
            return lines[:at]
        if title is not None and read.lines and line.heading:
            behind = lines[at + 1 : at + 1 + _DATE_LINES]
            dated = line.tag == title.tag == "h1" and any(map(sieve.tells_day, behind[:1]))
            another = _titles_another(line, title) or (dated and line.words >= _TITLE_WORDS)
            if another or _opens_story(line, title, behind):
                return lines[:at]
        read.add(line)
    return lines


def _titles_another(line: Line, title: Line) -> bool:
    """Whether a heading opens the article that a page shows below its own: it is like the title in
    tag and class and stands in a box like the title's.
    """
    if line.tag != title.tag or line.words < _TITLE_WORDS:
        return False
    if _apart(line, title):
        return line.spelt != title.spelt
    classed = any(one.get("class") or one.tag == "article" for one in (title.element, title.around))
    level = line.tag == "h1" and _depth(line.element) == _depth(title.element)
    return (
        (classed or level)
        and line.around is not title.around
        and _alike(line.element, title.element)
        and _alike(line.around, title.around)
        and line.spelt != title.spelt
    )


def _opens_story(line: Line, title: Line, behind: Sequence[Line]) -> bool:
    """Whether a heading of another level opens the next story that a page loads: it has the title's
    class, is a link or stands in a box like the title's, and a day of its own is told right below
    it. A heading inside an article has no day.
    """
    names = line.element.get("class")
    if not names or names != title.element.get("class") or line.spelt == title.spelt:
        return False
    box, own = (one.around.get("class", "").split()[:1] for one in (line, title))
    alike = line.linked or (box == own != [] and line.around is not title.around)
    return alike and any(sieve.tells_day(one) for one in behind)


def _apart(line: Line, title: Line) -> bool:
    """Whether two headings stand each in an <article> of its own, none in the other's."""
    own = next(title.element.iterancestors("article"), None)
    other = next(line.element.iterancestors("article"), None)
    if own is None or other is None or own is other:
        return False
    return own not in other.iterancestors() and other not in own.iterancestors()


def _shares(lines: Sequence[Line]) -> Counter[Element]:
    """For every element, the words of running text below it."""
    shares: Counter[Element] = Counter()
    for line in lines:
        if line.prose:
            shares[line.element] += line.words
    depths: dict[Element, int] = {}
    for element in list(shares):
        way = list(takewhile(lambda one: one not in depths, trees.ancestors(element)))
        above = way[-1].getparent() if way else None
        depth = depths[above] if above is not None else 0
        for one in reversed(way):
            depth += 1
            depths[one] = depth
    for one in sorted(depths, key=depths.__getitem__, reverse=True):  # the innermost first
        if (parent := one.getparent()) is not None:
            shares[parent] += shares[one]
    return shares


def container(lines: Sequence[Line]) -> list[Element]:
    """The smallest element that holds most of the running text, and its like beside it."""
    shares = _shares(lines)
    if not shares:
        return []
    total = max(shares.values())
    best = min(
        (one for one, share in shares.items() if share >= _MOST * total),
        key=lambda one: (shares[one], -_depth(one)),
    )
    while best.tag in _PARTS and (around := best.getparent()) is not None:
        best = around
    parent = best.getparent()
    if parent is not None and len(inside(lines, [best])) == 1:
        best, parent = parent, parent.getparent()  # it was a single paragraph
    if parent is None or not best.get("class"):
        return [best]
    return [one for one in parent if one is best or (_alike(one, best) and one in shares)]


def _alike(one: Element, other: Element) -> bool:
    return bool(one.tag == other.tag and one.get("class") == other.get("class"))


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _under(element: Element, known: dict[Element, bool]) -> bool:
    """Whether an element stands in one that is known to count; what is learned is kept."""
    path = []
    at: Element | None = element
    while at is not None and at not in known:
        path.append(at)
        at = at.getparent()
    verdict = at is not None and known[at]
    known.update(dict.fromkeys(path, verdict))
    return verdict


def holds_headline(element: Element) -> bool:
    """Whether what looks like furniture holds the page's main heading, and so is none."""
    return (
        element.tag not in ("nav", "aside", "footer") and next(element.iter("h1"), None) is not None
    )
