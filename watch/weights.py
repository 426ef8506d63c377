"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 2). F1 on `about`, ten-fold by story: aleppo 0.92, syria-ceasefire 0.91.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (1.5870, 0.1458),
    "first_sentence": (2.2285, 0.2148),
    "openings": (0.7034, 0.3598),
    "amount": (2.5223, 1.0520),
    "early_amount": (2.5450, 0.5467),
    "heap": (-1.7356, 0.4749),
    "paragraphs": (6.4770, 0.2109),
    "share": (1.6504, 0.6017),
    "origin": (-5.6290, 0.0350),
    "towns": (0.6646, 0.2069),
    "kin": (3.4468, 0.1306),
}
BIAS = 0.2097  # of an average article, moved so that a score of a half parts the levels
