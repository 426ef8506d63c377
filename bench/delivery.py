"""How fast alerts leave within Telegram's limits, and what waiting for news costs.

The real app delivers to the Bot API stand-in, which counts every violation of the documented
limits. Stand-in and app share this process, so the idle figure is the difference to the stand-in
alone.
"""

from __future__ import annotations

import asyncio
import io
import statistics
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from loopback.botapi import BotAPI
from loopback.botchat import Message
from rich.console import Console
from rich.table import Table

from bot import app
from bot.pacing import MESSAGES_PER_SECOND
from munadi.settings import shipped_seeds
from storage.store import Store
from watch.ports import Verdict
from watch.records import Article, Hit, Level, Relation, Span
from watch.topics import load

READERS, GROUPS = 2_000, 50
BURST_STORIES, BURST_READERS = 25, 500  # seven minutes at Telegram's pace
IDLE_SECONDS = 20.0
TOPIC = "aleppo"


def run(
    readers: int = READERS,
    groups: int = GROUPS,
    burst: tuple[int, int] = (BURST_STORIES, BURST_READERS),
    idle_seconds: float = IDLE_SECONDS,
) -> None:
    """Print alerts a second with the violations, a burst of stories, and the cost of idling."""
    console = Console()
    everyone = [*range(1, readers + 1), *(-1_000_000 - n for n in range(groups))]
    heads = ("median wait s", "worst s", "the limit forces s", "violations")
    table = Table("deliveries", "chats", "alerts/s", *heads)
    table.add_row(*asyncio.run(_delivered(everyone, 1)))
    stories, few = burst
    table.add_row(*asyncio.run(_delivered(list(range(1, few + 1)), stories)))
    console.print(table)
    alone = asyncio.run(_idle(idle_seconds, with_app=False))
    cost = asyncio.run(_idle(idle_seconds, with_app=True)) - alone
    console.print(f"waiting for news: {cost * 60_000:.0f} ms of CPU a minute")


async def _delivered(chats: list[int], stories: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, BotAPI() as api:
        database = Path(folder) / "munadi.db"
        _followed(database, chats)
        stop, ready = asyncio.Event(), asyncio.Event()
        serving = asyncio.create_task(_serve(database, api, stop, ready))
        await ready.wait()
        owed = time.monotonic()
        for number in range(stories):
            _owed(database, number)
        await api.until(lambda: len(api.sent()) == len(chats) * stories, 900)
        stop.set()
        await serving
        return _figures(api.sent(), owed, len(chats), api.ledger.violations)


def _figures(sent: list[Message], owed: float, chats: int, violations: list[str]) -> list[str]:
    last: defaultdict[int, float] = defaultdict(float)
    for message in sent:
        last[message.chat_id] = max(last[message.chat_id], message.at - owed)
    arrivals = sorted(message.at for message in sent)
    rate = (len(arrivals) - 1) / (arrivals[-1] - arrivals[0])
    waits = [message.at - owed for message in sent]
    return [
        str(len(sent)),
        str(chats),
        f"{rate:.1f}",
        f"{statistics.median(waits):.1f}",
        f"{max(last.values()):.1f}",
        f"{(len(sent) - 1) / MESSAGES_PER_SECOND:.1f}",
        str(len(violations)),
    ]


async def _idle(seconds: float, *, with_app: bool) -> float:
    """CPU seconds this process takes in a second."""
    with tempfile.TemporaryDirectory() as folder, BotAPI() as api:
        stop, ready = asyncio.Event(), asyncio.Event()
        if with_app:
            serving = asyncio.create_task(_serve(Path(folder) / "munadi.db", api, stop, ready))
            await ready.wait()
            await asyncio.sleep(2.0)
        before = time.process_time()
        await asyncio.sleep(seconds)
        used = time.process_time() - before
        if with_app:
            stop.set()
            await serving
        return used / seconds


async def _serve(database: Path, api: BotAPI, stop: asyncio.Event, ready: asyncio.Event) -> None:
    await app.serve(
        database=database,
        topics=load(shipped_seeds()),
        token=api.token,
        api=api.url,
        admins=(),
        stop=stop,
        ready=ready.set,
        console=Console(file=io.StringIO()),
    )


def _followed(database: Path, chats: list[int]) -> None:
    now = datetime.now(UTC)
    with Store(database) as store:
        for chat in chats:
            store.people.welcome(chat, "private" if chat > 0 else "group", "ar", now)
            store.people.follow(chat, TOPIC, Level.ABOUT, now)


def _owed(database: Path, number: int) -> None:
    """Record an article for all followers."""
    now = datetime.now(UTC)
    hit = Hit(
        topic=TOPIC,
        level=Level.ABOUT,
        score=1.0,
        matched=("حلب",),
        spans=(Span("text", 3, 6),),
        reason="made up",
    )
    article = Article(
        site="bench",
        outlet="جريدة القياس",
        url=f"https://bench.example/{number}",
        identity=f"bench:{number}",
        title=f"خبر رقم {number} من أسواق حلب",
        text="في حلب القديمة عاد أصحاب المحال إلى متاجرهم، وبدأ الزوار يتوافدون عليها. " * 3,
        published=now,
        updated=None,
        agency=None,
        language="ar",
        first_seen=now,
        alerts=True,
    )
    verdict = Verdict(
        relation=Relation.NEW,
        score=1.0,
        known=None,
        story=None,
        follows=None,
        hits=(hit,),
        sketch=(),
    )
    with Store(database) as store, store.transaction():
        store.stories.record(article, verdict)


if __name__ == "__main__":
    run()
