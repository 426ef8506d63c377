"""A store on a thread of its own, for event loops: work is handed in, results are awaited."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from storage.store import Store

GROUP_SECONDS = 0.05  # what the works of one group may take: so long others wait for the lock

T = TypeVar("T")


@dataclass(slots=True)
class _Asked:
    """A work in line, who awaits it, and what it came to."""

    work: Callable[[Store], Any]
    answer: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def do(self, store: Store) -> None:
        try:
            with store.work():
                self.result = self.work(store)
        except BaseException as error:  # it is raised where it is awaited
            self.error = error

    def tell(self) -> None:
        if self.answer.done():  # who asked does not wait any more
            return
        if self.error is None:
            self.answer.set_result(self.result)
        else:
            self.answer.set_exception(self.error)


class Desk:
    """One thread, one connection; asks are answered in order and never block the caller's loop.

    Works that stand in line are a group: they are done one after the other and committed together,
    so that the disk is waited for once (docs/adr/0025). Each is whole or undone by itself: its
    exception undoes all that it wrote, and nothing of its neighbours. None is answered before the
    commit; if that fails, all are, with its error. A work alone in line waits for nobody.

    Making a desk opens the store and waits for it: `StoreError` is raised here, at once.
    """

    def __init__(self, path: Path, *, group_seconds: float = GROUP_SECONDS) -> None:
        self._path = path
        self._group_seconds = group_seconds
        self._line: deque[_Asked] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage")
        try:
            self._store = self._thread.submit(Store, path).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self._closed = False

    async def ask(self, work: Callable[[Store], T]) -> T:
        """Run `work(store)` on the store's thread; its exception is raised here.

        Work that has begun is finished even if the asking task is cancelled.
        """
        asked = _Asked(work, asyncio.get_running_loop().create_future())
        self._line.append(asked)
        self._thread.submit(self._serve)
        answer: T = await asked.answer
        return answer

    def beside(self) -> Desk:
        """Open another desk on the same file, for long readings that shall keep nobody waiting:
        neither for an answer nor, while one reads, for the lock that its neighbour has taken.
        """
        return Desk(self._path, group_seconds=0.0)

    def close(self) -> None:
        """Finish what was asked, then close. Idempotent."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._store.close).result()
            self._thread.shutdown()

    def _serve(self) -> None:
        """Do one group of what stands in line. Each ask calls once, so nobody is left there."""
        done: list[_Asked] = []
        until = monotonic() + self._group_seconds
        try:
            with self._store.group():
                while self._line and (not done or monotonic() < until):
                    asked = self._line.popleft()
                    if not asked.answer.cancelled():
                        done.append(asked)
                        asked.do(self._store)
        except BaseException as error:  # nothing was committed
            for asked in done:
                asked.error = error
        for loop, asked_of_it in groupby(done, lambda asked: asked.answer.get_loop()):
            with suppress(RuntimeError):  # it has ended meanwhile
                loop.call_soon_threadsafe(_tell, list(asked_of_it))


def _tell(done: Sequence[_Asked]) -> None:
    """Answer, on the loop of those who asked: it is woken once for all of them."""
    for asked in done:
        asked.tell()
