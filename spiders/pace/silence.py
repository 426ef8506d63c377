"""How likely a silence is, from a source's own rate and hours. Pure.

Times are seconds since 1970 (UTC).
"""

from __future__ import annotations

import math

from spiders.pace.rates import FADING, Habit
from spiders.pace.rhythm import DAY, HOUR, Rhythm

LONGEST = 28 * DAY  # a silence is known well enough by then


def chance(habit: Habit, rhythm: Rhythm, stranger: float, since: float, until: float) -> float:
    """The probability that a living source brings nothing from `since` to `until`.

    `habit` is as the last poll left it, with nothing new after `since`. Its rate is that of the
    time before, so that a source does not grow used to its own silence. For a Poisson source whose
    rate has a gamma distribution of `a` items in `b` weighted seconds, nothing in `g` more of them
    has the probability (b / (b + g)) ** a.
    """
    if until <= since:
        return 1.0
    known_at = max(habit.polled_at or since, since)
    kept = math.exp(max(since - known_at, -LONGEST) / FADING)
    seconds = max(habit.seconds - _faded(rhythm, since, known_at), 0.0) / kept
    watched = seconds + 1 / stranger
    gap = rhythm.weighed(since, until)
    return float((watched / (watched + gap)) ** (habit.items / kept + 1))


def _faded(rhythm: Rhythm, since: float, until: float) -> float:
    """The weighted seconds of a span as a habit holds them at its end."""
    total, begin = 0.0, max(since, until - LONGEST)
    while begin < until:
        end = min((begin // HOUR + 1) * HOUR, until)
        total += rhythm.weighed(begin, end) * math.exp((end - until) / FADING)
        begin = end
    return total
