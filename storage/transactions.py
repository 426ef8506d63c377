"""What is committed at once: a transaction by itself, or those of a whole group of works."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.faults import worded


class Transactions:
    """BEGIN and COMMIT of one connection; `raw` leaves both to us (`isolation_level=None`).

    Outside a group each transaction is committed when it ends. In a group, the first one begins
    what all works of the group write, and the group's end commits it.
    """

    def __init__(self, path: Path, raw: sqlite3.Connection) -> None:
        self.path = path
        self._raw = raw
        self._in_group = False
        self._inside = False  # a transaction or reading is under way
        self._begun = False  # the group has written something
        self._spoilt: BaseException | None = None  # why this work is to be undone
        self._fault: BaseException | None = None  # why the group can write nothing more

    @property
    def is_grouped(self) -> bool:
        """Whether what is written now is committed later, with the group."""
        return self._in_group

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write, or nothing on an exception: BEGIN IMMEDIATE … COMMIT. Not re-entrant.

        In a group, an exception undoes the work whose transaction it is, even if that catches it.
        Raises `StoreBusy` when another process holds the write lock for longer than 5 s.
        """
        if self._inside:
            raise RuntimeError("a transaction was begun within a transaction")
        with worded(self.path), self._under_way():
            if not self._in_group:
                self._raw.execute("BEGIN IMMEDIATE")
                yield from self._until_commit()
                return
            self._begin_group()
            try:
                yield
            except BaseException as error:
                self._spoilt = error
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one unchanging view for several reads; a transaction that is open gives its own."""
        if self._inside:
            yield
            return
        with worded(self.path), self._under_way():
            if self._raw.in_transaction:
                yield
                return
            self._raw.execute("BEGIN")
            yield from self._until_commit()

    @contextmanager
    def group(self) -> Iterator[None]:
        """Commit what the works inside write in one step, at the end.

        Raises what kept it from being committed: then nothing of any of them is.
        """
        self._in_group = True
        try:
            with worded(self.path):
                yield
                if self._begun and self._fault:
                    raise self._fault
                if self._begun:
                    self._raw.execute("COMMIT")
        finally:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            self._in_group = self._begun = False
            self._fault = None

    @contextmanager
    def work(self) -> Iterator[None]:
        """One work of a group: an exception undoes all that it wrote, and nothing of the others.

        What makes SQLite undo them all, as a full disk does, is raised by the group too.
        """
        after_others = self._begun
        if after_others:
            self._raw.execute("SAVEPOINT work")
        try:
            yield
            if self._spoilt:
                raise self._spoilt
            if after_others:
                self._raw.execute("RELEASE work")
        except BaseException as error:
            self._undo_work(error, after_others=after_others)
            raise
        finally:
            self._spoilt = None

    def _undo_work(self, error: BaseException, *, after_others: bool) -> None:
        undo = ("ROLLBACK TO work", "RELEASE work") if after_others else ("ROLLBACK",)
        try:
            for sql in undo if self._begun else ():
                self._raw.execute(sql)
        except sqlite3.Error:  # some errors have rolled back already, and all of the group
            self._fault = error if after_others else self._fault
        self._begun = after_others

    def _begin_group(self) -> None:
        """Begin unless that was done. The lock is waited for once, not once for each work."""
        if fault := self._fault or self._spoilt:
            raise fault
        if not self._begun:
            try:
                self._raw.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                self._fault = error
                raise
            self._begun = True

    @contextmanager
    def _under_way(self) -> Iterator[None]:
        self._inside = True
        try:
            yield
        finally:
            self._inside = False

    def _until_commit(self) -> Iterator[None]:
        try:
            yield
            self._raw.execute("COMMIT")
        except BaseException:
            if self._raw.in_transaction:  # some errors have rolled back already
                self._raw.execute("ROLLBACK")
            raise
