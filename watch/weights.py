"""The weights of `watch.salience`, written by `bench/fit_salience.py`.

Fitted on 365 finds of the two shipped topics in 651 articles
labelled by reading (ridge 3). F1 on `about`, ten-fold by title: aleppo 0.86, syria-ceasefire 0.81.
"""

from __future__ import annotations

# feature -> (weight in log-odds for one unit, mean of the feature where it was fitted)
WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (0.9915, 0.1353),
    "first": (1.7666, 0.2615),
    "first_sentence": (1.3521, 0.2329),
    "openings": (0.8050, 0.3575),
    "amount": (2.3737, 1.0418),
    "early_amount": (1.7177, 0.5355),
    "heap": (-1.7890, 0.4758),
    "length": (-1.1490, 0.7004),
    "share": (1.2372, 0.6110),
    "signs": (1.2340, 0.1781),
    "origin": (-2.7230, 0.0331),
}
BIAS = -0.0414  # of an average article, moved so that a score of a half parts the levels
