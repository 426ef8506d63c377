"""What can be wrong with the memory, said with the remedy."""


class StoreError(Exception):
    """The database cannot be used; the message names the file and says what to do."""


class StoreBusy(StoreError):  # noqa: N818 - it says what is the matter
    """Another process held the write lock longer than the busy timeout: try again later."""


class AlreadyRunning(StoreError):  # noqa: N818
    """Another process plays this role on this database."""
