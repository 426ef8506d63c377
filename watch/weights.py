"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 3). F1 on `about`, ten-fold by title: aleppo 0.89, syria-ceasefire 0.85.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (0.6786, 0.1369),
    "first": (1.6605, 0.2660),
    "first_sentence": (1.1683, 0.2356),
    "openings": (0.7699, 0.3584),
    "amount": (1.5309, 1.0486),
    "early_amount": (1.7708, 0.5430),
    "heap": (-1.9973, 0.4767),
    "paragraphs": (3.4692, 0.2486),
    "sentences": (0.2728, 0.1914),
    "share": (2.1850, 0.6083),
    "origin": (-2.7968, 0.0331),
}
BIAS = -0.1586  # of an average article, moved so that a score of a half parts the levels
