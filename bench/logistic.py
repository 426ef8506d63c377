"""A logistic regression small enough to be read: ridge penalty, Newton's method, no libraries."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import exp, sqrt

ROUNDS = 15
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to learn from: its measures, what it is, and how much it counts."""

    measures: dict[str, float]
    label: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """Fitted weights: for each measure its mean, its spread and its push in log-odds."""

    bias: float
    weights: dict[str, tuple[float, float, float]]

    def probability(self, measures: dict[str, float]) -> float:
        """Return how likely the label is."""
        odds = self.bias + sum(
            push * (measures[name] - mean) / spread
            for name, (mean, spread, push) in self.weights.items()
        )
        return _logistic(odds)


def fit(cases: Sequence[Case], ridge: float) -> Model:
    """Fit the weights; every measure is brought to mean 0 and spread 1 first."""
    names = list(cases[0].measures)
    scales = {name: _scale(cases, name) for name in names}
    rows = [
        [1.0, *((case.measures[name] - scales[name][0]) / scales[name][1] for name in names)]
        for case in cases
    ]
    pushes = [0.0] * (len(names) + 1)
    for _ in range(ROUNDS):
        step = _newton(rows, cases, pushes, ridge)
        pushes = [push - change for push, change in zip(pushes, step, strict=True)]
        if max(map(abs, step)) < CLOSE:
            break
    weights = {name: (*scales[name], push) for name, push in zip(names, pushes[1:], strict=True)}
    return Model(bias=pushes[0], weights=weights)


def folds(groups: Sequence[Hashable], count: int, seed: int = 0) -> list[int]:
    """Deal cases into `count` folds; the cases of one group are never parted."""
    names = sorted(set(groups), key=str)
    random.Random(seed).shuffle(names)
    dealt = {name: at % count for at, name in enumerate(names)}
    return [dealt[group] for group in groups]


def _scale(cases: Sequence[Case], name: str) -> tuple[float, float]:
    whole = sum(case.weight for case in cases)
    mean = sum(case.weight * case.measures[name] for case in cases) / whole
    squares = sum(case.weight * (case.measures[name] - mean) ** 2 for case in cases)
    return mean, sqrt(squares / whole) or 1.0


def _logistic(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _newton(
    rows: Sequence[Sequence[float]], cases: Sequence[Case], pushes: Sequence[float], ridge: float
) -> list[float]:
    """Return the step of Newton's method; the bias is not held back."""
    size = len(pushes)
    slope = [ridge * push for push in pushes]
    slope[0] = 0.0
    curve = [[ridge * (one == other) for other in range(size)] for one in range(size)]
    curve[0][0] = 1e-9
    for row, case in zip(rows, cases, strict=True):
        guess = _logistic(sum(push * value for push, value in zip(pushes, row, strict=True)))
        error = case.weight * (guess - case.label)
        bend = case.weight * max(guess * (1 - guess), 1e-6)
        for one, value in enumerate(row):
            slope[one] += error * value
            bent = bend * value
            line = curve[one]
            for other, another in enumerate(row):
                line[other] += bent * another
    return _solve(curve, slope)


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a set of linear equations by elimination with pivots."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda line: abs(rows[line][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for line in range(size):
            if line != at and rows[line][at]:
                factor = rows[line][at] / rows[at][at]
                rows[line] = [
                    value - factor * top for value, top in zip(rows[line], rows[at], strict=True)
                ]
    return [rows[at][size] / rows[at][at] for at in range(size)]
