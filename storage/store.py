"""One open database: the tables' doors and the one write transaction."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.answers import Answers
from storage.archive import Archive
from storage.articles import Articles
from storage.audits import Audits
from storage.connection import Connection
from storage.maps import Maps
from storage.migrations import migrate
from storage.moving import Moving
from storage.notices import Notices
from storage.outbox import Outbox
from storage.people import People
from storage.preferences import Preferences
from storage.questions import Questions
from storage.readings import Readings
from storage.revisits import Revisits
from storage.sources import Sources
from storage.stories import Stories
from storage.summaries import Summaries
from storage.upkeep import Upkeep
from storage.watches import Watches


class Store:
    """The memory. A store belongs to the thread that opened it; event loops use `storage.desk`.

    WAL, synchronous=FULL, foreign keys on, busy timeout 5 s. Opening migrates; a database that is
    newer than the program, read-only, or not a database raises `StoreError` with the remedy, and
    so does one that does not exist, unless it is to be created.
    """

    sources: Sources
    articles: Articles
    stories: Stories  # implements watch.ports.Memory
    people: People
    outbox: Outbox
    answers: Answers
    upkeep: Upkeep
    moving: Moving
    archive: Archive
    notices: Notices
    readings: Readings
    preferences: Preferences
    summaries: Summaries
    questions: Questions
    revisits: Revisits
    audits: Audits
    maps: Maps
    watches: Watches

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self._connection = connection = Connection(path, create=create)
        try:
            migrate(connection)
            self.sources = Sources(connection)
            self.articles = Articles(connection)
            self.stories = Stories(connection, self.articles)
            self.people = People(connection)
            self.outbox = Outbox(connection)
            self.answers = Answers(connection)
            self.upkeep = Upkeep(connection)
            self.moving = Moving(connection)
            self.archive = Archive(connection)
            self.notices = Notices(connection)
            self.readings = Readings(connection)
            self.preferences = Preferences(connection)
            self.summaries = Summaries(connection)
            self.questions = Questions(connection)
            self.revisits = Revisits(connection)
            self.audits = Audits(connection)
            self.maps = Maps(connection)
            self.watches = Watches(connection)
            self.articles.refold()
        except BaseException:
            connection.close()
            raise

    def transaction(self) -> AbstractContextManager[None]:
        """BEGIN IMMEDIATE … COMMIT, or ROLLBACK on an exception. Not re-entrant."""
        return self._connection.transaction()

    def group(self) -> AbstractContextManager[None]:
        """Commit what several works write in one step, see `storage.transactions`."""
        return self._connection.group()

    def work(self) -> AbstractContextManager[None]:
        """One work of a group, undone alone on an exception."""
        return self._connection.work()

    def close(self) -> None:
        """Close the file. Idempotent."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
