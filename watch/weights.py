"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 3). F1 on `about`, ten-fold by title: aleppo 0.88, syria-ceasefire 0.81.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (1.0034, 0.1369),
    "first": (1.9133, 0.2658),
    "first_sentence": (1.2271, 0.2329),
    "openings": (0.7446, 0.3580),
    "amount": (2.4296, 1.0471),
    "early_amount": (1.6720, 0.5402),
    "heap": (-1.7939, 0.4758),
    "length": (-1.1548, 0.7004),
    "share": (1.4531, 0.6085),
    "signs": (1.2783, 0.1781),
    "origin": (-2.7837, 0.0331),
}
BIAS = -0.1205  # of an average article, moved so that a score of a half parts the levels
