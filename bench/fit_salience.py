"""Fit the weights of `watch.salience`.

`python -m bench.fit_salience CORPUS` prints the figures and rewrites `watch/weights.py`.
Cross-validated ten-fold by story, so that copies of one article are never on both sides, and dealt
into folds ten times over, so that a figure has a spread.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from statistics import fmean, pstdev

from bench.labelled import LABELS, Labelled, Sample, articles, samples, shipped
from bench.logistic import Model, fit

RIDGE = 2.0
FOLDS = 10
SEEDS = 10  # ways of dealing the stories into folds
# Of the fitted chance. Where chances are true, F1 is highest at half of the best F1: no label of
# the fold that is asked has a say in it.
THRESHOLD = 0.45

_HEAD = '''"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

{provenance}
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {{
{lines}
}}
BIAS = {bias:.4f}  # of an average article, moved so that a score of a half parts the levels
'''


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and their harmonic mean on `about`."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def fitted(rows: Sequence[Sample]) -> Model:
    """Fit the model to samples."""
    return fit([list(row.values.values()) for row in rows], [row.about for row in rows], RIDGE)


def figures(rows: Sequence[Sample], chances: Sequence[float], topic: str, about: int) -> Figures:
    """Compare chances with labels for one topic; `about` counts also what was not found."""
    said = [
        row.about
        for row, chance in zip(rows, chances, strict=True)
        if row.topic == topic and chance >= THRESHOLD
    ]
    return Figures(sum(said) / max(1, len(said)), sum(said) / about)


def cross_validated(rows: Sequence[Sample], seed: int) -> list[float]:
    """Return each sample's chance from a model that never saw its story."""
    folds = [_fold(row.story, seed) for row in rows]
    models = [
        fitted([row for row, own in zip(rows, folds, strict=True) if own != fold])
        for fold in range(FOLDS)
    ]
    return [_chance(models[own], row) for row, own in zip(rows, folds, strict=True)]


def transferred(rows: Sequence[Sample]) -> list[float]:
    """Return each sample's chance from a model fitted on the other topics only."""
    models = {topic: fitted([row for row in rows if row.topic != topic]) for topic in LABELS}
    return [_chance(models[row.topic], row) for row in rows]


@dataclass(frozen=True, slots=True)
class Rounds:
    """The figures of several rounds of cross-validation."""

    each: tuple[Figures, ...]

    @property
    def mean(self) -> Figures:
        """Return the mean precision and recall."""
        return Figures(
            fmean(one.precision for one in self.each), fmean(one.recall for one in self.each)
        )

    @property
    def spread(self) -> float:
        """Return the standard deviation of F1 between rounds."""
        return pstdev(one.f1 for one in self.each)


def report(rows: Sequence[Sample], labelled: Sequence[Labelled]) -> dict[str, dict[str, Rounds]]:
    """Return the figures on `about` for each topic: cross-validated and fitted on the other."""
    rounds = [cross_validated(rows, seed) for seed in range(SEEDS)]
    ways = {"cross-validated": rounds, "fitted on the other topic": [transferred(rows)]}
    out: dict[str, dict[str, Rounds]] = {}
    for topic in LABELS:
        about = sum(article.labels[topic] == "about" for article in labelled)
        out[topic] = {
            way: Rounds(tuple(figures(rows, chances, topic, about) for chances in each))
            for way, each in ways.items()
        }
    return out


def _fold(story: int, seed: int) -> int:
    return blake2b(f"{seed} {story}".encode(), digest_size=4).digest()[0] % FOLDS


def _chance(model: Model, row: Sample) -> float:
    return model.score(list(row.values.values()))


def main() -> None:
    """Fit, print the figures and rewrite the weights."""
    labelled = articles(Path(sys.argv[1]))
    rows = list(samples(labelled, shipped()))
    shown = report(rows, labelled)
    for topic, lines in shown.items():
        for way, rounds in lines.items():
            one = rounds.mean
            said = f"P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f}"
            print(f"{topic:16} {way:26} {said} ± {rounds.spread:.3f}")
    model = fitted(rows)
    names = list(rows[0].values)
    lines = "\n".join(
        f'    "{name}": ({weight:.4f}, {mean:.4f}),'
        for name, weight, mean in zip(names, model.weights, model.means, strict=True)
    )
    crossed = ", ".join(
        f"{topic} {lines['cross-validated'].mean.f1:.2f}" for topic, lines in shown.items()
    )
    provenance = (
        f"Fitted on {len(rows)} finds of the two shipped topics in {len(labelled)} articles\n"
        f"labelled by reading (ridge {RIDGE:g}). F1 on `about`, ten-fold by story: {crossed}."
    )
    bias = model.bias - math.log(THRESHOLD / (1 - THRESHOLD))
    target = Path(__file__).resolve().parent.parent / "watch" / "weights.py"
    target.write_text(_HEAD.format(provenance=provenance, lines=lines, bias=bias), encoding="utf-8")


if __name__ == "__main__":
    main()
