"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 3). F1 on `about`, ten-fold by title: aleppo 0.88, syria-ceasefire 0.81.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (0.9852, 0.1369),
    "first": (1.9451, 0.2658),
    "first_sentence": (1.2251, 0.2329),
    "openings": (0.7482, 0.3580),
    "amount": (2.4299, 1.0474),
    "early_amount": (1.6442, 0.5419),
    "heap": (-1.7899, 0.4758),
    "length": (-1.0969, 0.6415),
    "share": (1.4530, 0.6086),
    "signs": (1.2777, 0.1781),
    "origin": (-2.7747, 0.0331),
}
BIAS = -0.1206  # of an average article, moved so that a score of a half parts the levels
