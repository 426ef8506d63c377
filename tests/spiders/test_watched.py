"""A line that a reader saves reaches the open crawl with the next article, and leaves it so."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from spiders.newsroom import Newsroom
from storage.store import Store
from watch.matching import match
from watch.topics import Topics

SEEDS = Path(__file__).parents[2] / "seeds"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
READER = 5


def told(topics: Topics) -> list[str]:
    return [hit.topic for hit in match("", "جف سد القرية الصغير", topics)]


def test_lines_come_and_go_while_the_crawl_runs(tmp_path: Path) -> None:
    database = tmp_path / "munadi.db"

    async def crawl() -> None:
        room = Newsroom(database, tmp_path, SEEDS)
        try:
            assert told(await room.ask(room.topics)) == []
            with Store(database) as bot:
                bot.people.welcome(READER, "private", "ar", NOW)
                kept = bot.watches.keep(READER, "سد القرية", "السد", NOW)
                assert told(await room.ask(room.topics)) == [kept.topic]
                room.reload()
                assert told(await room.ask(room.topics)) == [kept.topic]
                assert bot.watches.drop(READER, kept.id)
                assert told(await room.ask(room.topics)) == []
        finally:
            room.close()

    asyncio.run(crawl())
