"""Fitted weights of `watch.stories`: made by `python -m bench.story_fit`, never by hand.

232 labelled pairs of real articles (ANT corpus v2.1, SaudiNewsNet; read by people) and 640
made variants of them; logistic regression, ridge 3. Numbers only: no text is kept.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """How much a measure counts: its mean and spread where it was fitted, and its log-odds."""

    mean: float
    spread: float
    push: float


BIAS = 0.3909
WEIGHTS = {
    "shared": Weight(0.7318, 0.2788, -0.1030),
    "lead told": Weight(0.7555, 0.2786, 1.1366),
    "older lead told": Weight(0.8787, 0.2046, 0.2536),
    "lead copied": Weight(0.5143, 0.3793, -0.3531),
    "older lead copied": Weight(0.6744, 0.3221, -0.2523),
    "titles told": Weight(0.6704, 0.2987, 0.9675),
    "rivals in one formula": Weight(0.3374, 0.4631, -0.7243),
    "added": Weight(1.5613, 1.3962, -0.6074),
    "slots": Weight(0.4454, 0.4766, 0.3981),
    "hours": Weight(2.1960, 1.6521, -1.3631),
    "same outlet": Weight(0.2615, 0.4395, -0.8559),
}
