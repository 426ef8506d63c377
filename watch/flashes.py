"""Texts of a line or two: where each word counts, and which report tells what a flash told."""

from __future__ import annotations

from watch.likeness import Likeness

RETITLED = 0.5  # less of a title is told: its text is a label that stands below every title
OWN_WORDS = 0.5  # less of the runs is shared: each was written by itself
EQUAL = 0.85  # of either: it is the same line
ADDED = 0.75  # less of a title is told: it says who answers, or what the outlet learnt since
REPORTED, REPORT_TITLE = 0.75, 0.25  # of what the flash names, and of what the report's title names
HOURS = 2  # so long it takes to write a report; later an outlet means another event


def other_flash(likeness: Likeness) -> bool:
    """Tell whether of two flashes each says what the other does not.

    One outlet's other figure is another event, and what it adds is news; another outlet may have
    its own measure and tell more at once. A toll that rose is none of this.
    """
    if not likeness.brief or likeness.raised:
        return False
    figures = likeness.slots_conflict > likeness.slots_agree
    return (
        likeness.headlines.again
        or likeness.title_told < RETITLED
        or (likeness.rivals > 0 and (figures or likeness.shared < OWN_WORDS))
        or (figures and likeness.same_outlet)
        or ((likeness.headlines.answers or likeness.same_outlet) and likeness.title_told < ADDED)
    )


def told_again(likeness: Likeness) -> bool:
    """Tell whether an outlet prints its flash hours later anew: sirens sound again."""
    later = likeness.same_outlet and (likeness.hours or 0) > HOURS
    return likeness.brief and later and likeness.shared >= EQUAL and not likeness.raised


def reported(likeness: Likeness) -> bool:
    """Tell whether a text soon after a flash begins with all that the flash said."""
    return (
        likeness.flash_told >= REPORTED
        and likeness.title_told >= REPORT_TITLE
        and likeness.hours is not None
        and likeness.hours <= HOURS
        and not likeness.turns
        and not likeness.headlines.again
    )
