"""`python -m bench.story_fit CORPUS`: fit the weights of `watch.stories` and write them down.

Cases: the labelled pairs, digests at less weight since a reader may be torn about them, and
made variants (`bench.story_variants`) at little weight.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.logistic import Model, fit
from bench.story_pairs import DIGEST, ONE_STORY, LabelledPair, read_articles, read_pairs
from bench.story_variants import Maker
from watch.likeness import compare
from watch.records import Telling
from watch.stories import features

NOTHING = Telling(outlet="", url="", title="", text="", published=None)
RIDGE = 1.0
DIGEST_WEIGHT = 0.4
MADE_WEIGHT = 0.1
MADE_OF_EACH_KIND = 80
TARGET = Path(__file__).parent.parent / "watch" / "story_weights.py"

NAMES = tuple(features(compare(NOTHING, NOTHING)))

HEAD = '''"""Fitted weights of `watch.stories`: made by `python -m bench.story_fit`, never by hand.

{pairs} labelled pairs of real articles (ANT corpus v2.1, SaudiNewsNet; read by people) and {made}
made variants of them; logistic regression, ridge {ridge:g}. Numbers only: no text is kept.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """How much a measure counts: its mean where it was fitted, and its push in log-odds."""

    mean: float
    push: float


'''


@dataclass(frozen=True, slots=True)
class Case:
    """Two tellings to learn from: their measures, whether they are one story, what they count."""

    measures: tuple[float, ...]
    one_story: bool
    count: float


def real_case(pair: LabelledPair) -> Case:
    """Turn a labelled pair into a case."""
    weight = DIGEST_WEIGHT if pair.label == DIGEST else 1.0
    return _case(pair.newer, pair.older, pair.label in ONE_STORY, weight)


def made_cases(articles: Sequence[Telling]) -> list[Case]:
    """Make variants of articles and turn them into cases."""
    pairs = Maker(articles).pairs(MADE_OF_EACH_KIND)
    return [_case(newer, older, label, MADE_WEIGHT) for newer, older, label in pairs]


def _case(newer: Telling, older: Telling, label: bool, weight: float) -> Case:
    return Case(tuple(features(compare(newer, older)).values()), label, weight)


def fitted(real: Sequence[Case], made: Sequence[Case]) -> Model:
    """Fit a model to labelled pairs and made ones."""
    cases = [*real, *made]
    return fit(
        [case.measures for case in cases],
        [case.one_story for case in cases],
        RIDGE,
        counts=[case.count for case in cases],
    )


def main() -> None:
    """Fit, print and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.story_fit", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of the labelled articles and pairs")
    corpus = parser.parse_args().corpus
    real = [real_case(pair) for pair in read_pairs(corpus)]
    made = made_cases(list(read_articles(corpus).values()))
    model = fitted(real, made)
    text = HEAD.format(pairs=len(real), made=len(made), ridge=RIDGE)
    text += f"BIAS = {model.bias:.4f}\nWEIGHTS = {{\n"
    for name, mean, push in zip(NAMES, model.means, model.weights, strict=True):
        text += f'    "{name}": Weight({mean:.4f}, {push:.4f}),\n'
    TARGET.write_text(text + "}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
