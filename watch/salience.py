"""Is an article about what it names, or does it only name it?

A logistic model on a dozen features that know no topic (`watch.features`), with weights fitted by
`bench/fit_salience.py` and kept as numbers in `watch.weights`. A score of a half parts the levels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from watch.evidence import Evidence
from watch.features import case, measure
from watch.gazetteer import Gazetteer
from watch.reasons import FAR_APART, ONLY_PASSING, Measure, reason
from watch.records import Level
from watch.survey import Survey
from watch.topics import Topic
from watch.weights import BIAS, WEIGHTS

ABOUT = 0.5
PASSING_SCORE = 0.1  # of an article that names its topic only in passing


class Judged(NamedTuple):
    """The level of a hit, and what made it."""

    level: Level
    score: float
    reason: str
    values: Mapping[str, float]  # of each feature; empty where it is only named in passing
    pushes: Sequence[float]  # how much each moved the score

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What the level was judged by, for those who ask."""
        return tuple(map(Measure, self.values, self.values.values(), self.pushes))


def judge(
    evidence: Sequence[Evidence], names: Survey, topic: Topic, gazetteer: Gazetteer
) -> Judged:
    """Judge how much an article has to do with a topic by the finds that count, at least one."""
    its = case(evidence, topic, names, gazetteer)
    if not its.found:
        why = evidence[0].why
        said = f"a mention, because {why if why == FAR_APART else f'{ONLY_PASSING}: {why}'}"
        return Judged(level=Level.MENTION, score=PASSING_SCORE, reason=said, values={}, pushes=())
    values = measure(its)
    pushes = [
        weight * (value - mean)
        for value, (weight, mean) in zip(values.values(), WEIGHTS.values(), strict=True)
    ]
    score = 1 / (1 + math.exp(-BIAS - sum(pushes)))
    about = score >= ABOUT
    title = names.document.title_words
    why = reason(
        values.values(),
        pushes,
        its.strengths,
        about=about,
        concept=bool(topic.match.concept),
        titled=evidence[0].found.start < title,
    )
    level = Level.ABOUT if about else Level.MENTION
    return Judged(level=level, score=score, reason=why, values=values, pushes=pushes)
