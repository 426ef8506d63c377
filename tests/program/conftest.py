"""A world for the service: one outlet, Telegram, and a folder to live in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback.botapi import BotAPI
from loopback.newsweb import NewsWeb, Outlet
from loopback.running import Running, Start


@pytest.fixture
def web() -> Iterator[NewsWeb]:
    with NewsWeb() as web:
        yield web


@pytest.fixture
def outlet(web: NewsWeb, tmp_path: Path) -> Outlet:
    outlet = web.outlet("nahr", "صحيفة النهر")
    outlet.publish("افتتاح معرض للكتاب في العاصمة", "افتتح المعرض أبوابه أمام الزوار صباح اليوم.")
    outlet.write_seed(tmp_path / "seeds")
    return outlet


@pytest.fixture
def api() -> Iterator[BotAPI]:
    with BotAPI() as api:
        yield api


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `munadi run`; whatever still runs at the end of the test is killed."""
    started: list[Running] = []

    def begin(*arguments: str, api: BotAPI | None = None, **environment: str) -> Running:
        if api is not None:
            environment = {
                "MUNADI_TELEGRAM_TOKEN": api.token,
                "MUNADI_TELEGRAM_API": api.url,
            } | environment
        running = Running(tmp_path, *arguments, **environment)
        started.append(running)
        return running

    yield begin
    for running in started:
        running.kill()
