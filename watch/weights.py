"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 3). F1 on `about`, ten-fold by title: aleppo 0.88, syria-ceasefire 0.81.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (0.9625, 0.1369),
    "first": (1.9584, 0.2660),
    "first_sentence": (1.2623, 0.2356),
    "openings": (0.7427, 0.3584),
    "amount": (2.4325, 1.0486),
    "early_amount": (1.6245, 0.5430),
    "heap": (-1.8387, 0.4767),
    "length": (-1.0896, 0.6415),
    "share": (1.4493, 0.6083),
    "signs": (1.2697, 0.1781),
    "origin": (-2.7685, 0.0331),
}
BIAS = -0.1057  # of an average article, moved so that a score of a half parts the levels
