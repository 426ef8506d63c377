"""What the judgement asks of a memory.

`storage` answers in SQLite, the tests in plain dictionaries; both are held to one contract.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from watch.records import Article, Change, Hit, Relation, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article the memory holds."""

    article: int
    story: int
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All that is decided about one article, ready to be recorded at once.

    `story` is the story it joins (reprint, same_event, update) or None for a story of its own;
    `follows` the story a follow-up continues. `known` is the article that was read at this address
    before: with `update` this is its new version and stays in its `story`; with any other relation
    the address holds another article now, and the older one gives the address up.
    """

    relation: Relation
    score: float
    known: int | None
    story: int | None
    follows: int | None
    hits: tuple[Hit, ...]
    sketch: tuple[int, ...]  # fingerprint of the text, unsigned 63-bit, see watch.sketch
    copies: int | None = None  # the article whose text a reprint or update prints, if any
    changes: tuple[Change, ...] = ()  # the facts that an update puts in the place of others
    headings: tuple[int, ...] = ()  # what its title names in its hours, see watch.headings


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Where a verdict was written down, and how many deliveries it made due.

    A verdict that was recorded before gives the same places, and no deliveries.
    """

    article: int
    story: int
    alerts: int
    edits: int
    replies: int = 0


class Memory(Protocol):
    """The articles and stories of the last days."""

    def transaction(self) -> AbstractContextManager[object]:
        """Hold the one write lock: what is read inside stays true until what is recorded inside.

        An exception inside undoes what was recorded inside. Not re-entrant.
        """
        ...

    def known(self, identity: str, url: str) -> Stored | None:
        """The article with this identity or this canonical address, if it was read before.

        The identity decides where both are known. Its telling is the version last recorded.
        """
        ...

    def relatives(
        self,
        sketch: Collection[int],
        since: datetime,
        limit: int,
        headings: Collection[int] = (),
    ) -> Sequence[Stored]:
        """Articles first seen at or after `since` that share any hash with `sketch`.

        Those that share most hashes come first, then those recorded first; at most `limit` of
        them, in their versions last recorded. Behind them come the few others that share most
        `headings`, at least three: see `watch.headings`.
        """
        ...

    def opening(self, story: int) -> Stored:
        """The article that told a story first, in its version last recorded."""
        ...

    def record(self, article: Article, verdict: Verdict) -> Recorded:
        """Write article, story, hits, sketch and deliveries, all or nothing.

        The same verdict twice changes nothing. Must be called inside `transaction`.
        """
        ...
