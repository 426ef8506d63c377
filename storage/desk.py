"""A store on a thread of its own, for event loops: work is handed in, results are awaited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from storage.store import Store

T = TypeVar("T")


class Desk:
    """One thread, one connection; asks are answered in order and never block the caller's loop."""

    def __init__(self, path: Path) -> None:
        raise NotImplementedError

    async def ask(self, work: Callable[[Store], T]) -> T:
        """Run `work(store)` on the store's thread; its exception is raised here."""
        raise NotImplementedError

    def close(self) -> None:
        """Finish what was asked, then close. Idempotent."""
        raise NotImplementedError
