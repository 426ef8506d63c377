"""What thirty outlets are asked in an hour without news: requests, bytes, and the share of 304s.

The hour is pressed into a minute: every interval of the seeds is a sixtieth of the usual, the
budget sixty times the default. Bytes are HTTP's, heads and bodies, without TLS and TCP.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from loopback.crawlworker import Worker, until
from loopback.manyhosts import ManyHosts
from rich.console import Console
from rich.table import Table

from spiders.pace.plan import POLLS_PER_SECOND

SITES = 30
FASTER = 60  # an hour in a minute
USUAL = {"min_seconds": 60.0, "max_seconds": 3600.0}  # of a seed that says nothing else


def run(minutes: float = 60.0) -> None:
    """Print what an idle hour comes to, over all thirty and for each."""
    with tempfile.TemporaryDirectory() as folder, ManyHosts("still") as web:
        worker = Worker(Path(folder), "--polls-per-second", f"{POLLS_PER_SECOND * FASTER:g}")
        try:
            poll = {name: seconds / FASTER for name, seconds in USUAL.items()}
            web.write_seeds(worker.seeds, SITES, **poll, delay_seconds=0.0)
            worker.reload()
            until(lambda: web.counts().pages >= SITES)
            before = web.counts()
            time.sleep(minutes * 60 / FASTER)
            after = web.counts()
        finally:
            worker.kill()
    polls = after.feeds - before.feeds
    asked = after.asked_bytes - before.asked_bytes
    answered = after.answered_bytes - before.answered_bytes
    table = Table("an idle hour, thirty sites", "in all", "each site")
    others = after.robots - before.robots + after.pages - before.pages
    for name, count in (
        ("polls", polls),
        ("of them answered 304", after.unchanged - before.unchanged),
        ("other requests", others),
        ("kB sent", asked / 1000),
        ("kB received", answered / 1000),
    ):
        table.add_row(name, f"{count:,.0f}", f"{count / SITES:,.1f}")
    table.add_row("share of 304", f"{(after.unchanged - before.unchanged) / polls:.3f}", "")
    Console().print(table)


if __name__ == "__main__":
    run()
