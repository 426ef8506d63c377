"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 2). F1 on `about`, ten-fold by story: aleppo 0.90, syria-ceasefire 0.90.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (1.6324, 0.1420),
    "first_sentence": (2.5053, 0.2016),
    "openings": (0.8838, 0.3584),
    "amount": (2.2655, 1.0457),
    "early_amount": (2.4051, 0.5418),
    "heap": (-2.6995, 0.4767),
    "paragraphs": (5.5730, 0.2074),
    "share": (1.7715, 0.6057),
    "origin": (-3.5298, 0.0331),
    "passing": (0.6744, 0.2179),
    "kin": (3.1310, 0.1288),
}
BIAS = 0.1825  # of an average article, moved so that a score of a half parts the levels
