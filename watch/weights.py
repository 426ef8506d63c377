"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 366 finds of the two shipped topics in 651 articles
labelled by reading (ridge 2). F1 on `about`, ten-fold by story: aleppo 0.91, syria-ceasefire 0.90.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (1.6280, 0.1443),
    "first_sentence": (2.4751, 0.2066),
    "openings": (0.7678, 0.3607),
    "amount": (2.3891, 1.0503),
    "early_amount": (2.4331, 0.5463),
    "heap": (-2.3638, 0.4800),
    "paragraphs": (5.6102, 0.2087),
    "share": (1.9830, 0.6041),
    "origin": (-3.5091, 0.0441),
    "passing": (0.7896, 0.2224),
    "kin": (3.1950, 0.1302),
}
BIAS = 0.1289  # of an average article, moved so that a score of a half parts the levels
