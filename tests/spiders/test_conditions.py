"""What is wrong with a source, by a table of what the store knows of it, and by properties."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.health.conditions import UNLIKELY, judge
from spiders.pace import silence
from spiders.pace.plan import Pace
from spiders.pace.rates import Habit
from spiders.pace.rhythm import DAY, FLAT, HOUR
from spiders.sites import Site
from storage.health import Condition, Health, Trouble
from storage.sources import Kind, Source

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOURS = timedelta(hours=1)
MakeSite = Callable[..., Site]
WELL = Health(
    links=20, dated=20, newest=NOON - HOURS, known_at=NOON - 900 * HOURS, fresh_at=NOON - HOURS
)


def a_source(health: Health, kind: Kind = "feed", **more: Any) -> Source:
    more.setdefault("last_success", NOON)
    return Source(
        url="https://a.example/f", site="minbar", kind=kind, due_at=NOON, **more, health=health
    )


def found(
    site: Site, health: Health, kind: Kind = "feed", chance: float = 1.0, **more: Any
) -> tuple[Condition, datetime] | None:
    return judge(a_source(health, kind, **more), site, lambda _since, _until: chance, NOON)


@pytest.mark.parametrize(
    ("trouble", "condition"),
    [
        (Trouble.UNREACHABLE, Condition.DOWN),
        (Trouble.FAILING, Condition.DOWN),
        (Trouble.REFUSED, Condition.BLOCKED),
        (Trouble.GONE, Condition.GONE),
        (Trouble.HTML, Condition.HTML),
        (Trouble.BROKEN, Condition.BROKEN),
        (Trouble.UNLISTED, Condition.REDESIGNED),
        (Trouble.ASTRAY, Condition.MOVED),
    ],
)
def test_a_failure_is_a_condition_since_the_first_of_its_row(
    make_site: MakeSite, trouble: Trouble, condition: Condition
) -> None:
    since = NOON - 2 * HOURS
    failing = replace(WELL, trouble=trouble, failing_since=since)
    assert found(make_site(), failing) == (condition, since)


def test_who_asks_us_to_wait_is_blocking_us_after_an_hour(make_site: MakeSite) -> None:
    busy = replace(WELL, trouble=Trouble.BUSY, failing_since=NOON - timedelta(minutes=59))
    assert found(make_site(), busy) is None
    busy = replace(busy, failing_since=NOON - timedelta(minutes=61))
    assert found(make_site(), busy) == (Condition.BLOCKED, NOON - timedelta(minutes=61))


MONTH = 720 * HOURS


@pytest.mark.parametrize(
    ("change", "kind", "chance", "condition"),
    [
        ({}, "feed", 1.0, None),
        ({"links": 4}, "feed", 1.0, "sparse"),
        ({"links": 4, "fresh_at": NOON - 7 * HOURS}, "feed", 1.0, "redesigned"),
        ({"links": 4, "fresh_at": NOON - 7 * HOURS, "lull_seconds": 9 * HOUR}, "feed", 1, "sparse"),
        ({"links": 4, "fresh_at": NOON - 25 * HOURS}, "sitemap", 1.0, "silent"),
        ({"links": 0, "dated": 0}, "page", 1.0, "redesigned"),
        ({"links": 0, "dated": 0}, "sitemap", 1.0, None),  # nothing in two days
        ({"dated": 0}, "feed", 1.0, "undated"),
        ({"dated": 0}, "page", 1.0, None),  # section pages tell no times
        ({"moved_to": "https://b.example/f"}, "feed", 1.0, "moved"),
        ({"moved_to": "https://b.example/f", "links": 1}, "feed", 1.0, "sparse"),
        ({"fresh_at": NOON - 7 * HOURS}, "feed", 1e-6, "silent"),
        ({"fresh_at": NOON - 7 * HOURS}, "feed", 1e-4, None),  # its usual night
        ({"fresh_at": NOON - 5 * HOURS}, "feed", 0.0, None),  # not before six hours
        ({"fresh_at": NOON - 25 * HOURS}, "feed", 1.0, "silent"),
        ({"fresh_at": NOON - 25 * HOURS, "lull_seconds": 10 * HOUR}, "feed", 1.0, None),
        ({"fresh_at": NOON - 31 * HOURS, "lull_seconds": 10 * HOUR}, "feed", 1.0, "silent"),
        ({"fresh_at": NOON - 73 * HOURS}, "feed", 1.0, "frozen"),
        ({"fresh_at": NOON - 73 * HOURS, "dated": 0}, "page", 1.0, "silent"),
        ({"newest": NOON - MONTH, "known_at": NOON, "fresh_at": NOON}, "feed", 1.0, "frozen"),
        ({"newest": NOON - MONTH}, "feed", 1.0, None),  # old dates on what was listed just now
        ({"links": None}, "feed", 1.0, None),
    ],
)
def test_what_an_answer_lists_and_since_when_is_a_condition(
    make_site: MakeSite, change: dict[str, Any], kind: Kind, chance: float, condition: str | None
) -> None:
    judged = found(make_site(), replace(WELL, **change), kind, chance)
    assert (judged and judged[0]) == condition


def test_silent_hours_that_a_seed_states_are_kept_to_the_letter(make_site: MakeSite) -> None:
    slow = replace(WELL, fresh_at=NOON - 13 * HOURS, lull_seconds=200 * HOUR)
    assert found(make_site(), slow) is None
    stated = make_site(expect={"silent_hours": 12})
    assert found(stated, slow) == (Condition.SILENT, NOON - 13 * HOURS)


def test_a_silence_counts_only_up_to_the_last_answer(make_site: MakeSite) -> None:
    """After two days without a crawl no source is silent before it was asked."""
    asked = NOON - 48 * HOURS
    rested = replace(WELL, fresh_at=asked - HOURS, newest=asked - HOURS)
    assert found(make_site(), rested, chance=0.0, last_success=asked) is None


def test_an_old_condition_keeps_its_time(make_site: MakeSite) -> None:
    for links, condition in ((0, Condition.REDESIGNED), (1, Condition.SPARSE)):
        noted = replace(WELL, links=links, condition=condition, since=NOON - 9 * HOURS)
        assert found(make_site(), noted) == (condition, NOON - 9 * HOURS)
        assert noted.works is (condition is Condition.SPARSE)


@given(
    st.floats(0, 900),
    st.floats(0, 900),
    st.floats(0, 1e6),
    st.booleans(),
    st.sampled_from([1e-9, 1]),
)
def test_who_is_silent_stays_silent_until_something_comes(
    hours: float, more: float, lull: float, dated: bool, chance: float
) -> None:
    site = Site.model_validate(
        {
            "id": "a",
            "name": "a",
            "home": "https://a.example/",
            "zone": "UTC",
            "feeds": ["https://a.example/f"],
            "article": "/",
        }
    )
    quiet = replace(
        WELL, fresh_at=NOON - hours * HOURS, lull_seconds=lull, dated=20 if dated else 0
    )
    longer = replace(quiet, fresh_at=NOON - (hours + more) * HOURS)
    before, after = (found(site, each, "page", chance) for each in (quiet, longer))
    assert before is None or after is not None


@given(st.floats(0, 300), st.floats(1, 400_000), st.floats(1, 300_000), st.floats(1, 300_000))
def test_a_longer_silence_is_less_likely(
    items: float, seconds: float, gap: float, more: float
) -> None:
    habit = Habit(items=items, seconds=seconds, polled_at=0.0)
    chances = [silence.chance(habit, FLAT, 1e-5, 0.0, until) for until in (gap, gap + more)]
    assert 0 <= chances[1] <= chances[0] <= 1


def test_a_source_does_not_grow_used_to_its_own_silence() -> None:
    """What is learnt from polls that find nothing leaves the chance of the silence as it was."""
    pace, url, now = Pace(), "https://a.example/f", 0.0
    pace.know(url, "a", Habit(), 60, 3600)
    while now < 10 * DAY:
        now += HOUR
        pace.learn(url, pace.polled(url, now, [now - 60]))
    since, expected = now, []
    pace.next_poll(url, now, lambda: 0.5)
    for _ in range(30):
        expected.append(math.log(pace.silence(url, since, since + 30 * HOUR)))
        now += HOUR
        pace.learn(url, pace.polled(url, now, []))
    assert min(expected) == pytest.approx(max(expected), rel=0.1)
    assert max(expected) < math.log(UNLIKELY)


def test_a_quiet_night_is_no_silence() -> None:
    """Twenty items a day, all between 6 and 18 h: twelve quiet hours are usual at night only."""
    dice = random.Random(5)
    pace, url = Pace(), "https://a.example/f"
    pace.know(url, "a", Habit(), 60, 3600)
    items = sorted(
        day * DAY + (6 + 12 * dice.random()) * HOUR for day in range(40) for _ in range(20)
    )
    for at in items:
        pace.learn(url, pace.polled(url, at + 60, [at]))
    pace.next_poll(url, items[-1] + 60, lambda: 0.5)
    evening = items[-1] + 60
    morning = evening + DAY / 2
    assert pace.silence(url, evening, morning) > 0.01
    assert pace.silence(url, evening, morning + DAY / 2) < UNLIKELY
    assert pace.silence("https://nobody.example/", 0, 9e9) == 1.0
    assert pace.silence(url, evening, evening - 1) == 1.0
