"""What speaks for or against one story, whatever the likeness: formulas, new leads, answers."""

from __future__ import annotations

from watch.gist import RUN_WORDS
from watch.likeness import Likeness

# One formula with other facts: prices, tallies, decrees.
FORMULA_SLOTS, FORMULA_ODDS = 3, 2  # figures and days replaced, so many to one that is the same
TABLE_FIGURED = 0.3  # of a text's words are numbers: a table, in which some stay the same
FORMULA_RIVALS, FORMULA_SHARED = 3, 0.75  # each names others again and again, in nearly one text
FORMULA_HOURS = 20  # within them a toll rises; later it says so, or is another day's tally
FORMULA_NAMES = 2  # names that stand in each other's very place again and again
EQUAL = 0.85  # of either text, else equal: then one such name is another man's notice

FULLER_LEAD, FULLER_TITLE = 0.5, 0.65  # copied, and told: then it is the full report
NEWS_TITLE, NEWS_OPENING, NEWS_COPIED = 0.75, 0.5, 0.1  # less of them is known: a new lead
ANSWER_COPIED = 0.5  # less of the first words: no copy under a title that quotes it
CORRECTED_EQUAL, CORRECTED_WORDS = 0.9, 2  # so few words exchanged in so equal a text were mended
CORRECTED_RUNS = RUN_WORDS + 1  # that hold two words exchanged: all a short text differs in

ROSE_SHARED = 0.3  # of the smaller text is repeated below a toll that rose


def formula(likeness: Likeness) -> bool:
    """Tell whether the texts run alike around other figures and days, or around other names."""
    agree, conflict = likeness.slots_agree, likeness.slots_conflict
    odds = FORMULA_ODDS if likeness.figured < TABLE_FIGURED else 0
    soon = likeness.hours is not None and likeness.hours < FORMULA_HOURS
    rising = bool(likeness.raised) and (soon or likeness.risen) and not likeness.day_replaced
    return (
        (conflict >= FORMULA_SLOTS and conflict >= odds * agree and not rising)
        or (likeness.rivals >= FORMULA_RIVALS and likeness.shared >= FORMULA_SHARED)
        or likeness.changes.names >= FORMULA_NAMES
        or likeness.changes.titled
        or _renamed(likeness)
    )


def bulletin(likeness: Likeness) -> bool:
    """Tell whether one headline stands over another day's figures; a toll that rose stays."""
    return (
        likeness.headlines.numbered_alike
        and (likeness.hours or 0) >= FORMULA_HOURS
        and (likeness.day_replaced or len(likeness.figures) >= FORMULA_SLOTS)
        and not likeness.risen
    )


def _renamed(likeness: Likeness) -> bool:
    """Tell whether a text, be it of one line, is the other but for a name."""
    names = likeness.changes.names
    return names > 0 and (_equal(likeness, EQUAL) or likeness.apart <= RUN_WORDS * names)


def fuller(likeness: Likeness) -> bool:
    """Tell whether a longer text is the full report after a short one, and turns to no other."""
    return (
        likeness.lead_copied >= FULLER_LEAD
        and likeness.title_told >= FULLER_TITLE
        and not likeness.turns
    )


def opens_anew(likeness: Likeness) -> bool:
    """Tell whether title and first words are news, whatever of the earlier text stands below."""
    return (
        likeness.title_told < NEWS_TITLE
        and likeness.opening_told < NEWS_OPENING
        and likeness.opening_copied < NEWS_COPIED
        and not likeness.raised
    )


def answers(likeness: Likeness) -> bool:
    """Tell whether title and first words are somebody's word on the event."""
    return (
        likeness.headlines.answers
        and likeness.title_told < NEWS_TITLE
        and likeness.opening_copied < ANSWER_COPIED
    )


def rose(likeness: Likeness) -> bool:
    """Tell whether a text says that the toll of the other rose, and repeats much of it."""
    return (
        likeness.risen
        and bool(likeness.figures or likeness.raised)
        and likeness.shared >= ROSE_SHARED
    )


def _equal(likeness: Likeness, least: float) -> bool:
    return min(likeness.newer_told, likeness.older_told) >= least


def corrected(likeness: Likeness) -> bool:
    """Tell whether a text is the other but for a word or a denial."""
    changes = likeness.changes
    mended = changes.denied or 0 < changes.words <= CORRECTED_WORDS
    nothing_else = likeness.apart <= CORRECTED_RUNS * (changes.denied + changes.words)
    return bool(mended) and (_equal(likeness, CORRECTED_EQUAL) or nothing_else)
