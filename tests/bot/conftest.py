"""The real app on a fresh database against the Bot API stand-in, and a press that prints."""

from __future__ import annotations

import asyncio
import io
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback.botapi import BotAPI
from rich.console import Console

from bot import app
from storage.people import ChatKind, Language, Reader
from storage.store import Store
from watch.ports import Recorded, Verdict
from watch.records import Article, Change, Hit, Level, Relation, Span
from watch.topics import Topics, load

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def topics() -> Topics:
    return load(SEEDS)


@pytest.fixture
def database(tmp_path: Path, new_database: Path) -> Path:
    return Path(shutil.copy(new_database, tmp_path))


@pytest.fixture
def api() -> Iterator[BotAPI]:
    with BotAPI() as served:
        yield served


@dataclass
class Press:
    """Records stories in the database, as the crawl would, and reads what became of them."""

    database: Path
    printed: int = 0

    def prints(
        self,
        *topics: str,
        level: Level = Level.ABOUT,
        relation: Relation = Relation.NEW,
        story: int | None = None,
        follows: int | None = None,
        changes: tuple[Change, ...] = (),
        **changed: object,
    ) -> Recorded:
        """One article that hits these topics; `changed` fields replace the invented ones."""
        self.printed += 1
        article = replace(an_article(self.printed), **changed)  # type: ignore[arg-type]
        verdict = Verdict(
            relation=relation,
            score=1.0,
            known=None,
            story=story,
            follows=follows,
            hits=tuple(a_hit(article, topic, level) for topic in topics),
            sketch=(),
            changes=changes,
        )
        with Store(self.database) as store, store.transaction():
            return store.stories.record(article, verdict)

    def reader(
        self,
        chat_id: int,
        *topics: str,
        level: Level = Level.ABOUT,
        kind: ChatKind = "private",
        language: Language = "ar",
    ) -> None:
        """A reader who follows these topics."""
        now = datetime.now(UTC)
        with Store(self.database) as store:
            store.people.welcome(chat_id, kind, language, now)
            for topic in topics:
                store.people.follow(chat_id, topic, level, now)

    def find(self, chat_id: int) -> Reader | None:
        with Store(self.database) as store:
            return store.people.find(chat_id)

    def follows(self, chat_id: int) -> dict[str, Level]:
        with Store(self.database) as store:
            return {s.topic: s.level for s in store.people.followed(chat_id)}

    def owed(self) -> int:
        with Store(self.database) as store:
            return store.outbox.owed()


@pytest.fixture
def press(database: Path) -> Press:
    return Press(database)


def an_article(number: int) -> Article:
    now = datetime.now(UTC)
    return Article(
        site=f"site{number}",
        outlet=f"جريدة الضفة {number}",
        url=f"https://paper{number}.example/news/{number}?a=1&b=2",
        identity=f"site{number}:{number}",
        title=f"ترميم سوق حلب القديم يدخل مرحلته الأخيرة {number}",
        text=f"قال مهندسون في حلب إن ترميم السوق سينتهي قبل الصيف.\n\nفقرة ثانية {number}.",
        published=now,
        updated=None,
        agency=None,
        language="ar",
        first_seen=now,
        alerts=True,
    )


def a_hit(article: Article, topic: str, level: Level) -> Hit:
    start = max(article.text.find("حلب"), 0)
    return Hit(
        topic=topic,
        level=level,
        score=0.9,
        matched=("حلب",),
        spans=(Span("text", start, start + 3),),
        reason="named in the first paragraph",
    )


@dataclass
class Running:
    """The app, running in this test's loop."""

    database: Path
    topics: Topics
    token: str | None
    api: str | None
    alone: bool = False
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    is_ready: asyncio.Event = field(default_factory=asyncio.Event)
    output: io.StringIO = field(default_factory=io.StringIO)
    task: asyncio.Task[int] | None = None

    async def start(self) -> None:
        self.task = asyncio.create_task(
            app.serve(
                database=self.database,
                topics=self.topics,
                token=self.token,
                api=self.api,
                admins=(),
                stop=self.stop,
                ready=self.is_ready.set,
                console=Console(file=self.output, width=80),
                alone=self.alone,
            )
        )
        ready = asyncio.create_task(self.is_ready.wait())
        await asyncio.wait({ready, self.task}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self.task.done():
            self.task.result()
        assert self.is_ready.is_set()

    async def end(self) -> int:
        self.stop.set()
        assert self.task is not None
        return await asyncio.wait_for(self.task, 3.0)  # the contract's share of a stop

    async def crash(self) -> None:
        """End as abruptly as a task can; only the database is left."""
        assert self.task is not None
        self.task.cancel()
        await asyncio.wait({self.task})


Start = Callable[..., Awaitable[Running]]


@pytest.fixture
async def start(database: Path, topics: Topics, api: BotAPI) -> AsyncIterator[Start]:
    """Start the app against the stand-in; what still runs at the end of the test is stopped."""
    started: list[Running] = []

    async def go(
        token: str | None = api.token, at: str | None = api.url, *, alone: bool = False
    ) -> Running:
        running = Running(database, topics, token, at, alone)
        started.append(running)
        await running.start()
        return running

    yield go
    for running in started:
        if running.task is not None and not running.task.done():
            await running.end()


async def eventually(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something is true; fail when it is not in time."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not await asyncio.to_thread(true):
        assert loop.time() < deadline, "not in time"
        await asyncio.sleep(0.05)


@pytest.fixture(name="eventually")
def _eventually() -> Callable[..., Awaitable[None]]:
    return eventually
