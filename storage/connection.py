"""One connection to the database: how it is opened, and the statements it runs."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlite_utils

from storage.errors import NoDatabase, StoreError
from storage.faults import primary, worded
from storage.transactions import Transactions

BUSY_SECONDS = 5.0
_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-16384",  # KiB; the fingerprints of a day's articles are spread over megabytes
)
_PRIVATE = 0o600  # the file holds readers' chat ids

Parameters = Sequence[Any] | Mapping[str, Any]


class Connection(Transactions):
    """A sqlite-utils database in WAL mode, for the thread that opened it.

    `synchronous=FULL`: a commit waits until the disk has its page of the log: neither SIGKILL nor
    a power cut costs a committed row, as far as the disk keeps its word. An update is acknowledged
    to Telegram, and an alert noted as sent, only after that. NORMAL would save about a tenth of an
    ingest's processor time and a quarter of a claim's (docs/adr/0022).

    `secure_delete` overwrites what is deleted: a forgotten reader is not left in free pages.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        if not (create or path.exists()):
            raise NoDatabase(path)
        _prepare(path)
        with worded(path):
            raw = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                self.db = sqlite_utils.Database(
                    raw, recursive_triggers=False, execute_plugins=False
                )
                self._enter_wal()
                for pragma in _PRAGMAS:
                    raw.execute(f"PRAGMA {pragma}")
            except BaseException:
                raw.close()
                raise
        super().__init__(path, raw)
        self._scrub_owed = False

    def _enter_wal(self) -> None:
        """Switch to WAL; SQLite does not wait for another process that does the same just now."""
        deadline = time.monotonic() + BUSY_SECONDS
        while self.db.journal_mode != "wal":
            try:
                self.db.conn.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement inside the open transaction."""
        return self.db.conn.execute(sql, parameters)

    def insert(self, sql: str, parameters: Parameters) -> int:
        """Run one INSERT inside the open transaction; return the new row's number."""
        number = self.db.conn.execute(sql, parameters).lastrowid
        if number is None:
            raise LookupError("the statement inserted no row")
        return number

    def many(self, sql: str, rows: Sequence[Parameters]) -> None:
        """Run one statement for each row inside the open transaction."""
        self.db.conn.executemany(sql, rows)

    @contextmanager
    def group(self) -> Iterator[None]:
        """As `Transactions.group`; then the log is emptied if a work asked for that."""
        with super().group():
            yield
        if self._scrub_owed:
            self.scrub()

    def scrub(self) -> None:
        """Empty the write-ahead log, where deleted rows linger, unless someone reads just now.

        Of what a group writes, once that is committed.
        """
        self._scrub_owed = self.is_grouped
        if self._scrub_owed:
            return
        with worded(self.path):
            self.execute("PRAGMA busy_timeout=100")
            try:
                self.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                self.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")

    def close(self) -> None:
        self.db.close()


def _prepare(path: Path) -> None:
    """Make the file, and its folder, so that only its owner can read it.

    A file that exists is not opened here: to close any descriptor of a database drops all locks
    that this process holds on it, and another process that leaves then takes the log away.
    """
    if path.is_dir():
        raise StoreError(f"{path} is a folder: set MUNADI_DB to a file in it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE))
        if not os.access(path, os.R_OK | os.W_OK, effective_ids=True):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error.strerror}): "
            "make the file and its folder writable for this user"
        ) from error
    with suppress(OSError):  # another owner's file: he decides
        if path.stat().st_mode & 0o777 != _PRIVATE:
            path.chmod(_PRIVATE)
