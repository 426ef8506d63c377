"""A day of thousands of sources on the schedule alone, without a request: is the budget kept, is
it spread over the minutes, and what does planning cost.

`python -m bench.polling_day [SOURCES] [POLLS_PER_SECOND]`. The day begins with a restart: the store
knows every source, and all of them are overdue.
"""

from __future__ import annotations

import argparse
import heapq
import random
from array import array
from math import cos, pi
from time import process_time

from rich.console import Console
from rich.table import Table

from spiders.pace.plan import Pace
from spiders.pace.rates import Habit
from spiders.pace.rhythm import DAY, HOUR

BEGIN = 1_772_668_800.0  # midnight
MINUTE = 60
SOURCES, POLLS_PER_SECOND = 6_000, 20.0
PER_OUTLET = 3
LEAST, MOST = 0.05, 300.0  # items a day of the quietest and of the busiest source


def run(sources: int = SOURCES, polls_per_second: float = POLLS_PER_SECOND) -> None:
    """Print what a day of polls comes to."""
    dice = random.Random(1)
    rates = [LEAST * (MOST / LEAST) ** (number / sources) / DAY for number in range(sources)]
    pace = Pace(polls_per_second)
    for number, rate in enumerate(rates):
        habit = Habit(items=rate * 4 * DAY, seconds=4 * DAY, since=BEGIN, polled_at=BEGIN - HOUR)
        pace.know(f"{number}", f"{number // PER_OUTLET}", habit, 60, 3600)
    due = [(pace.first_poll(f"{n}", BEGIN, False, BEGIN, dice.random), n) for n in range(sources)]
    heapq.heapify(due)
    last, minutes = [BEGIN] * sources, [0] * round(DAY / MINUTE)
    costs, shortest = array("d"), 3600.0
    while due[0][0] < BEGIN + DAY:
        now, number = due[0]
        expected = rates[number] * (now - last[number]) * _busy(now)
        found = [None] * (dice.random() < expected)
        if last[number] > BEGIN:
            shortest = min(shortest, now - last[number])
        last[number] = now
        began = process_time()
        pace.learn(f"{number}", pace.polled(f"{number}", now, found))
        then = pace.next_poll(f"{number}", now, dice.random)
        costs.append(process_time() - began)
        heapq.heapreplace(due, (then, number))
        minutes[int((now - BEGIN) // MINUTE)] += 1
    Console().print(_table(sources, polls_per_second, minutes, costs, shortest))


def _busy(now: float) -> float:
    """How much more comes at noon than at midnight."""
    return 1 - 0.9 * cos(2 * pi * (now % DAY) / DAY)


def _table(
    sources: int,
    polls_per_second: float,
    minutes: list[int],
    costs: array[float],
    shortest: float,
) -> Table:
    table = Table("one day", "", title=f"{sources} sources, {polls_per_second:g} polls a second")
    table.add_row("polls", f"{len(costs):,} of {polls_per_second * DAY:,.0f}")
    for name, minute in (("first minute", minutes[0]), ("busiest minute", max(minutes))):
        table.add_row(f"polls a second, {name}", f"{minute / MINUTE:.1f}")
    table.add_row("shortest interval, s", f"{shortest:.1f}")
    table.add_row("CPU of planning, µs a poll", f"{1e6 * sum(costs) / len(costs):.0f}")
    table.add_row("longest pause of planning, ms", f"{1e3 * max(costs):.0f}")
    return table


def main() -> None:
    """Run the day that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.polling_day", description=__doc__)
    parser.add_argument("sources", type=int, nargs="?", default=SOURCES)
    parser.add_argument("polls_per_second", type=float, nargs="?", default=POLLS_PER_SECOND)
    asked = parser.parse_args()
    run(asked.sources, asked.polls_per_second)


if __name__ == "__main__":
    main()
