"""Works that stand in line at a desk together: one commit, and each as whole as by itself."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import pytest
from newsroom import NOON, SECOND, Newsroom, a_hit

from storage.desk import Desk
from storage.errors import StoreBusy, StoreError
from storage.outbox import Sent
from storage.store import Store
from watch.records import Level

Work = Callable[[Store], object]
KILLS = 6

forked = multiprocessing.get_context("fork")


class Pause:
    """A work that lasts until it is let go."""

    def __init__(self) -> None:
        self._begun, self._go_on = threading.Event(), threading.Event()

    def __call__(self, _store: Store) -> None:
        self._begun.set()
        assert self._go_on.wait(10)

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, 10)

    def end(self) -> None:
        self._go_on.set()


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    desk = Desk(database, group_seconds=60.0)
    yield desk
    desk.close()


async def in_line(desk: Desk, *works: Work) -> list[object]:
    """Have these works done as one group; what each came to, an exception too."""
    pause = Pause()
    asked = [asyncio.ensure_future(desk.ask(work)) for work in (pause, *works)]
    await pause.begun()
    pause.end()
    return (await asyncio.gather(*asked, return_exceptions=True))[1:]


def welcome(chat_id: int) -> Work:
    def work(store: Store) -> None:
        store.people.welcome(chat_id, "private", "ar", NOON)

    return work


def fail(_store: Store) -> None:
    raise ZeroDivisionError


def readers(database: Path) -> list[int]:
    with closing(sqlite3.connect(database)) as raw:
        return [row[0] for row in raw.execute("SELECT chat_id FROM readers ORDER BY 1")]


def commits(database: Path) -> int:
    """How many commits the write-ahead log holds: the last frame of each says the file's size."""
    log = database.with_name(f"{database.name}-wal").read_bytes()
    frame, salt = 24 + int.from_bytes(log[8:12]), log[16:24]
    heads = (log[at : at + 16] for at in range(32, len(log), frame))
    return sum(head[8:] == salt and any(head[4:8]) for head in heads)


async def test_works_in_line_are_committed_at_once(desk: Desk, database: Path) -> None:
    before = commits(database)
    await in_line(desk, *map(welcome, range(1, 41)))
    assert readers(database) == list(range(1, 41))
    assert commits(database) - before == 1


async def test_a_work_alone_waits_for_nobody(desk: Desk) -> None:
    async with asyncio.timeout(10):
        await desk.ask(welcome(1))


async def test_nobody_is_answered_before_the_commit(desk: Desk, database: Path) -> None:
    front, back = Pause(), Pause()
    before, written, after = (
        asyncio.ensure_future(desk.ask(work)) for work in (front, welcome(1), back)
    )
    await front.begun()
    front.end()
    await back.begun()
    assert not before.done()
    assert not written.done()
    assert readers(database) == []
    back.end()
    await asyncio.gather(before, written, after)
    assert readers(database) == [1]


async def test_a_work_that_fails_undoes_itself_alone(desk: Desk, database: Path) -> None:
    def follows_and_fails(store: Store) -> None:
        welcome(2)(store)
        store.people.follow(1, "aleppo", Level.ABOUT, NOON)
        raise ZeroDivisionError

    def goes_on_regardless(store: Store) -> None:
        welcome(4)(store)
        with suppress(sqlite3.IntegrityError):
            store.people.follow(99, "aleppo", Level.ABOUT, NOON)

    def reads(store: Store) -> int:
        return len(store.people.followed(1))

    first, second, third, fourth, fifth, last = await in_line(
        desk, fail, welcome(1), follows_and_fails, welcome(3), goes_on_regardless, reads
    )
    assert isinstance(first, ZeroDivisionError)
    assert isinstance(third, ZeroDivisionError)
    assert isinstance(fifth, sqlite3.IntegrityError)  # what it caught is told all the same
    assert (second, fourth, last) == (None, None, 0)
    assert readers(database) == [1, 3]


async def test_a_group_that_cannot_be_committed_fails_for_all(desk: Desk, database: Path) -> None:
    def owes_a_row(store: Store) -> None:
        with store.transaction():
            store._connection.execute("PRAGMA defer_foreign_keys=ON")
            store._connection.execute(
                """INSERT INTO subscriptions (topic, chat_id, level, since)
                VALUES ('aleppo', 99, 'about', '')"""
            )

    answers = await in_line(desk, welcome(1), owes_a_row, lambda store: store.outbox.owed())
    assert [type(answer) for answer in answers] == [sqlite3.IntegrityError] * 3
    assert readers(database) == []
    assert await in_line(desk, welcome(2)) == [None]
    assert readers(database) == [2]


async def test_a_full_disk_answers_only_for_what_is_kept(desk: Desk, database: Path) -> None:
    def fill(store: Store) -> None:
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count={pages}")

    def print_much(store: Store) -> None:
        Newsroom(store).prints(a_hit(), text="خبر " * 50_000)

    await desk.ask(fill)
    answers = await in_line(desk, welcome(1), print_much, welcome(2))
    kept = [number for number, answer in zip((1, 2), answers[::2], strict=True) if answer is None]
    assert isinstance(answers[1], StoreError)
    assert "free some disk space" in str(answers[1])
    assert readers(database) == kept


async def test_a_lock_held_elsewhere_is_waited_for_once(desk: Desk, database: Path) -> None:
    await desk.ask(lambda store: store._connection.execute("PRAGMA busy_timeout=50"))
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answers = await in_line(
            desk, lambda store: store.outbox.owed(), welcome(1), fail, welcome(2)
        )
    assert answers[0] == 0  # reading needs no lock
    assert [type(answer) for answer in answers[1:]] == [StoreBusy, ZeroDivisionError, StoreBusy]
    assert await in_line(desk, welcome(1)) == [None]


async def test_who_is_forgotten_in_a_group_is_left_in_no_log(desk: Desk, database: Path) -> None:
    await desk.ask(welcome(3))
    await in_line(desk, welcome(1), lambda store: store.people.forget(3), welcome(2))
    assert readers(database) == [1, 2]
    assert database.with_name(f"{database.name}-wal").stat().st_size == 0


def a_day(dice: random.Random) -> list[Work]:
    """What crawl and bot hand in on a made-up day; some of it fails, before or after writing."""
    numbers = count(1)

    def print_one(store: Store) -> object:
        number = next(numbers)
        room = Newsroom(store, printed=number)
        recorded = room.prints(a_hit(topic=dice.choice(("aleppo", "damascus"))))
        if number % 5 == 0:
            raise ZeroDivisionError
        return recorded

    def send(store: Store) -> object:
        room = Newsroom(store)
        claimed = room.claims(limit=2)
        for delivery in claimed:
            room.settles(delivery, Sent(delivery.id), NOON + SECOND)
        return [delivery.card.url for delivery in claimed]

    def follow(chat_id: int, topic: str) -> Work:
        return lambda store: store.people.follow(chat_id, topic, Level.ABOUT, NOON)

    works: list[Work] = [welcome(1), follow(1, "aleppo")]
    for _ in range(40):
        chat_id, topic = dice.randrange(1, 6), dice.choice(("aleppo", "damascus"))
        works.append(
            dice.choice(
                (welcome(chat_id), follow(chat_id, topic), print_one, print_one, send, fail)
            )
        )
    return works


def kept(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as raw:
        return [line for line in raw.iterdump() if "_sqlite_migrations" not in line]


@pytest.mark.parametrize("seed", range(4))
async def test_a_group_leaves_what_one_by_one_leaves(tmp_path: Path, seed: int) -> None:
    left = []
    for name, at_once in (("group", 60.0), ("alone", 0.0)):
        desk = Desk(tmp_path / name, group_seconds=at_once)
        dice = random.Random(seed)
        answers = await in_line(desk, *a_day(dice))
        desk.close()
        left.append((list(map(repr, answers)), kept(tmp_path / name)))
    assert left[0] == left[1]


def welcome_many(database: Path, said: Pipe) -> None:
    """Hand in works for ever, many at a time; say each that was answered."""

    async def one(desk: Desk, chat_id: int) -> None:
        await desk.ask(welcome(chat_id))
        said.send(chat_id)

    async def run() -> None:
        desk = Desk(database)
        last = await desk.ask(lambda store: store.archive.status(NOON).readers)
        for begin in count(last + 1, 20):
            await asyncio.gather(*(one(desk, begin + each) for each in range(20)))

    asyncio.run(run())


def test_killed_in_the_midst_of_groups_what_was_answered_is_there(database: Path) -> None:
    dice = random.Random(5)
    for _ in range(KILLS):
        ours, theirs = forked.Pipe(duplex=False)
        child = forked.Process(target=welcome_many, args=(database, theirs), daemon=True)
        child.start()
        theirs.close()
        said = [ours.recv() for _ in range(dice.randrange(1, 70))]
        child.kill()
        child.join()
        with suppress(EOFError):
            while True:
                said.append(ours.recv())
        found = readers(database)
        assert set(said) <= set(found)
        assert found == list(range(1, len(found) + 1))  # none of a group is there without another
