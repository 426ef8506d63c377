"""Seeds that cannot be used: said in one line at a start, and no harm to a crawl that runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from loopback import forked
from loopback.newsweb import NewsWeb, Outlet
from loopback.running import Start, wait_until

from munadi import cli

ROOT = Path(__file__).parents[2]


def polls(outlet: Outlet) -> int:
    return len(outlet.asked("/feed"))


@pytest.mark.parametrize("command", ["run", "crawl"])
def test_seeds_that_are_not_there_end_the_program_at_once(tmp_path: Path, command: str) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MUNADI_")}
    given = {"MUNADI_SEEDS": str(tmp_path / "sedes"), "MUNADI_DB": str(tmp_path / "munadi.db")}
    ended = forked.run(cli.main, command, folder=tmp_path, environment=clean | given)
    assert ended.returncode == 2
    assert "ready" not in ended.stderr
    (line,) = [line for line in ended.stderr.splitlines() if line.startswith("munadi: ")]
    assert f"{tmp_path}/sedes/sites: no site seeds" in line
    assert "point MUNADI_SEEDS at a folder that has them" in line


def test_a_seed_that_is_broken_at_a_reload_leaves_the_old_one_in_force(
    start: Start, web: NewsWeb, outlet: Outlet, tmp_path: Path
) -> None:
    running = start("--roles", "crawl")
    running.until_ready()
    wait_until(lambda: polls(outlet))
    added = web.outlet("added", "المضاف")
    added.write_seed(tmp_path / "seeds")
    seed = tmp_path / "seeds" / "sites" / f"{outlet.id}.toml"
    seed.write_text(seed.read_text() + "\nhuhu = 1\n")
    running.process.send_signal(signal.SIGHUP)
    running.until_said(f"in force as they were before: the seeds of {outlet.id}")
    assert running.said.count(f"sites/{outlet.id}.toml") == 1
    wait_until(lambda: polls(added))
    before = polls(outlet)
    wait_until(lambda: polls(outlet) > before + 2)

    for file in seed.parent.iterdir():
        file.unlink()
    running.process.send_signal(signal.SIGHUP)
    running.until_said("no site seeds")
    before = polls(outlet)
    wait_until(lambda: polls(outlet) > before + 2)
    assert running.stop()[0] == 0


def test_scrapy_by_hand_reads_the_settings_file(tmp_path: Path, web: NewsWeb) -> None:
    web.outlet("minbar", "المنبر").write_seed(tmp_path / "seeds")
    (tmp_path / ".env").write_text("MUNADI_SEEDS=seeds\nMUNADI_TELEGRAM_TOKEN=12345:secret\n")
    (tmp_path / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text())
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MUNADI_")}
    listed = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        env=clean,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert listed.stdout.split() == ["minbar"]
    shown = [sys.executable, "-m", "scrapy", "settings", "--get", "MUNADI_TELEGRAM_TOKEN"]
    said = subprocess.run(
        shown, env=clean, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert "secret" not in said.stdout + said.stderr
