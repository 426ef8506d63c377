"""What still goes wrong on the labelled articles, by kind: told by rules, so that it can be rerun.

The kinds were found by reading every wrong article; docs/topics.md says what they are like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from rich.table import Table

from bench.fit_salience import SEEDS, THRESHOLD, cross_validated
from bench.labelled import LABELS, Labelled, Sample
from watch.document import read
from watch.evidence import Evidence, Worth, gather
from watch.features import Case, case, measure
from watch.survey import Survey
from watch.topics import Topics

CLOSE = 0.1  # a chance so near the threshold could have fallen either way
WEAK = 0.5  # of what the strongest find weighs
DEEP = 0.5  # of the text before the first find
OTHERS = 0.25  # a share of the finds below it: other places fill the article


@dataclass(frozen=True, slots=True)
class Read:
    """One labelled article with what was found of one topic."""

    topic: str
    article: Labelled
    evidence: list[Evidence]
    names: Survey
    case: Case | None  # None: nothing counts in full

    @property
    def label(self) -> str:
        """What the reader said."""
        return self.article.labels[self.topic]


def table(labelled: list[Labelled], topics: Topics) -> Table:
    """Count the mistakes by kind; `about` as cross-validated, by the mean of all rounds."""
    out = Table("topic", "mistake", "kind", "number", "reader torn", title="What still goes wrong")
    counted: Counter[tuple[str, str, str]] = Counter()
    torn: Counter[tuple[str, str, str]] = Counter()
    for read_, mistake, kind in _mistakes(labelled, topics):
        counted[read_.topic, mistake, kind] += 1
        torn[read_.topic, mistake, kind] += read_.article.torn
    for row, number in sorted(counted.items()):
        out.add_row(*row, str(number), str(torn[row]))
    return out


def _mistakes(labelled: list[Labelled], topics: Topics) -> Iterator[tuple[Read, str, str]]:
    everything = list(_read(labelled, topics))
    judged = [(each, each.case) for each in everything if each.case]
    rows = [
        Sample(each.topic, each.article.story, measure(its), each.label == "about")
        for each, its in judged
    ]
    rounds = [cross_validated(rows, seed) for seed in range(SEEDS)]
    chances = [fmean(column) for column in zip(*rounds, strict=True)]
    for each in everything:
        named = any(find.worth for find in each.evidence)
        if named and each.label == "none":
            yield each, "named, and is not", _taken(each)
        if each.label != "none" and not named:
            yield each, "not named, and is", _missed(each)
        if each.label == "about" and each.case is None:
            yield each, "a mention, and is about it", "none of its names counts in full"
    for (each, its), chance in zip(judged, chances, strict=True):
        if each.label == "about" and chance < THRESHOLD:
            yield each, "a mention, and is about it", _too_low(its, chance)
        if each.label != "about" and chance >= THRESHOLD:
            yield each, "about it, and is a mention", _too_high(its, chance, each.label)


def _read(labelled: list[Labelled], topics: Topics) -> Iterator[Read]:
    for article in labelled:
        names = topics.survey(read(article.title, article.text))
        for topic in LABELS:
            evidence = gather(topics[topic], names, topics.gazetteer)
            full = any(each.worth is Worth.FULL for each in evidence)
            its = case(evidence, topics[topic], names, topics.gazetteer) if full else None
            yield Read(topic, article, evidence, names, its)


def _taken(each: Read) -> str:
    if each.case is None:
        return "only what lies in it is named"
    if len(each.case.found) == 1:
        return "named once, and the reader passed over it"
    return "named several times, and the reader passed over it"


def _missed(each: Read) -> str:
    return "of another place, or the Golan's" if each.evidence else "no word for it is used"


def _depth(its: Case) -> float:
    """Return the share of the text that stands before the first find."""
    title = its.document.title_words
    return (its.found[0].start - title) / max(1, len(its.document.words) - title)


def _too_low(its: Case, chance: float) -> str:
    return _first(
        ("nearly: it was a close call", chance >= THRESHOLD - CLOSE),
        ("named weakly, as background or on the way", _best(its) < WEAK),
        ("one of several places or items: a round-up", measure(its)["share"] < OTHERS),
        ("named once", len(its.found) == 1),
        ("named in the second half only", _depth(its) > DEEP),
        ("named seldom for the length", True),
    )


def _too_high(its: Case, chance: float, label: str) -> str:
    return _first(
        ("the reader saw no mention at all", label == "none"),
        ("nearly: it was a close call", chance < THRESHOLD + CLOSE),
        ("in the title, compared or on the way", its.found[0].start < its.document.title_words),
        ("named weakly, but often", _best(its) < WEAK),
        ("named often, as the background of other news", True),
    )


def _first(*kinds: tuple[str, bool]) -> str:
    return next(kind for kind, holds in kinds if holds)


def _best(its: Case) -> float:
    return max(strength.weight for strength in its.strengths)
