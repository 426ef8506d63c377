"""Is an article about what it names, or does it only name it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watch.gazetteer import Gazetteer, Name
from watch.phrases import Found
from watch.records import Level
from watch.survey import Survey


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing the level was judged by: its value and how much it moved the score."""

    name: str
    value: float
    push: float  # in log-odds; above 0 speaks for `about`


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The level of a hit, and what made it."""

    level: Level
    score: float
    reason: str
    measures: tuple[Measure, ...]


def judge(found: Sequence[Found[Name]], survey: Survey, gazetteer: Gazetteer) -> Judged:
    """Judge how much an article has to do with a topic from where the topic is named."""
    in_title = found[0].start < survey.document.title_words
    score = 0.9 if in_title else 0.3
    level = Level.ABOUT if in_title else Level.MENTION
    return Judged(
        level=level,
        score=score,
        reason="in the title" if in_title else "not in the title",
        measures=(),
    )
