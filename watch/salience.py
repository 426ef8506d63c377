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
from watch.reasons import ONLY_PASSING, Measure, reason
from watch.records import Level
from watch.survey import Survey
from watch.topics import Topic
from watch.weights import BIAS, WEIGHTS

ABOUT = 0.5
PASSING_SCORE = 0.1  # of an article that names its topic only in passing


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The level of a hit, and what made it."""

    level: Level
    score: float
    reason: str
    measures: tuple[Measure, ...]


def judge(
    evidence: Sequence[Evidence], names: Survey, topic: Topic, gazetteer: Gazetteer
) -> Judged:
    """Judge how much an article has to do with a topic; `evidence` holds a find that counts."""
    if not any(each.worth is Worth.FULL for each in evidence):
        why = next(each.why for each in evidence if each.worth)
        said = f"a mention, because {ONLY_PASSING}: {why}"
        return Judged(level=Level.MENTION, score=PASSING_SCORE, reason=said, measures=())
    its = case(evidence, topic, names, gazetteer)
    values = measure(its)
    measures = [
        Measure(name, values[name], weight * (values[name] - mean))
        for name, (weight, mean) in WEIGHTS.items()
    ]
    score = 1 / (1 + math.exp(-BIAS - sum([each.push for each in measures])))
    level = Level.ABOUT if score >= ABOUT else Level.MENTION
    title = names.document.title_words
    why = reason(
        level,
        measures,
        its.strengths,
        concept=bool(topic.match.concept),
        titled=any(each.worth and each.found.start < title for each in evidence),
    )
    return Judged(level=level, score=score, reason=why, measures=tuple(measures))
