"""Reading what was kept: search, the latest, and what `munadi status` reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.sources import Source
from watch.records import Published, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One article in a search result, newest first."""

    article: int
    story: int
    relation: Relation
    outlet: str
    title: str
    url: str
    published: Published | None
    first_seen: datetime
    passage: str  # around the words, as printed
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What runs, what is stale, what is owed."""

    sources: tuple[Source, ...]  # worst first
    articles: int
    stories: int
    readers: int
    subscriptions: int
    owed: int
    owed_since: datetime | None
    sent: int
    refused: int
    last_sent: datetime | None
    wanted: int  # links found and not read yet
    unreadable: int


class Archive:
    """Read-only questions; none takes the write lock."""

    def search(self, words: str, limit: int = 20) -> Sequence[Found]:
        """Articles that hold all of these words (folded as `watch.arabic` folds), newest first."""
        raise NotImplementedError

    def status(self, now: datetime) -> Status:
        raise NotImplementedError
