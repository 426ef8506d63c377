"""A store on a thread of its own, for event loops: work is handed in, results are awaited."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from storage.store import Store

T = TypeVar("T")


class Desk:
    """One thread, one connection; asks are answered in order and never block the caller's loop.

    Making a desk opens the store and waits for it: `StoreError` is raised here, at once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
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
        return await asyncio.wrap_future(self._thread.submit(work, self._store))

    def beside(self) -> Desk:
        """Open another desk on the same file, for long readings that shall keep nobody waiting."""
        return Desk(self._path)

    def close(self) -> None:
        """Finish what was asked, then close. Idempotent."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._store.close).result()
            self._thread.shutdown()
