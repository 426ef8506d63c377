"""When to poll: a replay of real publication times under our policy and those of others.

`python -m bench.polling PUBTIMES BUDGET` reads lines of a feed's id (`outlet/feed`), a tab and an
ISO time, and replays a month. All policies poll within 60 s and 60 minutes, ±10 %, one request a
second to a host, and learn only from what they polled; the oracle alone knows the whole file.
Ours keeps its own budget, and the free factor of each other is fitted to take as many requests.
The last line on standard output is the figures as JSON.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
import statistics
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import exp, log
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.polling_rules import (
    MAX_SECONDS,
    MIN_SECONDS,
    MediaCloud,
    Miniflux,
    Oracle,
    Rule,
    Times,
    fixed,
    known_demands,
)
from spiders.pace import budget
from spiders.pace.plan import JITTER, Pace
from spiders.pace.rates import Habit
from spiders.pace.rhythm import DAY

BEGIN = datetime(2018, 5, 6, tzinfo=UTC).timestamp()
END = datetime(2018, 6, 6, tzinfo=UTC).timestamp()
SCORED = BEGIN + DAY  # what was published before is not scored
WINDOW = 10  # entries that a feed lists: its first poll shows so many of the past
EQUAL = 0.004  # how far a fitted number of requests may be from ours
ATTEMPTS = 12  # at fitting it
SLOPE_MIN = 0.2  # limits make a rule sluggish, not dead
POLLS = 300_000  # replays are repeated with other dice until about as many polls were made

Feeds = Mapping[str, Times]
Next = Callable[[str, float, Times, random.Random], float]  # when to poll after this poll


@dataclass(slots=True)
class Outcome:
    """What one policy came to: delays from publication to detection in seconds, by feed."""

    requests: int = 0
    delays: dict[str, list[float]] = field(default_factory=dict)

    def figures(self, replays: int) -> dict[str, float]:
        """The figures of one replay, of so many that were added up."""
        every = sorted(delay for delays in self.delays.values() for delay in delays)
        return {
            "mean_s": round(statistics.fmean(every), 2),
            "p50_s": round(every[len(every) // 2], 2),
            "p95_s": round(every[int(0.95 * len(every))], 2),
            "worst_feed_mean_s": round(
                max(statistics.fmean(delays) for delays in self.delays.values() if delays), 2
            ),
            "requests": round(self.requests / replays),
        }


def read(file: Path) -> Feeds:
    """The publication times of each feed, in order, as seconds since 1970."""
    feeds: dict[str, list[float]] = {}
    for line in filter(None, file.read_text().splitlines()):
        feed, _, at = line.partition("\t")
        feeds.setdefault(feed, []).append(datetime.fromisoformat(at).timestamp())
    return {feed: sorted(times) for feed, times in sorted(feeds.items())}


def replay(feeds: Feeds, then: Next, dice: random.Random, outcome: Outcome) -> int:
    """Poll the feeds through the month, add the delays to `outcome`, return the requests."""
    begun = outcome.requests
    free = dict.fromkeys((_host(feed) for feed in feeds), BEGIN)  # when each host may be asked
    seen: dict[str, int] = {}
    due = [(BEGIN, feed) for feed in feeds]
    heapq.heapify(due)
    while due:
        now, feed = heapq.heappop(due)
        host = _host(feed)
        if now < free[host]:
            heapq.heappush(due, (free[host], feed))
            continue
        times = feeds[feed]
        listed = bisect_right(times, now)
        if feed in seen:
            delays = [now - at for at in times[seen[feed] : listed] if SCORED <= at < END]
            outcome.delays.setdefault(feed, []).extend(delays)
        if now >= END:  # the last poll only finds what the month left behind
            continue
        found = times[seen.get(feed, max(listed - WINDOW, 0)) : listed]
        seen[feed] = listed
        free[host] = now + 1
        outcome.requests += 1
        heapq.heappush(due, (then(feed, now, found, dice), feed))
    return outcome.requests - begun


def ours(feeds: Feeds, budget_seconds: float) -> Next:
    """The policy of the service, with a poll a feed in so many seconds as its budget."""
    pace = Pace(len(feeds) / budget_seconds)
    for feed in feeds:
        pace.know(feed, _host(feed), Habit(), MIN_SECONDS, MAX_SECONDS)

    def then(feed: str, now: float, found: Times, dice: random.Random) -> float:
        pace.learn(feed, pace.polled(feed, now, found))
        return pace.next_poll(feed, now, dice.random)

    return then


def limited(rule: Rule) -> Next:
    """A rule's intervals with the jitter and the limits of all."""

    def then(feed: str, now: float, found: Times, dice: random.Random) -> float:
        seconds = rule(feed, now, found) * (1 - JITTER + 2 * JITTER * dice.random())
        return now + min(max(seconds, MIN_SECONDS), MAX_SECONDS)

    return then


def fit(feeds: Feeds, rule: Callable[[float], Rule], requests: int) -> float:
    """The speed with which a rule takes as many requests as ours did, by the secant method."""
    speed, slope = 1.0, 1.0
    before: tuple[float, float] | None = None
    for attempt in range(ATTEMPTS):
        taken = replay(feeds, limited(rule(speed)), random.Random(attempt), Outcome())
        miss = log(taken / requests)
        if abs(miss) < EQUAL:
            break
        if before and before[1] != miss:
            slope = max((miss - before[1]) / (log(speed) - before[0]), SLOPE_MIN)
        before = log(speed), miss
        speed = exp(log(speed) - miss / slope)
    return speed


def rules(feeds: Feeds, budget_seconds: float) -> dict[str, Callable[[float], Rule]]:
    """The other policies, each by a speed that is fitted; 1 is about right."""
    demands = known_demands(feeds)
    share = budget.share(demands.values(), len(feeds) / budget_seconds)
    items = sum(demand.rate for demand in demands.values())
    return {
        "fixed": lambda speed: fixed(budget_seconds / speed),
        "miniflux": lambda speed: Miniflux(speed * len(feeds) / budget_seconds / items),
        "mediacloud": lambda speed: MediaCloud(budget_seconds / speed, WINDOW),
        "oracle": lambda speed: Oracle(speed * share, demands),
    }


def measure(feeds: Feeds, budget_seconds: float) -> dict[str, dict[str, float]]:
    """The figures of every policy, ours first, all over the same number of replays."""
    replays = max(1, round(POLLS * budget_seconds / (len(feeds) * (END - BEGIN))))
    policies: dict[str, Callable[[], Next]] = {"ours": lambda: ours(feeds, budget_seconds)}
    figures: dict[str, dict[str, float]] = {}
    requests = 0
    others = rules(feeds, budget_seconds)
    for name in ("ours", *others):
        began = time.monotonic()
        if name in others:
            made = others[name]
            speed = fit(feeds, made, requests)
            policies[name] = lambda made=made, speed=speed: limited(made(speed))  # type: ignore[misc]
        outcome = Outcome()
        for number in range(replays):
            replay(feeds, policies[name](), random.Random(1000 + number), outcome)
        figures[name] = outcome.figures(replays)
        requests = requests or round(outcome.requests / replays)
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return figures


def report(figures: Mapping[str, Mapping[str, float]], budget_seconds: float) -> Table:
    """The figures as a table, each policy's mean beside that of the fixed interval."""
    title = f"a poll per source per {budget_seconds:g} s: seconds from publication to detection"
    table = Table(
        "policy", "mean", "median", "p95", "worst feed", "requests", "of fixed", title=title
    )
    for name, values in figures.items():
        ratio = values["mean_s"] / figures["fixed"]["mean_s"]
        table.add_row(name, *(f"{value:g}" for value in values.values()), f"{ratio:.3f}")
    return table


def run(pubtimes: Path, budget_seconds: float) -> dict[str, dict[str, float]]:
    """Print the table of one budget; return its figures."""
    figures = measure(read(pubtimes), budget_seconds)
    Console().print(report(figures, budget_seconds))
    return figures


def _host(feed: str) -> str:
    return feed.partition("/")[0]


def main() -> None:
    """Print the table, and the figures as one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.polling", description=__doc__)
    parser.add_argument("pubtimes", type=Path)
    parser.add_argument("budget", type=float, help="seconds: a poll per source in that time")
    asked = parser.parse_args()
    figures = run(asked.pubtimes, asked.budget)
    print(json.dumps({"budget_s": asked.budget, "policies": figures}))


if __name__ == "__main__":
    main()
