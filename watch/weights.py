"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 366 finds of the two shipped topics in 651 articles
labelled by reading (ridge 2). F1 on `about`, ten-fold by story: aleppo 0.92, syria-ceasefire 0.90.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (1.6079, 0.1454),
    "first_sentence": (2.3132, 0.2142),
    "openings": (0.6680, 0.3607),
    "amount": (2.3477, 1.0651),
    "early_amount": (2.5778, 0.5534),
    "heap": (-1.8658, 0.4791),
    "paragraphs": (6.0858, 0.2125),
    "share": (1.7900, 0.6067),
    "origin": (-4.9473, 0.0441),
    "passing": (0.7810, 0.2209),
    "kin": (3.2605, 0.1302),
}
BIAS = 0.1636  # of an average article, moved so that a score of a half parts the levels
