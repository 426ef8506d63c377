"""A twelve-hour outage of Telegram, time compressed: what is told, what is summarised, in order."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from outage import outage
from rich.console import Console
from rich.table import Table

STORIES, READERS = 500, 200


def run(stories: int = STORIES, readers: int = READERS) -> None:
    """Print what became of everything that was owed."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        report = outage(Path(folder), stories, readers)
        took = time.monotonic() - began
    ordered = all(told == sorted(told) for told in report.alone.values())
    table = Table(title=f"twelve hours without Telegram, {stories} stories, {readers} readers")
    for head in ("owed", "told alone", "in a catch-up", "messages of it", "left", "in order"):
        table.add_column(head)
    table.add_column("minutes to tell it all")
    table.add_row(
        *(f"{report.owed:,}", f"{report.sent():,}", f"{report.told:,}"),
        *(str(sum(map(len, report.pages.values()))), str(report.left)),
        *("yes" if ordered else "no", f"{report.minutes:.0f}"),
    )
    Console().print(table)
    Console().print(f"simulated in {took:.0f} s")


if __name__ == "__main__":
    run()
