"""One connection to the database: how it is opened, its transactions, its errors in words."""

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

from storage.errors import StoreBusy, StoreError

BUSY_SECONDS = 5.0
_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-16384",  # KiB; the fingerprints of a day's articles are spread over megabytes
)
_PRIVATE = 0o600  # the file holds readers' chat ids

_REMEDIES: Mapping[int, str] = {
    sqlite3.SQLITE_FULL: "has no room to grow: free some disk space; what was written is kept",
    sqlite3.SQLITE_READONLY: "cannot be written: make it and its folder writable for this user",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: its folder must be writable for this user",
    sqlite3.SQLITE_NOTADB: "is not a database: move it away, or set MUNADI_DB to another path",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore a backup, or rescue it with sqlite3's .recover",
    sqlite3.SQLITE_IOERR: "cannot be read or written: check the disk",
}

Parameters = Sequence[Any] | Mapping[str, Any]


class Connection:
    """A sqlite-utils database in WAL mode, for the thread that opened it.

    `synchronous=FULL`: a commit waits until the disk has its page of the log: neither SIGKILL nor
    a power cut costs a committed row, as far as the disk keeps its word. An update is acknowledged
    to Telegram, and an alert noted as sent, only after that. NORMAL would save about a tenth of an
    ingest's processor time and a quarter of a claim's (docs/adr/0022).

    `secure_delete` overwrites what is deleted: a forgotten reader is not left in free pages.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _prepare(path)
        with self.errors():
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

    def _enter_wal(self) -> None:
        """Switch to WAL; SQLite does not wait for another process that does the same just now."""
        deadline = time.monotonic() + BUSY_SECONDS
        while self.db.journal_mode != "wal":
            try:
                self.db.conn.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if _primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
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
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT, or ROLLBACK on an exception. Not re-entrant.

        Raises `StoreBusy` when another process holds the write lock for longer than 5 s.
        """
        if self.db.conn.in_transaction:
            raise RuntimeError("a transaction was begun within a transaction")
        with self.errors():
            self.execute("BEGIN IMMEDIATE")
            yield from self._until_commit()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one unchanging view for several reads; a transaction that is open gives its own."""
        with self.errors():
            if self.db.conn.in_transaction:
                yield
                return
            self.execute("BEGIN")
            yield from self._until_commit()

    def _until_commit(self) -> Iterator[None]:
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self.db.conn.in_transaction:  # some errors have rolled back already
                self.execute("ROLLBACK")
            raise

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Raise what is wrong with the file as `StoreError`; what is wrong with our SQL stays."""
        try:
            yield
        except sqlite3.Error as error:
            code = _primary(error)
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreBusy(
                    f"{self.path} is locked by another process: try again, or stop that process"
                ) from error
            if code in _REMEDIES:
                raise StoreError(f"{self.path} {_REMEDIES[code]}") from error
            raise

    def scrub(self) -> None:
        """Empty the write-ahead log, where deleted rows linger, unless someone reads just now."""
        with self.errors():
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


def _primary(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; -1 for errors that Python's module makes itself."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else -1
