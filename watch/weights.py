"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 366 finds of the two shipped topics in 651 articles
labelled by reading (ridge 2). F1 on `about`, ten-fold by story: aleppo 0.91, syria-ceasefire 0.89.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (1.6199, 0.1443),
    "first_sentence": (2.5511, 0.2074),
    "openings": (0.7491, 0.3626),
    "amount": (2.3631, 1.0574),
    "early_amount": (2.4752, 0.5502),
    "heap": (-2.4230, 0.4818),
    "paragraphs": (5.5172, 0.2107),
    "share": (1.9800, 0.6057),
    "origin": (-3.5415, 0.0339),
    "passing": (0.7682, 0.2202),
    "kin": (3.2260, 0.1302),
}
BIAS = 0.2129  # of an average article, moved so that a score of a half parts the levels
