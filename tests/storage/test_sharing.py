"""Several processes, threads and roles on one database: each row goes out once, each role once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import pytest
from newsroom import NOON, SECOND, Newsroom, a_hit

from storage.desk import Desk
from storage.errors import AlreadyRunning, StoreError
from storage.locks import role_lock
from storage.outbox import Sent
from storage.store import Store

forked = multiprocessing.get_context("fork")


def claim_all(database: Path, said: Pipe) -> None:
    """Claim and settle until nothing is left; say which rows."""
    mine: list[int] = []
    with Store(database) as store:
        newsroom = Newsroom(store)
        while store.outbox.owed():
            for delivery in newsroom.claims(limit=7, holder=str(os.getpid())):
                mine.append(delivery.id)
                newsroom.settles(delivery, Sent(1), NOON - 2 * SECOND)
    said.send(mine)


def test_two_claimers_never_get_the_same_row(database: Path) -> None:
    with Store(database) as store:
        newsroom = Newsroom(store)
        for chat_id in range(1, 41):
            newsroom.reader(chat_id, "aleppo")
        for _ in range(10):
            newsroom.prints(a_hit())
    pipes, children = [], []
    for _ in range(3):
        ours, theirs = forked.Pipe(duplex=False)
        children.append(forked.Process(target=claim_all, args=(database, theirs), daemon=True))
        pipes.append(ours)
    for child in children:
        child.start()
    claimed = [row for pipe in pipes for row in pipe.recv()]
    for child in children:
        child.join()
    assert len(claimed) == len(set(claimed)) == 400


def open_and_report(database: Path, said: Pipe) -> None:
    try:
        Store(database).close()
        said.send("opened")
    except Exception as error:
        said.send(repr(error))


def test_processes_that_open_a_fresh_database_together_all_succeed(database: Path) -> None:
    pipes = []
    for _ in range(6):
        ours, theirs = forked.Pipe(duplex=False)
        forked.Process(target=open_and_report, args=(database, theirs), daemon=True).start()
        pipes.append(ours)
    assert [pipe.recv() for pipe in pipes] == ["opened"] * 6


def hold(database: Path, said: Pipe) -> None:
    with role_lock(database, "bot"):
        said.send("held")
        threading.Event().wait()


def test_a_role_is_played_once_and_a_killed_player_frees_it(database: Path) -> None:
    ours, theirs = forked.Pipe(duplex=False)
    child = forked.Process(target=hold, args=(database, theirs), daemon=True)
    child.start()
    assert ours.recv() == "held"
    refusal = rf"process {child.pid} already plays bot on .*munadi\.db: stop it"
    with pytest.raises(AlreadyRunning, match=refusal), role_lock(database, "bot"):
        pass
    with role_lock(database, "crawl"):
        pass
    child.kill()
    with role_lock(database, "bot", wait_seconds=10.0):
        pass


def test_a_role_may_be_waited_for(database: Path) -> None:
    held, leave = threading.Event(), threading.Event()

    def player() -> None:
        with role_lock(database, "bot"):
            held.set()
            leave.wait(10)

    thread = threading.Thread(target=player)
    thread.start()
    assert held.wait(10)
    with pytest.raises(AlreadyRunning), role_lock(database, "bot", wait_seconds=0.1):
        pass
    leave.set()
    with role_lock(database, "bot", wait_seconds=10.0):
        pass
    thread.join()


def test_a_lock_that_cannot_be_made_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="writable"), role_lock(tmp_path / "file" / "db", "bot"):
        pass


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    desk = Desk(database)
    yield desk
    desk.close()


async def test_a_desk_answers_in_order_on_its_own_thread(desk: Desk) -> None:
    asked: list[int] = []

    def work(number: int, _store: Store) -> str:
        asked.append(number)
        return threading.current_thread().name

    names = await asyncio.gather(
        *(desk.ask(lambda store, n=n: work(n, store)) for n in range(50))  # type: ignore[misc]
    )
    assert asked == list(range(50))
    assert len(set(names)) == 1
    assert names[0] != threading.current_thread().name


async def test_a_desk_raises_what_the_work_raised_and_goes_on(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        await desk.ask(lambda _store: 1 // 0)
    assert await desk.ask(lambda store: store.outbox.owed()) == 0


async def test_work_that_has_begun_is_finished_when_the_asker_is_cancelled(desk: Desk) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(store: Store) -> None:
        begun.set()
        go_on.wait(10)
        store.people.welcome(1, "private", "ar", NOON)

    asking = asyncio.create_task(desk.ask(work))
    await asyncio.to_thread(begun.wait, 10)
    asking.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await desk.ask(lambda store: store.people.find(1)) is not None


async def test_closing_a_desk_finishes_what_was_asked(desk: Desk, database: Path) -> None:
    asked = asyncio.gather(
        *(
            desk.ask(lambda store, n=n: store.people.welcome(n, "private", "ar", NOON))  # type: ignore[misc]
            for n in range(1, 30)
        )
    )
    await asyncio.sleep(0)  # all are handed in
    desk.close()
    desk.close()
    assert len(await asked) == 29
    with Store(database) as store:
        assert store.archive.status(NOON).readers == 29


def test_a_desk_on_a_bad_file_says_so_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Desk(tmp_path)


def test_a_store_belongs_to_the_thread_that_opened_it(store: Store) -> None:
    caught: list[Exception] = []

    def elsewhere() -> None:
        try:
            store.outbox.owed()
        except Exception as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "thread" in str(caught[0])
