"""One open database: the tables' doors and the one write transaction."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.archive import Archive
from storage.articles import Articles
from storage.outbox import Outbox
from storage.people import People
from storage.sources import Sources
from storage.stories import Stories


class Store:
    """The memory. A store belongs to the thread that opened it (see `storage.desk` for event loops).

    WAL, synchronous=NORMAL, foreign keys on, busy timeout 5 s. Opening migrates; a database that is
    newer than the program, read-only, or not a database raises `StoreError` with the remedy.
    """

    sources: Sources
    articles: Articles
    stories: Stories  # implements watch.ports.Memory
    people: People
    outbox: Outbox
    archive: Archive

    def __init__(self, path: Path) -> None:
        raise NotImplementedError

    def transaction(self) -> AbstractContextManager[None]:
        """BEGIN IMMEDIATE … COMMIT, or ROLLBACK on an exception. Not re-entrant."""
        raise NotImplementedError

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
