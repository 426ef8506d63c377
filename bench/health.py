"""Silent or only quiet: how often living feeds are told as silent, and how soon dead ones are.

`python -m bench.health PUBTIMES` replays publication times through the pace of the service and
judges every pause between two items as `spiders.health.conditions` does. A pause at whose end the
rule would have spoken is a false alarm. A feed that stops is told once the rule speaks; what stops
is tried after every seventh item. The first week of each feed is not scored, nor are spans in
which every feed of an outlet is silent for three days: there the record has a hole, not the feed.
"""

from __future__ import annotations

import argparse
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.polling import Feeds, read
from spiders.health.conditions import judge
from spiders.pace.plan import Pace
from spiders.pace.rates import Habit
from spiders.pace.rhythm import DAY, HOUR
from spiders.sites import Site
from storage.health import Health, longest_pause
from storage.sources import Source

POLL_SECONDS = 300.0
WARM_SECONDS = 7 * DAY
HOLE_SECONDS = 3 * DAY
LONGEST = 28 * DAY
STOPS_EVERY = 7

Rule = Callable[[float], bool]  # whether it speaks at this time


@dataclass(frozen=True, slots=True)
class Pause:
    """The time between two items of a feed, and the rules as they stand when it begins."""

    feed: str
    begin: float
    end: float
    rules: Mapping[str, Rule]


@dataclass(slots=True)
class Outcome:
    """What one rule came to."""

    alarms: int = 0
    seconds: float = 0.0  # of living feeds
    told_after: dict[str, list[float]] = field(default_factory=dict)  # hours, by feed

    @property
    def alarms_a_month(self) -> float:
        """False alarms per feed and month."""
        return self.alarms / (self.seconds / DAY / 30)


def pauses(feeds: Feeds) -> Iterator[Pause]:
    """Every scored pause, in order of time, as the service would have known it."""
    pace = Pace(len(feeds) / POLL_SECONDS)
    site = Site.model_validate(
        {
            "id": "replayed",
            "name": "replayed",
            "home": "https://replayed.example/",
            "zone": "UTC",
            "feeds": ["https://replayed.example/feed"],
            "article": "^/",
        }
    )
    holes = _holes(feeds)
    known: dict[str, tuple[float, float, float]] = {}  # first item, last poll with news, lull
    for feed in feeds:
        pace.know(feed, _outlet(feed), Habit(), 60, 3600)
    for at, feed in sorted((at, feed) for feed, times in feeds.items() for at in times):
        now = at + POLL_SECONDS / 2
        first, before, lull = known.get(feed, (at, now, 0.0))
        if _in_hole(holes[_outlet(feed)], before, at):
            first = at
        elif at > before:
            if before - first > WARM_SECONDS:
                yield Pause(feed, before, at, _rules(pace, site, feed, before, lull))
            lull = longest_pause(lull, _time(before), [], _time(now))
        known[feed] = first, now, lull
        pace.learn(feed, pace.polled(feed, now, [at]))
        pace.next_poll(feed, now, lambda: 0.5)  # shares the budget out when it is time


def _rules(pace: Pace, site: Site, feed: str, since: float, lull: float) -> dict[str, Rule]:
    health = Health(links=10, dated=10, known_at=_time(0), fresh_at=_time(since), lull_seconds=lull)
    source = Source(
        url=feed, site=site.id, kind="feed", due_at=_time(since), last_success=_time(since)
    )

    def chance(begin: datetime, end: datetime) -> float:
        return pace.silence(feed, begin.timestamp(), end.timestamp())

    def ours(now: float) -> bool:
        looked = replace(source, last_success=_time(now), health=health)
        return judge(looked, site, chance, _time(now)) is not None

    return {
        "ours": ours,
        "24 hours for every feed": lambda now: now - since > DAY,
        "three times its longest pause": lambda now: now - since > max(3 * lull, DAY),
    }


def measure(feeds: Feeds) -> dict[str, Outcome]:
    """What each rule comes to."""
    outcomes: dict[str, Outcome] = {}
    for number, pause in enumerate(pauses(feeds)):
        for name, rule in pause.rules.items():
            outcome = outcomes.setdefault(name, Outcome())
            outcome.seconds += pause.end - pause.begin
            outcome.alarms += rule(pause.end)
            if number % STOPS_EVERY == 0:
                told = _speaks(rule, pause.begin) / HOUR
                outcome.told_after.setdefault(pause.feed, []).append(told)
    return outcomes


def _speaks(rule: Rule, begin: float) -> float:
    """How many seconds after `begin` a rule speaks, to a quarter of an hour."""
    quiet, loud = 0.0, LONGEST
    while loud - quiet > HOUR / 4:
        middle = (quiet + loud) / 2
        if rule(begin + middle):
            loud = middle
        else:
            quiet = middle
    return loud


def _holes(feeds: Feeds) -> dict[str, list[tuple[float, float]]]:
    """By outlet: the spans in which none of its feeds has anything."""
    outlets: dict[str, list[float]] = {}
    for feed, times in feeds.items():
        outlets.setdefault(_outlet(feed), []).extend(times)
    holes: dict[str, list[tuple[float, float]]] = {}
    for outlet, times in outlets.items():
        times.sort()
        holes[outlet] = [
            (begin, end) for begin, end in pairwise(times) if end - begin > HOLE_SECONDS
        ]
    return holes


def _in_hole(holes: list[tuple[float, float]], begin: float, end: float) -> bool:
    place = bisect_left(holes, end, key=lambda hole: hole[0])
    return any(over > begin + 1 and start < end for start, over in holes[:place])


def _outlet(feed: str) -> str:
    return feed.partition("/")[0]


def _time(seconds: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def run(pubtimes: Path) -> None:
    """Print what the rules come to."""
    table = Table(
        "rule", "false alarms a feed and month", "told after, median", "p95", "slowest feed, median"
    )
    for name, outcome in measure(read(pubtimes)).items():
        hours = sorted(told for each in outcome.told_after.values() for told in each)
        slowest = max(median(each) for each in outcome.told_after.values())
        table.add_row(
            name,
            f"{outcome.alarms_a_month:.2f}",
            f"{median(hours):.0f} h",
            f"{hours[int(0.95 * len(hours))]:.0f} h",
            f"{slowest:.0f} h",
        )
    Console().print(table)


def main() -> None:
    """Print the table for a file of publication times."""
    parser = argparse.ArgumentParser(prog="python -m bench.health", description=__doc__)
    parser.add_argument("pubtimes", type=Path)
    run(parser.parse_args().pubtimes)


if __name__ == "__main__":
    main()
