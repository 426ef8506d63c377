"""The labelled pairs and articles as the judgement of stories reads them."""

from __future__ import annotations

import json
import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watch.records import Telling

ONE_STORY = {"reprint", "update", "same_event"}
DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two real articles, in order of publication, and what a reader says they are."""

    id: str
    label: str
    older: Telling
    newer: Telling
    articles: tuple[str, str]  # ids, older first


def read_pairs(corpus: Path) -> list[LabelledPair]:
    """Read `pairs_dev.jsonl`."""
    return [
        LabelledPair(
            id=str(row["id"]),
            label=row["label"],
            older=telling(row["a"]),
            newer=telling(row["b"]),
            articles=(row["a"]["id"], row["b"]["id"]),
        )
        for row in _rows(corpus / "pairs_dev.jsonl")
    ]


def read_articles(corpus: Path) -> dict[str, Telling]:
    """Read every article of `topics_dev.jsonl` and `pairs_dev.jsonl` once, by its id."""
    found = {row["id"]: telling(row) for row in _rows(corpus / "topics_dev.jsonl")}
    for row in _rows(corpus / "pairs_dev.jsonl"):
        found |= {row[side]["id"]: telling(row[side]) for side in "ab"}
    return found


def telling(row: dict[str, Any]) -> Telling:
    """Read one article; a time without a zone counts as UTC."""
    written = row.get("published") or row.get("date") or ""
    try:
        published = datetime.fromisoformat(written)
    except ValueError:
        published = None
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return Telling(
        outlet=row.get("outlet") or "",
        url=row.get("url") or "",
        title=row.get("title") or "",
        text=row.get("text") or "",
        published=published,
    )


def groups(pairs: Sequence[LabelledPair]) -> list[Hashable]:
    """Name the pairs that hang together by shared articles, so that no fold parts them."""
    parent: dict[str, str] = {}

    def find(one: str) -> str:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for pair in pairs:
        parent[find(pair.articles[0])] = find(pair.articles[1])
    return [find(pair.articles[0]) for pair in pairs]


def folds(groups: Sequence[Hashable], count: int, seed: int = 0) -> list[int]:
    """Deal pairs into `count` folds; the pairs of one group are never parted."""
    names = sorted(set(groups), key=str)
    random.Random(seed).shuffle(names)
    dealt = {name: at % count for at, name in enumerate(names)}
    return [dealt[group] for group in groups]


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
