"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 366 finds of the two shipped topics in 651 articles
labelled by reading (ridge 2). F1 on `about`, ten-fold by story: aleppo 0.91, syria-ceasefire 0.90.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (1.6132, 0.1443),
    "first_sentence": (2.4879, 0.2066),
    "openings": (0.7798, 0.3607),
    "amount": (2.3601, 1.0557),
    "early_amount": (2.4810, 0.5486),
    "heap": (-2.3948, 0.4800),
    "paragraphs": (5.6439, 0.2097),
    "share": (2.0315, 0.6060),
    "origin": (-3.7032, 0.0353),
    "passing": (0.7840, 0.2224),
    "kin": (3.2103, 0.1302),
}
BIAS = 0.1704  # of an average article, moved so that a score of a half parts the levels
