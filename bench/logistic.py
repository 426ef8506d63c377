"""Logistic regression in plain Python: a dozen features and some hundred rows need no more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[float]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for features measured from their means, and what an average row weighs."""

    weights: tuple[float, ...]
    means: tuple[float, ...]
    bias: float

    def score(self, row: Row) -> float:
        """Return the probability that a row is positive."""
        pushes = (w * (x - m) for w, x, m in zip(self.weights, row, self.means, strict=True))
        return 1 / (1 + math.exp(-self.bias - sum(pushes)))


def fit(
    rows: Sequence[Row],
    truth: Sequence[bool],
    ridge: float,
    steps: int = 12,
    counts: Sequence[float] | None = None,
) -> Model:
    """Fit by Newton's method with a ridge on the weights of standardised features.

    `counts` says how much each row counts; without it, each counts once.
    """
    counts = counts or [1.0] * len(rows)
    columns = list(zip(*rows, strict=True))
    means = [_mean(column, counts) for column in columns]
    spreads = [
        math.sqrt(_mean([(x - mean) ** 2 for x in column], counts)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    scaled = [
        [(x - mean) / spread for x, mean, spread in zip(row, means, spreads, strict=True)] + [1.0]
        for row in rows
    ]
    beta = [0.0] * (len(columns) + 1)
    penalties = [ridge] * len(columns) + [1e-6]
    for _ in range(steps):
        beta = _step(beta, scaled, truth, counts, penalties)
    weights = [weight / spread for weight, spread in zip(beta, spreads, strict=False)]
    return Model(tuple(weights), tuple(means), beta[-1])


def _mean(values: Sequence[float], counts: Sequence[float]) -> float:
    return sum(x * count for x, count in zip(values, counts, strict=True)) / sum(counts)


def _step(
    beta: list[float],
    rows: list[list[float]],
    truth: Sequence[bool],
    counts: Sequence[float],
    penalties: list[float],
) -> list[float]:
    """Take one Newton step."""
    size = len(beta)
    slope = [-penalty * weight for penalty, weight in zip(penalties, beta, strict=True)]
    curve = [[penalties[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
    for row, positive, count in zip(rows, truth, counts, strict=True):
        chance = 1 / (1 + math.exp(-sum(w * x for w, x in zip(beta, row, strict=True))))
        spread = count * chance * (1 - chance)
        for i, x in enumerate(row):
            slope[i] += count * (positive - chance) * x
            line = curve[i]
            for j in range(i + 1):
                line[j] += spread * x * row[j]
    for i in range(size):
        for j in range(i):
            curve[j][i] = curve[i][j]
    return [weight + move for weight, move in zip(beta, _solve(curve, slope), strict=True)]


def _solve(matrix: list[list[float]], target: list[float]) -> list[float]:
    """Solve a symmetric positive system by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, target, strict=True)]
    size = len(rows)
    for pivot in range(size):
        for below in range(pivot + 1, size):
            factor = rows[below][pivot] / rows[pivot][pivot]
            for column in range(pivot, size + 1):
                rows[below][column] -= factor * rows[pivot][column]
    answer = [0.0] * size
    for pivot in reversed(range(size)):
        rest = sum(rows[pivot][column] * answer[column] for column in range(pivot + 1, size))
        answer[pivot] = (rows[pivot][size] - rest) / rows[pivot][pivot]
    return answer
