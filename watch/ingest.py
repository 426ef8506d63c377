"""One article in, one verdict recorded: same article? same story? about what? for whom?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watch.ports import Memory, Recorded
    from watch.records import Article, Hit, Relation
    from watch.topics import Topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of an article; `relation` is None when a known article came back unchanged."""

    relation: Relation | None
    hits: tuple[Hit, ...]
    recorded: Recorded | None


def ingest(article: Article, topics: Topics, memory: Memory) -> Ingested:
    """Judge an article and record the verdict in one transaction.

    Features are computed before the transaction begins; look-up, verdict and record run inside
    it, so that two workers cannot judge the same story at once. Idempotent.
    """
    raise NotImplementedError
