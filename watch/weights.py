"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 3). F1 on `about`, ten-fold by title: aleppo 0.87, syria-ceasefire 0.81.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (0.9815, 0.1353),
    "first": (1.8403, 0.2615),
    "first_sentence": (1.4195, 0.2329),
    "openings": (0.8275, 0.3575),
    "amount": (2.1762, 1.0418),
    "early_amount": (1.8061, 0.6178),
    "heap": (-1.7503, 0.4758),
    "length": (-0.5883, 0.6137),
    "share": (1.1997, 0.6110),
    "signs": (1.2642, 0.1781),
    "origin": (-2.8663, 0.0331),
}
BIAS = -0.0232  # of an average article, moved so that a score of a half parts the levels
