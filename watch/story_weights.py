"""Fitted weights of `watch.stories`: made by `python -m bench.story_fit`, never by hand.

232 labelled pairs of real articles (ANT corpus v2.1, SaudiNewsNet; read by people) and 720
made variants of them; logistic regression, ridge 1. Numbers only: no text is kept.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """How much a measure counts: its mean where it was fitted, and its push in log-odds."""

    mean: float
    push: float


BIAS = 0.0912
WEIGHTS = {
    "lead told": Weight(0.7451, 6.5296),
    "older lead told": Weight(0.8705, 1.3495),
    "lead copied": Weight(0.5008, -2.8274),
    "titles told": Weight(0.6618, 3.4546),
    "rivals in one formula": Weight(0.3296, -1.7600),
    "added": Weight(1.6402, -0.6063),
    "hours": Weight(2.2051, -1.1015),
    "same outlet": Weight(0.2612, -2.3397),
}
