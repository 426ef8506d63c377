"""Fitted weights of `watch.stories`: made by `python -m bench.story_fit`, never by hand.

232 labelled pairs of real articles (ANT corpus v2.1, SaudiNewsNet; read by people) and 720
made variants of them; logistic regression, ridge 3. Numbers only: no text is kept.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """How much a measure counts: its mean where it was fitted, and its push in log-odds."""

    mean: float
    push: float


BIAS = 0.2518
WEIGHTS = {
    "shared": Weight(0.7123, -0.0793),
    "lead told": Weight(0.7451, 4.0106),
    "older lead told": Weight(0.8705, 1.2795),
    "lead copied": Weight(0.5008, -0.9113),
    "older lead copied": Weight(0.6569, -0.7088),
    "titles told": Weight(0.6618, 3.1676),
    "rivals in one formula": Weight(0.3296, -1.4129),
    "added": Weight(1.6402, -0.4836),
    "slots": Weight(0.4350, 0.8500),
    "hours": Weight(2.2051, -0.8392),
    "same outlet": Weight(0.2612, -1.9830),
}
