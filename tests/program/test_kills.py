"""Killed twenty times at random instants, with Telegram misbehaving: nothing is lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from killing import Killing
from loopback.botapi import BotAPI
from loopback.newsweb import NewsWeb

KILLS, STORIES = 20, 10


@pytest.mark.timeout(240)  # half a minute, but on a machine that is very busy
def test_killed_at_any_instant_nothing_is_lost_and_repeats_have_a_reason(
    web: NewsWeb, api: BotAPI, tmp_path: Path
) -> None:
    toll = Killing(tmp_path, web, api, random.Random(7)).run(KILLS, STORIES)
    assert toll.owed == STORIES * 8
    assert toll.lost == 0, toll
    assert toll.unexplained == 0, toll
    assert toll.violations == 0, toll
