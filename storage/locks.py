"""One process per role and database, held by a kernel lock that a killed process cannot keep."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path


def role_lock(database: Path, role: str, wait_seconds: float = 0.0) -> AbstractContextManager[None]:
    """Hold `<database>.<role>.lock` (flock); raise `AlreadyRunning` when it is not free in time."""
    raise NotImplementedError
