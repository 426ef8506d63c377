"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 2). F1 on `about`, ten-fold by story: aleppo 0.92, syria-ceasefire 0.91.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (1.5890, 0.1458),
    "first_sentence": (2.1846, 0.2139),
    "openings": (0.7089, 0.3598),
    "amount": (2.5073, 1.0486),
    "early_amount": (2.5598, 0.5448),
    "heap": (-1.6441, 0.4749),
    "paragraphs": (6.6117, 0.2100),
    "share": (1.5621, 0.6010),
    "origin": (-5.6673, 0.0350),
    "towns": (0.6424, 0.2069),
    "kin": (3.4430, 0.1306),
}
BIAS = 0.2132  # of an average article, moved so that a score of a half parts the levels
