"""When sources are polled: within their limits, within the budget, and by what they bring."""

from __future__ import annotations

import heapq
import math
import random
import tracemalloc
from collections import Counter
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.pace import budget, rates
from spiders.pace.budget import Demand
from spiders.pace.plan import Pace
from spiders.pace.rates import Habit, Wishes
from spiders.pace.rhythm import DAY, FLAT, HOUR, Rhythm

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC).timestamp()
FEED = "https://minbar.example/feed"

rhythms = st.builds(
    lambda hours, days: Rhythm(_mean_one(hours), _mean_one(days)),
    st.lists(st.floats(0.08, 5), min_size=24, max_size=24),
    st.lists(st.floats(0.2, 3), min_size=7, max_size=7),
)
demands = st.builds(
    lambda rate, rhythm, shortest, longer: Demand(rate / DAY, rhythm, shortest, shortest * longer),
    st.floats(0.05, 2000),
    rhythms,
    st.sampled_from([0.3, 1.0, 60.0, 90.0]),
    st.sampled_from([1.0, 4.0, 60.0]),
)
moments = st.none() | st.floats(NOON - 60 * DAY, NOON + 60 * DAY)
polls = st.lists(st.tuples(st.floats(-2 * HOUR, 2 * DAY), st.lists(moments, max_size=40)))


def _mean_one(weights: list[float]) -> tuple[float, ...]:
    return tuple(weight * len(weights) / sum(weights) for weight in weights)


def lived(pace: Pace, story: list[tuple[float, list[float | None]]], url: str = FEED) -> float:
    """Poll a source as a story of gaps and finds tells; return when that ended."""
    now = NOON
    for gap, found in story:
        now += gap
        pace.learn(url, pace.polled(url, now, found))
    return now


@given(polls, st.floats(0, 0.999), st.floats(0.001, 1000), st.floats(0, 10 * DAY))
def test_no_interval_is_outside_the_limits_of_the_seed(
    story: list[tuple[float, list[float | None]]], dice: float, budget: float, fresh: float
) -> None:
    pace = Pace(budget)
    pace.know(FEED, "minbar", Habit(), 60, 600)
    now = lived(pace, story)
    habit = pace.polled(FEED, now, [], Wishes(fresh_seconds=fresh))
    wait = pace.next_poll(FEED, now, lambda: dice, habit) - now
    assert min(max(60, fresh), 600) - 1e-3 <= wait <= 600 + 1e-3


@given(rhythms, st.floats(0.05, 2000), st.floats(1, 50), st.floats(0.001, 1), st.floats(0, 7 * DAY))
def test_a_source_that_brings_more_waits_no_longer(
    rhythm: Rhythm, rate: float, more: float, factor: float, hour: float
) -> None:
    waits = [
        budget.wait(Demand(each / DAY, rhythm, 60, 3600), factor, NOON + hour)
        for each in (rate, rate * more)
    ]
    assert waits[1] <= waits[0] * (1 + 1e-9)


@given(st.lists(demands, min_size=1, max_size=8), st.floats(0.05, 0.95))
def test_the_budget_is_what_the_sources_take_together(sources: list[Demand], part: float) -> None:
    least = sum(1 / each.max_seconds for each in sources)
    most = sum(1 / each.min_seconds for each in sources)
    wanted = least + part * (most - least)
    factor = budget.share(sources, wanted)
    taken = math.fsum(
        min(max(factor * math.sqrt(each.rate * hour * day), 1 / each.max_seconds), fastest)
        for each in sources
        for fastest in (1 / each.min_seconds,)
        for hour in each.rhythm.hours
        for day in each.rhythm.days
    ) / (24 * 7)
    assert taken == pytest.approx(wanted, rel=0.03)


@given(demands, st.floats(0.0001, 10), st.floats(0, 7 * DAY))
def test_the_next_poll_comes_when_the_speed_has_added_up_to_one(
    demand: Demand, factor: float, hour: float
) -> None:
    begin = NOON + hour
    end = begin + budget.wait(demand, factor, begin)
    steps = 2000
    added = 0.0
    for step in range(steps):
        at = begin + (step + 0.5) * (end - begin) / steps
        weight = demand.rhythm.hours[int(at // HOUR) % 24] * demand.rhythm.days[int(at // DAY) % 7]
        speed = factor * math.sqrt(demand.rate * weight)
        added += min(max(speed, 1 / demand.max_seconds), 1 / demand.min_seconds)
    assert added * (end - begin) / steps == pytest.approx(1, rel=0.01)


def test_a_budget_beyond_need_or_below_it_leaves_the_limits() -> None:
    for polls_per_second, wait in ((100.0, 60), (1e-6, 3600)):
        pace = Pace(polls_per_second)
        for number in range(20):
            pace.know(f"{number}", f"{number % 3}", Habit(), 60, 3600)
        assert pace.next_poll("0", NOON, lambda: 0.5) - NOON == pytest.approx(wait, rel=0.01)


def test_a_hundred_sources_are_asked_once_a_minute_by_default() -> None:
    pace = Pace()
    for number in range(100):
        pace.know(f"{number}", "one", Habit(), 60, 3600)
    waits = [pace.next_poll(f"{number}", NOON, random.random) - NOON for number in range(100)]
    assert min(waits) >= 60
    assert max(waits) <= 66


@given(polls)
def test_a_habit_is_read_as_it_was_written(story: list[tuple[float, list[float | None]]]) -> None:
    pace = Pace()
    pace.know(FEED, "minbar", Habit(), 60, 3600)
    lived(pace, story)
    habit = pace.polled(FEED, NOON, [], Wishes(90.0, 30.0))
    assert Habit.read(habit.written()) == habit


@pytest.mark.parametrize("written", [None, "", "{", "[]", '{"hours": [1]}', '{"items": "many"}'])
def test_a_habit_that_cannot_be_read_is_a_strangers(written: str | None) -> None:
    assert Habit.read(written) == Habit()


def test_a_restart_with_the_habits_plans_as_if_there_had_been_none() -> None:
    pace, again = Pace(0.01), Pace(0.01)
    dice = random.Random(7)
    now = NOON
    for number in range(9):
        pace.know(f"{number}", f"outlet {number % 2}", Habit(), 60, 3600)
    for _ in range(300):
        now += 600
        url = f"{dice.randrange(9)}"
        found = [now - dice.random() * 600 for _ in range(dice.randrange(3))]
        pace.learn(url, pace.polled(url, now, list(found)))
    for number in range(9):
        written = pace.polled(f"{number}", now, []).written()
        pace.learn(f"{number}", Habit.read(written))
        again.know(f"{number}", f"outlet {number % 2}", Habit.read(written), 60, 3600)
    later = now + 2 * HOUR  # both work out their rhythms and the budget anew
    for number in range(9):
        expected = pace.next_poll(f"{number}", later, lambda: 0.3)
        assert again.next_poll(f"{number}", later, lambda: 0.3) == pytest.approx(expected)


def test_a_dated_listing_is_the_history_of_a_new_source() -> None:
    times: list[float | None] = [NOON - number * 6 * HOUR for number in range(1, 13)]
    habit = rates.watched(Habit(), FLAT, NOON, times)
    assert rates.rate(habit, rates.pooled([])) == pytest.approx(11 / 3 / DAY, rel=0.15)
    assert sum(habit.hours) == 11, "the oldest marks where the three days begin"


@pytest.mark.parametrize(
    "published",
    [[], [None] * 50, [NOON - 9 * HOUR + 3600 * 24 * 365] * 3, [NOON - 1] * 50, [0.0, 1.0]],
    ids=["nothing", "undated", "future", "as of now", "1970"],
)
def test_a_listing_without_a_past_leaves_a_stranger(published: list[float | None]) -> None:
    habit = rates.watched(Habit(), FLAT, NOON, published)
    assert (habit.items, habit.seconds) == (0, 0)
    assert habit.polled_at == NOON


def test_an_archive_told_anew_is_not_the_pace_of_news() -> None:
    habit = rates.watched(Habit(), FLAT, NOON, [])
    habit = rates.watched(habit, FLAT, NOON + 60, [None] * 5000)
    assert habit.items == rates.FLOOD
    assert sum(habit.hours) == rates.FLOOD


def test_a_clock_put_back_takes_nothing_away_and_asks_on() -> None:
    pace = Pace(0.005)
    pace.know(FEED, "minbar", Habit(), 60, 3600)
    now = lived(pace, [(600.0, [None])] * 50)
    before = pace.polled(FEED, now, [])
    back = pace.polled(FEED, now - HOUR, [])
    assert (back.items, back.seconds) == (before.items, before.seconds)
    pace.learn(FEED, back)
    assert 60 <= pace.next_poll(FEED, now - HOUR, random.random) - (now - HOUR) <= 3600


def test_a_start_leaves_plans_alone_and_spreads_the_overdue() -> None:
    pace, dice = Pace(10), random.Random(1)
    known = rates.watched(Habit(), FLAT, NOON - 900, [])
    for number in range(3000):
        pace.know(f"{number}", f"{number // 4}", known, 60, 3600)
    assert pace.first_poll("0", NOON + 50, False, NOON, dice.random) == NOON + 50
    due = [
        pace.first_poll(f"{number}", NOON - 1, False, NOON, dice.random) - NOON
        for number in range(3000)
    ]
    assert min(due) >= 0
    assert max(Counter(int(at // 10) for at in due).values()) < 250, "about 100 are afforded"


def test_new_sources_are_asked_at_once_one_after_another() -> None:
    pace = Pace(10)
    for number in range(100):
        pace.know(f"{number}", "one", Habit(), 60, 3600)
    due = [pace.first_poll(f"{n}", NOON, True, NOON, random.random) - NOON for n in range(100)]
    assert due == pytest.approx([number / 10 for number in range(100)])


@pytest.mark.parametrize("due_in", [300 * DAY, 2 * HOUR])
def test_a_plan_made_by_a_clock_that_was_ahead_does_not_hold(due_in: float) -> None:
    pace = Pace()
    pace.know(FEED, "one", rates.watched(Habit(), FLAT, NOON + due_in - 60, []), 60, 3600)
    assert pace.first_poll(FEED, NOON + due_in, False, NOON, random.random) <= NOON + 66


def test_what_the_server_asks_lengthens_the_wait_up_to_the_longest() -> None:
    pace = Pace()
    pace.know(FEED, "one", Habit(), 60, 600)
    for asked, wait in ((0.0, 60), (120.0, 120), (86_400.0, 600)):
        for wishes in (Wishes(asked, 0.0), Wishes(0.0, asked)):
            habit = pace.polled(FEED, NOON, [], wishes)
            assert pace.next_poll(FEED, NOON, lambda: 0.5, habit) - NOON == pytest.approx(wait)
    pace.learn(FEED, pace.polled(FEED, NOON, [], Wishes(120.0, 90.0)))
    again = pace.polled(FEED, NOON + 60, [], Wishes(fresh_seconds=0.0))
    assert (again.asked_seconds, again.fresh_seconds) == (120, 0), "a 304 shows no feed"


def test_new_limits_of_a_seed_hold_and_its_habit_stays() -> None:
    pace = Pace()
    pace.know(FEED, "one", Habit(), 60, 600)
    lived(pace, [(60, [None] * 3)] * 3)
    habit = pace.polled(FEED, NOON, [])
    pace.know(FEED, "two", Habit(), 300, 600)
    assert pace.polled(FEED, NOON, []) == habit
    assert pace.next_poll(FEED, NOON, lambda: 0.5) - NOON == pytest.approx(300)
    pace.keep([])
    assert not pace.begun(FEED)
    assert pace.polled(FEED, NOON, []).items == 0


@pytest.mark.no_cover
def test_six_thousand_sources_keep_the_budget_and_cost_little() -> None:
    count, dice = 6000, random.Random(2)
    pace = Pace(20)
    pulse = [0.2 * 1.0012**number / DAY for number in range(count)]  # up to 270 items a day
    for number in range(count):
        habit = Habit(items=pulse[number] * 4 * DAY, seconds=4 * DAY, polled_at=NOON - HOUR)
        pace.know(f"{number}", f"{number // 3}", habit, 60, 3600)
    due = [
        (pace.first_poll(f"{number}", NOON - 1, False, NOON, dice.random), number)
        for number in range(count)
    ]
    heapq.heapify(due)
    asked, slowest, last, began = Counter[int](), 0.0, [NOON] * count, process_time()
    while due[0][0] < NOON + HOUR:
        now, number = heapq.heappop(due)
        step = process_time()
        found = dice.random() < pulse[number] * (now - last[number])
        last[number] = now
        pace.learn(f"{number}", pace.polled(f"{number}", now, [None] if found else []))
        heapq.heappush(due, (pace.next_poll(f"{number}", now, dice.random), number))
        slowest = max(slowest, process_time() - step)
        asked[number] += 1
    quiet, busy = (
        sum(asked[number] for number in half) for half in (range(3000), range(3000, count))
    )
    assert asked.total() == pytest.approx(20 * HOUR, rel=0.05)
    assert busy > 3 * quiet
    assert slowest < 1, "sharing the budget out anew is done in one go"
    assert (process_time() - began) / asked.total() < 0.001


def test_what_is_known_of_a_source_takes_little_memory() -> None:
    sources, dice, pace = 200, random.Random(1), Pace()
    tracemalloc.start()
    try:
        for number in range(sources):
            url = f"https://{number}.example/feed"
            pace.know(url, str(number), Habit(), 60, 3600)
            items: list[float | None] = [NOON - dice.random() * 7 * DAY for _ in range(30)]
            pace.learn(url, pace.polled(url, NOON, items))
        for number in range(sources):
            pace.next_poll(f"https://{number}.example/feed", NOON + 2 * HOUR, dice.random)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken / sources < 5_000, "bytes, with the rhythms of the source and of its outlet"
