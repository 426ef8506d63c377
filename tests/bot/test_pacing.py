"""Telegram's limits are kept however slow, shaken or bursty things get: simulated, no clock."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback.botrules import Ledger

from bot.gate import Gate
from bot.pacing import (
    MESSAGES_PER_SECOND,
    Pace,
    backoff_seconds,
    rest_seconds,
    retry_seconds,
)
from storage.people import ChatKind


def simulate(latencies: list[tuple[float, float]], chats: list[int]) -> list[tuple[float, int]]:
    """Send one message after another as soon as the pace allows; return arrivals at Telegram.

    `latencies` are the seconds to Telegram and back, used in turn.
    """
    pace, now = Pace(), 0.0
    answers: list[tuple[float, int]] = []
    arrivals: list[tuple[float, int]] = []
    waiting = list(chats)
    under_way: set[int] = set()
    while waiting:
        while answers and answers[0][0] <= now:
            at, chat = heapq.heappop(answers)
            pace.answered(at, chat, rest_seconds(kind(chat), 100))
            under_way.discard(chat)
        free = (chat for chat in waiting if chat not in under_way)
        ready = next((c for c in free if pace.wait_chat(now, c, kind(c), reply=False) == 0), None)
        wait = pace.wait_delivery(now)
        if ready is None or wait > 0:
            now = min(now + 0.01, answers[0][0]) if answers else now + 0.01
            continue
        there, back = latencies[len(arrivals) % len(latencies)]
        waiting.remove(ready)
        under_way.add(ready)
        pace.started(now, ready, rest_seconds(kind(ready), 100))
        arrivals.append((now + there, ready))
        heapq.heappush(answers, (now + there + back, ready))
    return arrivals


def kind(chat: int) -> ChatKind:
    return "private" if chat > 0 else "group"


LATENCY = st.tuples(st.floats(0.0, 1.5), st.floats(0.0, 1.5))


@given(
    latencies=st.lists(LATENCY, min_size=1, max_size=12),
    chats=st.lists(st.sampled_from([*range(1, 60), -1, -2]), min_size=1, max_size=120),
)
@settings(max_examples=60, deadline=None)
def test_no_window_sees_too_many_however_the_network_shakes(
    latencies: list[tuple[float, float]], chats: list[int]
) -> None:
    ledger = Ledger()
    for at, chat in sorted(simulate(latencies, chats)):
        ledger.message(at, chat)
    assert ledger.violations == []


def test_a_quick_line_is_used_almost_fully() -> None:
    arrivals = simulate([(0.01, 0.01)], list(range(1, 301)))
    assert sum(at < 10.0 for at, _ in arrivals) >= 270
    starts = sorted(at for at, _ in arrivals)
    assert min(b - a for a, b in itertools.pairwise(starts)) >= 0.019


def test_a_group_gets_at_most_twenty_a_minute_with_replies_in_between() -> None:
    pace, ledger, now = Pace(), Ledger(), 0.0
    while now < 300.0:
        for reply in (True, False):
            if pace.wait_chat(now, -1, "group", reply=reply) == 0:
                pace.started(now, -1, rest_seconds("group", 100))
                pace.answered(now, -1, rest_seconds("group", 100))
                ledger.message(now, -1)
        now += 0.1
    assert ledger.violations == []


def test_a_reader_who_presses_quickly_is_answered_at_once_but_not_for_ever() -> None:
    pace, waits = Pace(), []
    for _ in range(5):
        waits.append(pace.wait_chat(0.0, 1, "private", reply=True))
        pace.started(0.0, 1, 1.0)
    assert waits == [0, 0, 0, 1, 2]
    assert pace.wait_chat(0.0, 1, "private", reply=False) == 5


def test_longer_texts_rest_longer() -> None:
    assert [rest_seconds("private", units) for units in (0, 500, 501, 4096)] == [1, 1, 2, 9]
    assert rest_seconds("terminal", 4096) == 0


def test_a_message_under_way_counts_until_it_is_answered() -> None:
    pace = Pace()
    for _ in range(MESSAGES_PER_SECOND):
        pace.started(0.0)
    assert pace.wait_delivery(100.0) == float("inf")
    pace.answered(100.0)
    assert pace.wait_delivery(100.5) == pytest.approx(0.5)
    assert pace.wait_delivery(101.0) == 0


def test_what_is_known_of_resting_chats_stays_small() -> None:
    pace = Pace()
    for chat in range(1, 30_000):
        pace.started(float(chat), chat, 1.0)
    assert len(pace._free_at) <= 10_001


@pytest.mark.parametrize(
    ("told", "seconds"),
    [(3, 3), (0.5, 0.5), (None, 5), (0, 5), (-7, 5), (float("nan"), 5), (10**9, 86_400)],
)
def test_what_a_429_asks_for_is_kept_within_reason(told: float | None, seconds: float) -> None:
    assert retry_seconds(told) == seconds


def test_waits_double_up_to_a_limit() -> None:
    assert [backoff_seconds(n) for n in (0, 1, 2, 3, 7, 5000)] == [1, 1, 2, 4, 60, 60]


def test_chats_do_not_wait_for_one_another() -> None:
    arrivals = simulate([(0.05, 0.05)], [*([-1] * 5), *range(1, 30)])
    last: defaultdict[int, float] = defaultdict(float)
    for at, chat in arrivals:
        last[chat] = max(last[chat], at)
    assert last[-1] > 12.0
    assert max(at for chat, at in last.items() if chat > 0) < 2.0


async def test_replies_go_before_deliveries_when_there_is_no_room() -> None:
    loop = asyncio.get_running_loop()
    gate, order, arrived = Gate(loop.time), [], asyncio.Event()

    async def send(name: str, chat: int, *, reply: bool) -> None:
        async with gate.turn(chat, "private", units=10, reply=reply):
            order.append(name)
            if len(order) == MESSAGES_PER_SECOND:
                arrived.set()
            if name == "first":
                await arrived.wait()

    async with asyncio.TaskGroup() as tasks:
        for chat in range(1, MESSAGES_PER_SECOND + 1):
            tasks.create_task(send("first", chat, reply=True))
        await arrived.wait()
        tasks.create_task(send("delivery", 90, reply=False))
        await asyncio.sleep(0)
        tasks.create_task(send("reply", 91, reply=True))
    assert order[-2:] == ["reply", "delivery"]


async def test_after_a_restart_the_first_delivery_waits_out_the_window() -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    async with Gate(loop.time, quiet_seconds=0.6).turn(1, "private", units=1, reply=False):
        assert 0.39 <= loop.time() - started < 1.0
    async with Gate(loop.time, quiet_seconds=float("inf")).turn(1, "private", units=1, reply=False):
        pass
    assert loop.time() - started < 1.5
