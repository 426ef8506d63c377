"""When each source is polled: what is known of all of them, and one budget. Pure: no clock.

Times are seconds since 1970 (UTC). The rules and what they were measured at are in `bench.polling`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from spiders.pace import budget, rates, rhythm, silence
from spiders.pace.budget import Demand
from spiders.pace.rates import NO_WISHES, Habit, Wishes
from spiders.pace.rhythm import DAY, FLAT, Counts, Rhythm

Dice = Callable[[], float]  # uniform in [0, 1)

POLLS_PER_SECOND = 50.0  # by default: 3,000 sources once a minute, 6,000 once in two
REVIEW_SECONDS = 600.0  # how often the budget is shared out anew
RHYTHM_SECONDS = 3600.0  # how long a rhythm is used before it is worked out anew
JITTER = 0.1


@dataclass(slots=True)
class _Cached:
    rhythm: Rhythm = FLAT
    made_at: float = -math.inf


@dataclass(slots=True)
class _Known(_Cached):
    """A source as the pace knows it."""

    outlet: str = ""
    habit: Habit = field(default_factory=Habit)
    min_seconds: float = 0.0
    max_seconds: float = 0.0
    rate: float = rates.FLOOR  # until the next review

    def demand(self, habit: Habit, rate: float) -> Demand:
        """What it may ask for; what the server wishes lengthens the shortest interval."""
        wished = max(self.min_seconds, habit.asked_seconds, habit.fresh_seconds)
        shortest = min(wished, self.max_seconds)
        return Demand(rate, self.rhythm, shortest, self.max_seconds)


@dataclass(slots=True)
class _Outlet(_Cached):
    sources: dict[str, _Known] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)  # of them; the others stand in

    def rate(self, known: _Known) -> float:
        """A source's rate, or that of a failing one which it stands in for, as they share news."""
        return max([known.rate, *(self.sources[url].rate for url in self.failing)])


class Pace:
    """Shares `polls_per_second` among the sources it knows. A source it does not know may be asked
    for: its poll was under way when it was forgotten.
    """

    def __init__(self, polls_per_second: float = POLLS_PER_SECOND) -> None:
        if not 0 < polls_per_second < math.inf:
            raise ValueError("polls_per_second: give a number above 0")
        self.polls_per_second = polls_per_second
        self._sources: dict[str, _Known] = {}
        self._outlets: dict[str, _Outlet] = {}
        self._everyone = _Cached()
        self._factor = math.inf
        self._stranger = rates.pooled([])  # the rate of a source nobody knows
        self._reviewed_at = -math.inf
        self._visits = 0  # since then
        self._newest_at = -math.inf  # when the last source that was never asked is due

    def know(
        self, url: str, outlet: str, habit: Habit, min_seconds: float, max_seconds: float
    ) -> None:
        """Take a source in. One that is known already keeps its habit and takes new limits."""
        if url in self._sources:
            habit = self._sources[url].habit
            self.forget(url)
        known = _Known(outlet=outlet, habit=habit, min_seconds=min_seconds, max_seconds=max_seconds)
        self._sources[url] = known
        self._outlets.setdefault(outlet, _Outlet()).sources[url] = known
        self._reviewed_at = -math.inf

    def keep(self, urls: Collection[str]) -> None:
        """Forget every source but these; their share goes to the others."""
        for url in self._sources.keys() - urls:
            self.forget(url)

    def forget(self, url: str) -> None:
        """Give a source up."""
        if known := self._sources.pop(url, None):
            self._reviewed_at = -math.inf
            outlet = self._outlets[known.outlet]
            del outlet.sources[url]
            outlet.failing.discard(url)
            if not outlet.sources:
                del self._outlets[known.outlet]

    def polled(
        self,
        url: str,
        now: float,
        published: Sequence[float | None],
        wishes: Wishes = NO_WISHES,
    ) -> Habit:
        """The habit of a source once a poll at `now` has found items of these times.

        Nothing changes before `learn` is told, which is when the store has it.
        """
        known = self._sources.get(url) or _Known()
        return rates.watched(known.habit, self._rhythm(known, now), now, published, wishes)

    def learn(self, url: str, habit: Habit) -> None:
        """Keep a habit that `polled` gave: the source works."""
        if known := self._sources.get(url):
            known.habit = habit
            self._outlets[known.outlet].failing.discard(url)

    def failed(self, url: str) -> None:
        """A source gave no listing: until it does, the outlet's others are asked as often."""
        if known := self._sources.get(url):
            self._outlets[known.outlet].failing.add(url)

    def stand_ins(self, url: str) -> dict[str, float]:
        """The outlet's sources that work, and how many seconds must pass between polls of each."""
        known = self._sources.get(url)
        outlet = self._outlets[known.outlet] if known else _Outlet()
        return {
            other: each.demand(each.habit, each.rate).min_seconds
            for other, each in outlet.sources.items()
            if other != url and other not in outlet.failing
        }

    def visited(self, pages: int) -> None:
        """So many known articles are asked for again, which is taken from the budget of polls."""
        self._visits += pages

    def begun(self, url: str) -> bool:
        """Whether a source was ever polled with success: if not, its next poll is its first."""
        return url in self._sources and self._sources[url].habit.polled_at is not None

    def silence(self, url: str, since: float, until: float) -> float:
        """The probability that a source, were it alive, brought nothing from `since` to `until`;
        1 for one that is not known. Nothing new may have been found after `since`.
        """
        known = self._sources.get(url)
        if known is None:
            return 1.0
        rhythm_now = self._rhythm(known, until)
        return silence.chance(known.habit, rhythm_now, self._stranger, since, until)

    def next_poll(
        self,
        url: str,
        now: float,
        dice: Dice,
        habit: Habit | None = None,
    ) -> float:
        """When to poll a source after `now`: as its speed asks, ±10 %, and within its limits.

        `habit` is what it will be known by, if that is not learnt yet.
        """
        known = self._sources.get(url)
        if known is None:
            return now + DAY
        self._review(now)
        self._rhythm(known, now)
        rate = self._outlets[known.outlet].rate(known)
        demand = known.demand(habit or known.habit, rate)
        seconds = budget.wait(demand, self._factor, now, 1 - JITTER + 2 * JITTER * dice())
        return now + min(max(seconds, demand.min_seconds), demand.max_seconds)

    def first_poll(self, url: str, due_at: float, new: bool, now: float, dice: Dice) -> float:
        """When to poll a source first after a start, so that nothing makes all due together.

        One planned for later keeps its time, unless the clock was put back. Of those never asked
        (`new`) the first is asked at once and the others as fast as the budget goes. The overdue
        are spread over the interval that each would have.
        """
        known = self._sources.get(url)
        polled_at = known.habit.polled_at if known else None
        if now < due_at <= now + DAY and (polled_at is None or polled_at <= now):
            return due_at
        if new:
            self._newest_at = max(now, self._newest_at + 1 / self.polls_per_second)
            return self._newest_at
        return now + (self.next_poll(url, now, dice) - now) * dice()

    def _review(self, now: float) -> None:
        """Share the budget out anew, if it is time; a clock that was put back makes it time."""
        if 0 <= now - self._reviewed_at < REVIEW_SECONDS:
            return
        visits = self._visits / max(now - self._reviewed_at, REVIEW_SECONDS)
        self._reviewed_at, self._visits = now, 0
        sources = self._sources.values()
        self._stranger = rates.pooled([source.habit for source in sources])
        for source in sources:
            source.rate = rates.rate(source.habit, self._stranger)
        demands = [source.demand(source.habit, source.rate) for source in sources]
        self._factor = budget.share(
            demands, max(self.polls_per_second - visits, self.polls_per_second / 2)
        )

    def _rhythm(self, source: _Known, now: float) -> Rhythm:
        """A source's rhythm, within its outlet's, within everyone's; each an hour old at most."""
        if not _stale(source, now) or source.outlet not in self._outlets:
            return source.rhythm
        if _stale(self._everyone, now):
            everyone = [each.habit for each in self._sources.values()]
            _renew(self._everyone, rhythm.of_all(_counts(everyone, now)), now)
        outlet = self._outlets[source.outlet]
        if _stale(outlet, now):
            own = [each.habit for each in outlet.sources.values()]
            _renew(outlet, rhythm.within(self._everyone.rhythm, _counts(own, now)), now)
        _renew(source, rhythm.within(outlet.rhythm, _counts([source.habit], now)), now)
        return source.rhythm


def _stale(cached: _Cached, now: float) -> bool:
    return not 0 <= now - cached.made_at < RHYTHM_SECONDS


def _renew(cached: _Cached, made: Rhythm, now: float) -> None:
    cached.rhythm, cached.made_at = made, now


def _counts(habits: Collection[Habit], now: float) -> Counts:
    """At which hours some sources brought what they brought."""
    return Counts.summed(
        [
            rhythm.counted(habit.hours, habit.days, habit.since, now)
            for habit in habits
            if habit.since is not None
        ]
    )
