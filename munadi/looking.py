"""What commands look at: what is kept, be it that nothing ever was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from munadi.output import say
from storage.errors import NoDatabase
from storage.store import Store


@contextmanager
def looked_at(database: Path) -> Iterator[Store]:
    """Open the database; where there is none, say so and open an empty one for the moment."""
    with ExitStack() as stack:
        try:
            store = Store(database, create=False)
        except NoDatabase as missing:
            say(missing)
            store = Store(Path(stack.enter_context(TemporaryDirectory())) / "munadi.db")
        yield stack.enter_context(store)
