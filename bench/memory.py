"""Memory of `munadi run`, both processes, over a hundred rounds of thirty sites."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psutil
from loopback.botapi import BotAPI
from loopback.newsweb import NewsWeb
from loopback.running import wait_until
from rich.console import Console
from rich.table import Table

from bench.real_processes import RealRunning

SITES = 30
ROUNDS = 100
LOOKS = (10, 25, 50, 75, 100)  # rounds after which memory is read
POLL = {"min_seconds": 0.5, "max_seconds": 2.0, "delay_seconds": 0.0}


def run(sites: int = SITES, rounds: int = ROUNDS) -> None:
    """Let thirty sites publish on and on; print the memory of both processes as it goes."""
    with tempfile.TemporaryDirectory() as folder, NewsWeb() as web, BotAPI() as api:
        outlets = [web.outlet(f"site{number}", f"صحيفة {number}") for number in range(sites)]
        for outlet in outlets:
            outlet.publish("نشرة الصباح", f"لا جديد هذا الصباح في {outlet.name}.")
            outlet.write_seed(Path(folder) / "seeds", poll=POLL)
        environment = {"MUNADI_TELEGRAM_TOKEN": api.token, "MUNADI_TELEGRAM_API": api.url}
        running = RealRunning(Path(folder), **environment)
        table = Table("rounds", "bot MB", "worker MB", "together MB", "descriptors")
        try:
            running.until_ready()
            worker = running.worker()
            for look in (each for each in LOOKS if each <= rounds):
                for outlet in outlets:
                    number = len(outlet.stories)
                    body = f"قال مصدر في حلب إن الخبر رقم {number} من {outlet.name} مؤكد. " * 20
                    outlet.publish(f"خبر {number} من حلب في {outlet.name}", body)
                wait_until(
                    lambda look=look: min(len(each.asked("/feed")) for each in outlets) >= look, 300
                )
                parts = [running.process_info(), worker]
                used = [part.memory_info().rss / 1e6 for part in parts]
                opened = sum(part.num_fds() for part in parts)
                table.add_row(str(look), *(f"{v:.0f}" for v in (*used, sum(used))), str(opened))
        except psutil.NoSuchProcess:
            Console().print("[red]the worker was replaced while it was measured[/red]")
        finally:
            running.kill()
    Console().print(table)
