"""One process per role and database, held by a kernel lock that a killed process cannot keep."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.errors import AlreadyRunning, StoreError

_LOOK_AGAIN_SECONDS = 0.05


@contextmanager
def role_lock(database: Path, role: str, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold `<database>.<role>.lock` (flock); raise `AlreadyRunning` when it is not free in time.

    The kernel frees the lock when its process ends, however it ends. The file stays, and names the
    last holder's process for the operator.
    """
    path = _path(database, role)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error.strerror}): "
            "make the database's folder writable for this user"
        ) from error
    try:
        if not _acquired(handle, wait_seconds):
            raise AlreadyRunning(_who(handle, database, role))
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def is_played(database: Path, role: str) -> bool:
    """Whether a process holds the role's lock; who asks holds it for an instant."""
    try:
        handle = os.open(_path(database, role), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)


def _path(database: Path, role: str) -> Path:
    return database.with_name(f"{database.name}.{role}.lock")


def _acquired(handle: int, wait_seconds: float) -> bool:
    deadline = time.monotonic() + wait_seconds
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(_LOOK_AGAIN_SECONDS)


def _who(handle: int, database: Path, role: str) -> str:
    holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
    process = f"process {holder}" if holder.isdigit() else "another process"
    return (
        f"{process} already plays {role} on {database}: "
        "stop it, or set MUNADI_DB to another database"
    )
