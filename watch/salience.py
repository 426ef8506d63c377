"""Is an article about what it names, or does it only name it?

A logistic model on a dozen features that know no topic (`watch.features`), with weights fitted by
`bench/fit_salience.py` and kept as numbers in `watch.weights`. A score of a half parts the levels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from watch.evidence import Evidence, Worth
from watch.features import case, measure
from watch.gazetteer import Gazetteer
from watch.records import Level
from watch.survey import Survey
from watch.topics import Topic
from watch.weights import BIAS, WEIGHTS

ABOUT = 0.5
PASSING_SCORE = 0.1  # of an article that names its topic only in passing

# What each feature says when it speaks for `about`, and when it speaks against.
_SAYS = {
    "title": ("it stands in the title", "it is not in the title"),
    "first_sentence": ("the first sentence names it", "the first sentence does not name it"),
    "openings": ("paragraphs open with it", "no paragraph opens with it"),
    "amount": ("it is named often", "it is named seldom or weakly"),
    "early_amount": ("the beginning dwells on it", "the beginning hardly has it"),
    "heap": ("it is spread over the text", "its names stand in one heap"),
    "paragraphs": ("its paragraphs name it", "few paragraphs name it"),
    "share": ("few other places are named", "other places are named more"),
    "origin": ("nobody is only from there", "it is where someone comes from"),
    "passing": ("it is also named in passing", "nothing of it is named in passing"),
    "kin": ("the beginning speaks of its matter", "the beginning speaks of other matters"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing the level was judged by: its value and how much it moved the score."""

    name: str
    value: float
    push: float  # in log-odds, against an average article; above 0 speaks for `about`


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The level of a hit, and what made it."""

    level: Level
    score: float
    reason: str
    measures: tuple[Measure, ...]  # heaviest first


def judge(
    evidence: Sequence[Evidence], names: Survey, topic: Topic, gazetteer: Gazetteer
) -> Judged:
    """Judge how much an article has to do with a topic; `evidence` holds a find that counts."""
    if not any(each.worth is Worth.FULL for each in evidence):
        why = next(each.why for each in evidence if each.worth)
        reason = f"a mention, because it is only named in passing: {why}"
        return Judged(level=Level.MENTION, score=PASSING_SCORE, reason=reason, measures=())
    values = measure(case(evidence, topic, names, gazetteer))
    measures = [
        Measure(name, values[name], weight * (values[name] - mean))
        for name, (weight, mean) in WEIGHTS.items()
    ]
    measures.sort(key=lambda each: -abs(each.push))
    score = 1 / (1 + math.exp(-BIAS - sum(each.push for each in measures)))
    level = Level.ABOUT if score >= ABOUT else Level.MENTION
    return Judged(
        level=level, score=score, reason=_reason(level, measures), measures=tuple(measures)
    )


def _reason(level: Level, measures: Sequence[Measure]) -> str:
    """Say in a clause what weighed most for the level."""
    about = level is Level.ABOUT
    spoke = [each for each in measures if (each.push > 0) is about][:2]
    said = " and ".join(_SAYS[each.name][0 if about else 1] for each in spoke)
    return f"about it, because {said}" if about else f"a mention, because {said}"
