"""Is it the same story? Judged by what the newer text says that the older does not.

One threshold on likeness fails both ways: a follow-up may carry the whole earlier text under a new
lead, and two decrees of one formula are more alike than a decree and its summary. So guards speak
first (a bulletin of another day, a formula filled in otherwise, a page read again); what is left is
weighed by a logistic function of eleven measures, none of which knows a topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p

from watch.gist import gist
from watch.likeness import Figure, Likeness, compare
from watch.records import Judgement, Relation, Telling
from watch.story_weights import BIAS, WEIGHTS

SAME_STORY = 0.5  # from this score on a telling joins
HARDLY_SHARED = 0.1  # of the smaller text; two reports on one subject, perhaps of two events
REPRINT_SHARED = 0.5  # of the smaller text; below it the outlets wrote for themselves

FORMULA_SLOTS = 3  # frames filled otherwise, and hardly any alike: prices, tallies, decrees
FORMULA_ODDS = 3

REVISED_REWORDED = 10  # what an edit must name anew, or drop, to be told
REVISED_SHARED = 0.3  # of the smaller version; below it the page holds another article

FOLLOWS_SHARED = 0.15
FOLLOWS_TITLES = 0.25
FOLLOWS_RIVALS = 2.0
FOLLOWS_HOURS = 120

USUAL_HOURS = 12.0  # where no times are known

_JOINED = frozenset({Relation.REPRINT, Relation.SAME_EVENT, Relation.UPDATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a newer telling is to one older telling, and why."""

    relation: Relation
    score: float  # 0 to 1, how surely they tell one story
    reason: str  # one English clause for the operator
    figures: tuple[Figure, ...]  # numbers replaced in title or lead: before, now


def judge(newer: Telling, olders: Sequence[Telling]) -> Judgement:
    """Say what a telling is to those told before; the surest story is joined.

    Where none is joined, `to` is the one that a follow-up continues. The score of `new` and
    `follow_up` is how surely it is none of the older stories.
    """
    opinions = [weigh(newer, older) for older in olders]
    order = sorted(range(len(opinions)), key=lambda at: -opinions[at].score)
    for wanted in (_JOINED, {Relation.FOLLOW_UP}):
        for at in order:
            opinion = opinions[at]
            if opinion.relation in wanted:
                joined = opinion.relation in _JOINED
                score = opinion.score if joined else 1 - opinions[order[0]].score
                return Judgement(relation=opinion.relation, to=at, score=score)
    score = 1 - opinions[order[0]].score if order else 1.0
    return Judgement(relation=Relation.NEW, to=None, score=score)


def weigh(newer: Telling, older: Telling) -> Opinion:
    """Say what a telling is to one older telling, and why."""
    if not gist(newer).size or not gist(older).size:
        return _opinion(Relation.NEW, 0.0, "one of them has no words")
    likeness = compare(newer, older)
    same_page = bool(newer.url) and (newer.outlet, newer.url) == (older.outlet, older.url)
    return conclude(likeness, probability(likeness), same_page)


def conclude(likeness: Likeness, score: float, same_page: bool) -> Opinion:
    """Judge two tellings that were compared: first the guards, then what the weights say.

    `same_page`: the outlet tells both at one address.
    """
    if likeness.days_conflict:
        return _opinion(Relation.NEW, 0.0, "their titles name different days")
    if same_page:
        revised = _revised(likeness)
        if revised is not None:
            return revised
    if _formula(likeness):
        return _opinion(Relation.NEW, min(score, 0.1), "one formula with other facts")
    if likeness.shared < HARDLY_SHARED:
        return _opinion(Relation.NEW, min(score, 0.4), "they share hardly a passage")
    if score >= SAME_STORY:
        return _joined(likeness, score)
    return _apart(likeness, score)


def revise(newer: Telling, older: Telling) -> Relation | None:
    """Say what a page read again is to its earlier version, whatever its address is now.

    None: nothing material. `update`: a correction or a new figure. `new`: another article.
    """
    likeness = compare(newer, older)
    if likeness.days_conflict:
        return Relation.NEW
    revised = _revised(likeness)
    if revised is None:
        return Relation.NEW
    return Relation.UPDATE if revised.relation is Relation.UPDATE else None


def features(likeness: Likeness) -> dict[str, float]:
    """Return the measures that the weights are for, by name."""
    hours = USUAL_HOURS if likeness.hours is None else likeness.hours
    slots = likeness.slots_agree + likeness.slots_conflict
    return {
        "shared": likeness.shared,
        "lead told": likeness.lead_told,
        "older lead told": likeness.older_lead_told,
        "lead copied": likeness.lead_copied,
        "older lead copied": likeness.older_lead_copied,
        "titles told": likeness.titles_told,
        "rivals in one formula": log1p(likeness.rivals) * likeness.shared,
        "added": log1p(likeness.added),
        "slots": (likeness.slots_agree - likeness.slots_conflict) / (slots + 2),
        "hours": log1p(hours),
        "same outlet": float(likeness.same_outlet),
    }


def probability(likeness: Likeness) -> float:
    """Return how surely two tellings tell one story, by the fitted weights alone."""
    measured = features(likeness)
    odds = BIAS + sum(
        weight.push * (measured[name] - weight.mean) for name, weight in WEIGHTS.items()
    )
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _opinion(
    relation: Relation, score: float, reason: str, figures: tuple[Figure, ...] = ()
) -> Opinion:
    return Opinion(relation=relation, score=score, reason=reason, figures=figures)


def _revised(likeness: Likeness) -> Opinion | None:
    """Judge a page read again; None if it holds another article now."""
    if likeness.shared < REVISED_SHARED:
        return None
    score = max(SAME_STORY, likeness.shared)
    if likeness.recounted or likeness.reworded >= REVISED_REWORDED:
        return _opinion(Relation.UPDATE, score, "a new version of the page", likeness.figures)
    return _opinion(Relation.REPRINT, score, "the page again, nothing material changed")


def _formula(likeness: Likeness) -> bool:
    """Tell whether the texts run alike around figures and days that are all different."""
    conflict = likeness.slots_conflict
    return conflict >= FORMULA_SLOTS and conflict >= FORMULA_ODDS * likeness.slots_agree


def _joined(likeness: Likeness, score: float) -> Opinion:
    if likeness.figures:
        return _opinion(Relation.UPDATE, score, "a figure was replaced", likeness.figures)
    if likeness.shared >= REPRINT_SHARED:
        return _opinion(Relation.REPRINT, score, "the same text at heart")
    return _opinion(Relation.SAME_EVENT, score, "the same news in other words")


def _apart(likeness: Likeness, score: float) -> Opinion:
    rivals = likeness.rivals * likeness.shared
    near = likeness.hours is None or likeness.hours <= FOLLOWS_HOURS
    if (
        near
        and likeness.shared >= FOLLOWS_SHARED
        and likeness.titles_told >= FOLLOWS_TITLES
        and rivals < FOLLOWS_RIVALS
    ):
        return _opinion(Relation.FOLLOW_UP, score, "it carries the earlier text to new news")
    return _opinion(Relation.NEW, score, "it says what the other does not")
