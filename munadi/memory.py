"""The memory as commands look at it, be it that nothing was ever kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from munadi.output import say
from storage.store import Store


@contextmanager
def looked_at(database: Path) -> Iterator[Store]:
    """Open the database; where there is none, say so and open an empty one for the moment."""
    with ExitStack() as stack:
        if not database.exists():
            say(
                f"there is no database {database} yet: munadi run and munadi crawl make one, "
                "or set MUNADI_DB to yours"
            )
            database = Path(stack.enter_context(TemporaryDirectory())) / "munadi.db"
        yield stack.enter_context(Store(database))
