"""Two reports of one event by outlets that wrote for themselves and share hardly a passage."""

from __future__ import annotations

from watch.gist import gist
from watch.headings import ALIKE
from watch.headlines import names_alike
from watch.likeness import Likeness
from watch.records import Telling

HOURS = 2  # in which all report it; later it is told of for what came of it
TOLD = 0.6  # of either title, by the other title and lead; a long text names everything
SURE = 0.94  # by the weights, which ask no passage in common; answers told alike reach .93


def may_retell(newer: Telling, older: Telling) -> bool:
    """Tell whether two titles name so many things alike that it is worth comparing the articles."""
    return names_alike(gist(newer), gist(older)) >= ALIKE


def retold(likeness: Likeness, score: float) -> bool:
    """Tell whether two titles name the same things and numbers, and none in another's place.

    Who answers, and what happened again or after it, is news, however much is named alike.
    """
    return (
        score >= SURE
        and not likeness.same_outlet
        and likeness.hours is not None
        and likeness.hours <= HOURS
        and likeness.headlines.names_alike >= ALIKE
        and likeness.headlines.told_early >= TOLD
        and _counts_agree(likeness)
        and not likeness.headlines.renamed
        and not likeness.brief
        and not likeness.turns
        and not likeness.headlines.answers
        and not likeness.headlines.again
        and not likeness.headlines.afterwards
    )


def _counts_agree(likeness: Likeness) -> bool:
    """Tell whether each knows the other title's numbers, or a toll is the first or said to rise."""
    if not likeness.raised:
        return likeness.headlines.numbers_known
    return likeness.risen or not likeness.raised[0][0]
