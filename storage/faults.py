"""What SQLite says is wrong with the file, in words and with the remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StoreBusy, StoreError

_REMEDIES: Mapping[int, str] = {
    sqlite3.SQLITE_FULL: "has no room to grow: free some disk space; what was written is kept",
    sqlite3.SQLITE_READONLY: "cannot be written: make it and its folder writable for this user",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: its folder must be writable for this user",
    sqlite3.SQLITE_NOTADB: "is not a database: move it away, or set MUNADI_DB to another path",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore a backup, or rescue it with sqlite3's .recover",
    sqlite3.SQLITE_IOERR: "cannot be read or written: check the disk",
}


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Raise what is wrong with the file as `StoreError`; what is wrong with our SQL stays."""
    try:
        yield
    except sqlite3.Error as error:
        code = primary(error)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreBusy(
                f"{path} is locked by another process: try again, or stop that process"
            ) from error
        if code in _REMEDIES:
            raise StoreError(f"{path} {_REMEDIES[code]}") from error
        raise


def primary(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; -1 for errors that Python's module makes itself."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else -1
