"""What the judgement asks of a memory. `storage` answers in SQLite; the tests hold both to one contract."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from watch.records import Article, Hit, Relation, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article the memory holds."""

    article: int
    story: int
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All that is decided about one article, ready to be recorded at once.

    `known` is the article this is a new version of. `story` is the story it joins (reprint,
    same_event, update) or None for a story of its own; `follows` the story a follow-up continues.
    """

    relation: Relation
    score: float
    known: int | None
    story: int | None
    follows: int | None
    hits: tuple[Hit, ...]
    sketch: tuple[int, ...]  # fingerprint of the text, unsigned 63-bit, see watch.stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Where a verdict was written down, and how many deliveries it made due."""

    article: int
    story: int
    alerts: int
    edits: int


class Memory(Protocol):
    """The articles and stories of the last days."""

    def transaction(self) -> AbstractContextManager[object]:
        """Hold the one write lock: what is read inside stays true until what is recorded inside."""
        ...

    def known(self, identity: str, url: str) -> Stored | None:
        """The article with this identity or this canonical address, if it was read before."""
        ...

    def relatives(self, sketch: Collection[int], since: datetime, limit: int) -> Sequence[Stored]:
        """Articles first seen at or after `since` that share most of `sketch`, most alike first."""
        ...

    def record(self, article: Article, verdict: Verdict) -> Recorded:
        """Write article, story, hits, sketch and deliveries; the same verdict twice changes nothing."""
        ...
