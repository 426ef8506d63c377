"""Is it the same story? Judged by what the newer text says that the older does not.

One threshold on likeness fails both ways: a follow-up may carry the whole earlier text under a new
lead, and two decrees of one formula are more alike than a decree and its summary. So guards speak
first (a bulletin of another day, a formula filled in otherwise, a page read again); what is left is
weighed by a logistic function of eight measures, none of which knows a topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p

from watch.flashes import other_flash, reported, told_again
from watch.gist import gist
from watch.guards import answers, bulletin, corrected, formula, fuller, opens_anew, rose
from watch.likeness import Figure, Likeness, compare, shared_runs
from watch.records import Judgement, Relation, Telling
from watch.reports import SURE, may_retell, retold
from watch.story_weights import BIAS, WEIGHTS

SAME_STORY = 0.5  # from this score on a telling joins
WORD_FOR_WORD = 0.99
DOUBT = 0.4  # the most that is left where a guard speaks against one story
HARDLY_SHARED = 0.1  # of the smaller text; two reports on one subject, perhaps of two events
REPRINT_SHARED = 0.5  # of the smaller text; below it the outlets wrote for themselves

DIGEST_FOREIGN = 0.5  # of a longer newer text tells of something else

REVISED_REWORDED = 10  # what an edit must name anew, or drop, to be told
REVISED_SHARED = 0.3  # of the smaller version; below it the page holds another article

FOLLOWS_SHARED = 0.15
WHOLE = 0.85  # of the older text stands in the newer
FOLLOWS_TITLES = 0.25
FOLLOWS_RIVALS = 2.0
FOLLOWS_HOURS = 120

USUAL_HOURS = 12.0  # where no times are known

JOINED = frozenset({Relation.REPRINT, Relation.SAME_EVENT, Relation.UPDATE})


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a newer telling is to one older telling, and why."""

    relation: Relation
    score: float  # 0 to 1, how surely they tell one story
    shared: float  # of the smaller text, how much the other has
    reason: str  # one English clause for the operator
    figures: tuple[Figure, ...] = ()  # numbers replaced: before, now
    barred: bool = False  # a guard speaks against one story, whatever the likeness

    @property
    def joins(self) -> bool:
        return self.relation in JOINED


def judge(newer: Telling, olders: Sequence[Telling]) -> Judgement:
    """Say what a telling is to those told before.

    It joins the story of the one that is most surely and most closely the same, so that a third
    outlet's copy of a new toll is a reprint of the second's. Where it joins none, `to` is the one
    that it follows, and the score is how surely it is none of the older stories.
    """
    opinions = [weigh(newer, older) for older in olders]
    places = range(len(opinions))
    doubted = max((each.shared for each in opinions if each.barred), default=0.0)
    joined = [at for at in places if opinions[at].joins and not _doubtful(opinions[at], doubted)]
    if joined:
        to = max(joined, key=lambda at: opinions[at].score * opinions[at].shared)
        return Judgement(relation=opinions[to].relation, to=to, score=opinions[to].score)
    alone = 1 - max((opinion.score for opinion in opinions), default=0.0)
    followed = [at for at in places if opinions[at].relation is Relation.FOLLOW_UP]
    if followed:
        to = max(followed, key=lambda at: opinions[at].shared)
        return Judgement(relation=Relation.FOLLOW_UP, to=to, score=alone)
    return Judgement(relation=Relation.NEW, to=None, score=alone)


def _doubtful(opinion: Opinion, barred: float) -> bool:
    """Tell whether a telling more alike, by so much of its text, is known to be other news."""
    return opinion.score < SURE and opinion.shared <= barred


def weigh(newer: Telling, older: Telling) -> Opinion:
    """Say what a telling is to one older telling, and why."""
    shared = shared_runs(newer, older)
    if shared < HARDLY_SHARED and not may_retell(newer, older):
        return Opinion(Relation.NEW, shared, shared, "they share hardly a passage")
    likeness = compare(newer, older)
    same_page = bool(newer.url) and (newer.outlet, newer.url) == (older.outlet, older.url)
    return conclude(likeness, probability(likeness), same_page)


def conclude(likeness: Likeness, score: float, same_page: bool) -> Opinion:
    """Judge two tellings that were compared: first the guards, then what the weights say.

    `same_page`: the outlet tells both at one address.
    """
    if likeness.headlines.days_conflict or (told_again(likeness) and not same_page):
        return _barred(likeness, 0.0, "titles of different days, or a flash of another hour")
    if same_page and likeness.shared >= REVISED_SHARED:
        return _revised(likeness, max(score, SAME_STORY))
    if other_flash(likeness):
        return _continued(likeness, min(score, DOUBT), "a flash of other news")
    if likeness.newer_told == likeness.older_told == 1:
        return _joined(likeness, max(score, WORD_FOR_WORD))
    if formula(likeness) or bulletin(likeness):
        return _barred(likeness, min(score, DOUBT), "one formula with other facts")
    return _weighed(likeness, score)


def _weighed(likeness: Likeness, score: float) -> Opinion:
    if likeness.shared < HARDLY_SHARED:
        if retold(likeness, score):
            return _joined(likeness, score)
        return _apart(likeness, likeness.shared, "they share hardly a passage")
    if (reported(likeness) or rose(likeness)) and not answers(likeness):
        return _joined(likeness, max(score, SAME_STORY))
    if likeness.foreign >= DIGEST_FOREIGN and not fuller(likeness):
        return _continued(likeness, min(score, DOUBT), "it tells the other among several stories")
    if opens_anew(likeness) or answers(likeness):
        return _continued(likeness, min(score, DOUBT), "title and opening tell other news")
    return _joined(likeness, score) if score >= SAME_STORY else _continued(likeness, score)


def revise(newer: Telling, older: Telling) -> Relation | None:
    """Say what a page read again is to its earlier version, whatever its address is now.

    None: nothing material, or no words at all, as when a page is broken for a while. `update`: a
    correction or a new figure. `new`: another article.
    """
    if not gist(newer).said:
        return None
    likeness = compare(newer, older)
    if likeness.headlines.days_conflict or likeness.shared < REVISED_SHARED:
        return Relation.NEW
    return Relation.UPDATE if _revised(likeness, 1.0).relation is Relation.UPDATE else None


def features(likeness: Likeness) -> dict[str, float]:
    """Return the measures that the weights are for, by name."""
    hours = USUAL_HOURS if likeness.hours is None else likeness.hours
    return {
        "lead told": likeness.lead_told,
        "older lead told": likeness.older_lead_told,
        "lead copied": likeness.lead_copied,
        "titles told": likeness.titles_told,
        "rivals in one formula": log1p(likeness.rivals) * likeness.shared,
        "added": log1p(likeness.added),
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


def _revised(likeness: Likeness, score: float) -> Opinion:
    """Judge a page read again that still holds the same article."""
    counted = likeness.recounted or likeness.raised
    other_facts = counted or likeness.changes.denied or likeness.changes.names
    if other_facts or likeness.reworded >= REVISED_REWORDED:
        return _opinion(Relation.UPDATE, likeness, score, "a new version of the page")
    return _opinion(Relation.REPRINT, likeness, score, "the page again, nothing material changed")


def _joined(likeness: Likeness, score: float) -> Opinion:
    if likeness.figures or likeness.raised:
        return _opinion(Relation.UPDATE, likeness, score, "a figure was replaced")
    if corrected(likeness):
        return _opinion(Relation.UPDATE, likeness, score, "a word was corrected")
    if likeness.shared >= REPRINT_SHARED:
        return _opinion(Relation.REPRINT, likeness, score, "the same text at heart")
    return _opinion(Relation.SAME_EVENT, likeness, score, "the same news in other words")


def _continued(
    likeness: Likeness, score: float, reason: str = "it says what the other does not"
) -> Opinion:
    """Judge what is another story: does it carry the earlier one on?"""
    if (
        likeness.shared >= FOLLOWS_SHARED
        and (likeness.titles_told >= FOLLOWS_TITLES or _carries_all(likeness))
        and likeness.rivals * likeness.shared < FOLLOWS_RIVALS
        and (likeness.hours or 0) <= FOLLOWS_HOURS
    ):
        carried = "it carries the earlier text to new news"
        return _opinion(Relation.FOLLOW_UP, likeness, score, carried)
    return _apart(likeness, score, reason)


def _carries_all(likeness: Likeness) -> bool:
    """Tell whether the older text stands whole in the newer, which is no round of many stories."""
    return likeness.older_told >= WHOLE and likeness.foreign < DIGEST_FOREIGN


def _apart(likeness: Likeness, score: float, reason: str) -> Opinion:
    return _opinion(Relation.NEW, likeness, score, reason)


def _barred(likeness: Likeness, score: float, reason: str) -> Opinion:
    return Opinion(Relation.NEW, score, likeness.shared, reason, barred=True)


def _opinion(relation: Relation, likeness: Likeness, score: float, reason: str) -> Opinion:
    return Opinion(
        relation=relation,
        score=score,
        shared=likeness.shared,
        reason=reason,
        figures=(likeness.figures or likeness.raised) if relation is Relation.UPDATE else (),
    )
