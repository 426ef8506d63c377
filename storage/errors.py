"""What can be wrong with the memory, said with the remedy."""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """The database cannot be used; the message names the file and says what to do."""


class NoDatabase(StoreError):  # noqa: N818 - it says what is the matter
    """Nothing was ever kept there, and it was not to be created."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no database {path} yet: munadi run and munadi crawl make one, "
            "or set MUNADI_DB to yours"
        )


class StoreBusy(StoreError):  # noqa: N818 - it says what is the matter
    """Another process held the write lock longer than the busy timeout: try again later."""


class AlreadyRunning(StoreError):  # noqa: N818
    """Another process plays this role on this database."""
