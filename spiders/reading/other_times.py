"""Where else a page tells its article's time, if its data and the lines above its text do not.

In these places a page may as well tell its own time, or those of other articles. So a time that is
the visit's does not count there, nor one beyond another's headline. The copies in an archive are
older than the visit: there the head of a page is known only by what else stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import takewhile

from spiders.reading import dates, headline, printed_times
from spiders.reading.labels import Kind
from spiders.reading.markup import Line
from spiders.reading.trees import Element, ancestors
from watch.records import Published

_FOOTER_LINES = 5  # behind the text
_ABOVE_LINES = 3  # above the title
_NAME_WORDS = 4  # of a link to an author or a section; a longer one is a headline
_BESIDE_WORDS = 4  # beside the time on its line
_OUTLET_WORDS = 2  # beside the day in a part of the <title>
_CLOCK = re.compile(r"today|current|clock|top-?bar", re.IGNORECASE)


def above_title(lines: Sequence[Line], zone: tzinfo, now: datetime) -> Published | None:
    """The publication that the lines in one box with the title tell above it."""
    own = (
        one for one in lines if one.linked_words <= _NAME_WORDS and not _shows_today(one.element)
    )
    return printed_times.unlabelled(list(own), zone, now)


def below_text(lines: Sequence[Line], zone: tzinfo, now: datetime) -> Published | None:
    """The publication that stands right behind the text, before anything else does: a link, a
    heading of furniture or more text.
    """
    near = _right_below(lines)
    labelled, _ = printed_times.between([line for line in near if line.kind], zone, now)
    dated = [line for line in near if dates.holds_date(line.text)]
    return labelled or printed_times.unlabelled(dated, zone, now)


def update_below(lines: Sequence[Line], zone: tzinfo, now: datetime) -> Published | None:
    """The last change that a label right behind the text tells."""
    labelled = [line for line in _right_below(lines) if line.kind]
    return printed_times.between(labelled, zone, now)[1] if labelled else None


def _right_below(lines: Sequence[Line]) -> list[Line]:
    others = (Kind.BOX, Kind.END, Kind.COMMENTS)
    return list(
        takewhile(
            lambda line: not (line.linked_words or line.prose or line.kind in others),
            lines[:_FOOTER_LINES],
        )
    )


def in_title(title: str, shown: str, zone: tzinfo, now: datetime) -> Published | None:
    """The day that is a part of the page's <title> of its own, as in "... | Outlet | 22.09.2013";
    not one that the headline `shown` holds too.
    """
    for part in headline.parts(title)[1:]:
        if part not in shown and dates.holds_date(part) and dates.leftover(part) <= _OUTLET_WORDS:
            return dates.parse(part, zone, now)
    return None


def beside_title(lines: Sequence[Line], at: int, zone: tzinfo, now: datetime) -> Published | None:
    """The publication that stands behind a title, before any text or another's headline, in
    whatever box; or else right above it, in one element with the title and little else.
    """
    near = takewhile(lambda line: not (line.prose or _leads_away(line)), lines[at + 1 :])
    behind = [line for line in near if _tells(line)]
    return printed_times.unlabelled(behind or _above(lines, at), zone, now)


def _above(lines: Sequence[Line], at: int) -> list[Line]:
    """The line above a title that tells a time, unless it stands at the head of the page."""
    first = max(0, at - _ABOVE_LINES)
    near = takewhile(lambda line: not _leads_away(line), reversed(lines[first:at]))
    found = next(
        (line for line in near if _tells(line) and not printed_times.only_updates(line)), None
    )
    if found is None:
        return []
    holding = set(ancestors(lines[at].element))
    way = list(takewhile(lambda one: one not in holding, ancestors(found.element)))
    shared = way[-1].getparent() if way else found.element
    if shared is None or shared.tag == "body" or any(map(_heads_page, way)):
        return []
    whole = first > 0 and shared in ancestors(lines[first - 1].element)
    return [] if whole else [found]


def _tells(line: Line) -> bool:
    """Whether a line is a time and little else."""
    dated = any(line.times) or dates.holds_date(line.text)
    if not dated or not printed_times.own(line) or dates.leftover(line.text) > _BESIDE_WORDS:
        return False
    return not _shows_today(line.element)


def _leads_away(line: Line) -> bool:
    """Whether a line is the headline of another article, or the heading of such."""
    away = line.linked and line.words > _NAME_WORDS and not printed_times.own(line)
    return line.kind is Kind.BOX or away


def _heads_page(element: Element) -> bool:
    """Whether an element is of those in which a page tells the day on which it is seen."""
    return element.tag in ("header", "nav") or _shows_today(element)


def _shows_today(element: Element) -> bool:
    """Whether an element is a clock, by its class or id."""
    return _CLOCK.search(f"{element.get('class')} {element.get('id')}") is not None
