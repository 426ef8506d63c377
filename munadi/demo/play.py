"""The play: a made-up press prints three editions, munadi reads them, and the end is checked.

Nothing is staged but the press. The spiders, the judgement, the store and the delivery are those of
`munadi crawl` and `munadi run`; the crawl runs as that command, in a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import app
from munadi.demo.cast import outlets
from munadi.demo.outcome import Outcome, outcomes
from munadi.demo.press import STRANGER, Press
from munadi.settings import shipped_seeds
from storage.desk import Desk
from storage.ledger import Entry
from watch.topics import load

EDITIONS = (
    "First round: what is there already is recorded, nobody is told",
    "The news of the day",
    "Later: a second outlet prints the same report, and a toll rises",
)
TOPICS = ("aleppo", "syria-ceasefire")
SETTLED_SECONDS = 10.0  # for the terminal to be told all that is owed
CRAWL_SECONDS = 60.0
EDITS = 2  # the card that a second outlet joins, and the one whose article is edited

Report = Mapping[str, Any]


class PlayError(Exception):
    """The play cannot go on; the message holds what the crawl said."""


def play(console: Console | None = None) -> int:
    """Show the whole path; return 0 only if every article came out as it had to."""
    console = console or Console()
    started = time.monotonic()
    press = Press(outlets(datetime.now(UTC)), lambda: datetime.now(UTC))
    with TemporaryDirectory(prefix="munadi-demo-") as folder, press.web:
        stage = Stage(Path(folder), press, console)
        try:
            ended = asyncio.run(stage.play())
        except PlayError as error:
            console.print(Text(str(error)), style="red")
            return 1
    wrong = show(console, ended)
    console.print(f"{time.monotonic() - started:.1f} s in all")
    return 1 if wrong else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What the play came to."""

    outcomes: list[Outcome]
    alerts: int
    edits: int
    asked: int  # requests to the press
    unchanged: int  # of them, those answered 304
    strangers: int  # requests to the host that no seed names
    refused: int  # links to it that were counted


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the play is given: a folder for seeds and database, the press, and the audience."""

    folder: Path
    press: Press
    console: Console

    @property
    def database(self) -> Path:
        return self.folder / "munadi.db"

    async def play(self) -> Ended:
        """Deliver to the terminal while the press prints its editions."""
        self.press.write_seeds(self.folder)
        self._watch(*TOPICS)
        names = "، ".join(outlet.name for outlet in self.press.outlets)
        self.console.print(f"Served on this machine, all of it made up: {names}")
        stop, ready = asyncio.Event(), asyncio.Event()
        audience = asyncio.create_task(
            app.serve(
                database=self.database,
                topics=load(self.folder),
                token=None,
                api=None,
                admins=(),
                stop=stop,
                ready=ready.set,
                console=self.console,
            )
        )
        desk: Desk | None = None
        try:
            await _first(ready.wait(), audience)
            desk = await asyncio.to_thread(Desk, self.database)
            reports = [await self._edition(number, desk) for number in (1, 2, 3)]
            entries = list(await desk.ask(lambda store: store.archive.ledger()))
        finally:
            stop.set()
            await audience
            if desk:
                await asyncio.to_thread(desk.close)
        return self._ended(entries, [row for report in reports for row in report])

    def _watch(self, *topics: str) -> None:
        """Watch some of the shipped topics, as somebody who wants no others would."""
        for shared in ("places", "concepts"):
            shutil.copytree(shipped_seeds() / shared, self.folder / shared)
        (self.folder / "topics").mkdir()
        for topic in topics:
            shutil.copy(shipped_seeds() / "topics" / f"{topic}.toml", self.folder / "topics")

    async def _edition(self, number: int, desk: Desk) -> list[Report]:
        self.console.rule(f"{number}. {EDITIONS[number - 1]}")
        self.press.stage = number
        report = await self._crawl()
        counts = {
            key: sum(row[key] for row in report) for key in ("found", "new", "changed", "alerted")
        }
        await self._settle(desk)
        self.console.print(", ".join(f"{value} {key}" for key, value in counts.items()))
        return report

    async def _crawl(self) -> list[Report]:
        """One round of every outlet, by the command that anyone would type."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MUNADI_")}
        environment |= {"MUNADI_DB": str(self.database), "MUNADI_SEEDS": str(self.folder)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "munadi", "crawl", "--json"),
            cwd=self.folder,  # away from any .env
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(CRAWL_SECONDS):
                printed, said = await process.communicate()
        except TimeoutError:
            process.kill()
            raise PlayError(f"the crawl took longer than {CRAWL_SECONDS:g} s") from None
        if process.returncode:
            raise PlayError(said.decode(errors="replace"))
        report: list[Report] = json.loads(printed)
        return report

    async def _settle(self, desk: Desk) -> None:
        """Wait until nothing is owed."""
        deadline = time.monotonic() + SETTLED_SECONDS
        while owed := await desk.ask(lambda store: store.outbox.owed()):
            if time.monotonic() > deadline:
                raise PlayError(f"{owed} messages are still owed")
            await asyncio.sleep(0.05)

    def _ended(self, entries: list[Entry], reports: list[Report]) -> Ended:
        unreadable = {
            row["site"]: ", ".join(row["unreadable"]) for row in reports if row["unreadable"]
        }
        asked = self.press.web.asked
        return Ended(
            outcomes=outcomes(self.press.outlets, entries, unreadable),
            alerts=sum(entry.alerted for entry in entries),
            edits=sum(entry.edited for entry in entries),
            asked=len(asked),
            unchanged=sum(request.status == 304 for request in asked),
            strangers=sum(request.host == STRANGER for request in asked),
            refused=sum(row["refused"] for row in reports),
        )


async def _first(wanted: Any, task: asyncio.Task[int]) -> None:
    """Wait for one thing, or raise what ended the task meanwhile."""
    waiting = asyncio.ensure_future(wanted)
    await asyncio.wait({waiting, task}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        waiting.cancel()
        task.result()
        raise PlayError("the terminal left before the play began")


def show(console: Console, ended: Ended) -> int:
    """Print the table of every article, and the sums; return how much is not as it must be."""
    console.rule("What was found, joined and held back, and why")
    table = Table(show_lines=True, expand=True)
    for heading, ratio in (("article", 5), ("became", 2), ("why", 5)):
        table.add_column(heading, ratio=ratio)
    for outcome in ended.outcomes:
        mark = Text(f"✗ {outcome.wrong}", "red") if outcome.wrong else Text("✓", "green")
        why = Text.assemble(outcome.why, (f"\n{outcome.note}" if outcome.note else "", "italic"))
        table.add_row(
            Text.assemble(outcome.title, "\n", (outcome.outlet, "dim")),
            Text.assemble(outcome.fate, " ", mark),
            why,
        )
    console.print(table)
    expected = sum(outcome.fate.startswith("alert") for outcome in ended.outcomes)
    checks = {
        f"alerts: {ended.alerts}, for {len(ended.outcomes)} articles": ended.alerts == expected,
        f"cards edited: {ended.edits}": ended.edits == EDITS,
        f"links to a host that no seed names: {ended.refused} refused, {ended.strangers} asked": (
            ended.refused > 0 and not ended.strangers
        ),
        f"requests: {ended.asked}, answered with 304: {ended.unchanged}": ended.unchanged > 0,
    }
    for line, right in checks.items():
        console.print(Text("✓ " if right else "✗ ", "green" if right else "red"), line, sep="")
    wrong = sum(bool(outcome.wrong) for outcome in ended.outcomes) + list(checks.values()).count(
        False
    )
    console.print("all as it must be" if not wrong else f"{wrong} not as they must be")
    return wrong
