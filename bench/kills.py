"""SIGKILLs at random instants of the crawl and the bot, with Telegram misbehaving at random.

Lost must be 0. A message may come again only where its answer was lost, or where the bot was killed
before it can have written the answer down: what lies outside that window is counted by itself.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from killing import Killing
from loopback.botapi import BotAPI
from loopback.newsweb import NewsWeb
from rich.console import Console
from rich.table import Table

KILLS, STORIES = 300, 150


def run(kills: int = KILLS, stories: int = STORIES) -> None:
    """Print the toll."""
    with tempfile.TemporaryDirectory() as folder, NewsWeb() as web, BotAPI() as api:
        toll = Killing(Path(folder), web, api, random.Random(11)).run(kills, stories)
    table = Table("kills", "owed", "lost", "repeats", "outside the window", "most copies")
    table.add_column("violations")
    table.add_column("s")
    told = (toll.kills, toll.owed, toll.lost, toll.repeats, toll.unexplained, toll.most)
    table.add_row(*map(str, told), str(toll.violations), f"{toll.seconds:.0f}")
    Console().print(table)


if __name__ == "__main__":  # the children of a kill import this file too
    run()
