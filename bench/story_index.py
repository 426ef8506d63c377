"""`python -m bench.story_index`: the index of stories at 100,000 and at a million articles.

The articles are made up: fingerprints of the size that news has, one in ten shared with an earlier
article, spread over the index as hashes are. datasketch and rensa answer the same questions in
memory, among 100,000 articles unless `--beside` says more: a million in datasketch take 10 GB.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from storage.store import Store
from watch.ingest import RELATIVES

SIZES = (100_000, 1_000_000)
COMPARED = 100_000  # articles in the others
HASHES = (20, 20, 25, 30, 40)  # of articles in turn, as a thousand real ones have: 27 on average
LOOKUPS = 3_000
INSERTS = 2_000
BATCH = 20_000
PERMUTATIONS, THRESHOLD = 128, 0.5  # datasketch's own
START = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)

_LIMIT = (1 << 47) - 1
_SPREAD = 0x9E3779B97F4A7C15


def sketch_of(article: int) -> tuple[int, ...]:
    """Make the fingerprint of an article; one in ten has that of an earlier one."""
    told = article - 5 if article % 10 == 9 else article
    return tuple(
        (told * 64 + at + 1) * _SPREAD % _LIMIT for at in range(HASHES[told % len(HASHES)])
    )


def run(sizes: tuple[int, ...] = SIZES, beside: int = COMPARED) -> None:
    """Print look-ups and inserts a second, bytes an article and memory, side by side."""
    table = Table("index", "articles", "look-ups/s", "inserts/s", "bytes an article", "memory MB")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            table.add_row("munadi, SQLite", f"{size:,}", *_ours(Path(folder) / "index.db", size))
    for name, measure in (("datasketch", _datasketch), ("rensa", _rensa)):
        table.add_row(f"{name}, in memory", f"{beside:,}", *measure(beside))
    Console().print(table)


def _ours(database: Path, size: int) -> list[str]:
    with Store(database) as store:
        connection = store._connection
        connection.execute("PRAGMA cache_size=-400000")
        empty = _bytes(store)
        with store.transaction():
            connection.execute(_STORY, (_stamp(0),))
        for first in range(0, size, BATCH):
            rows = sorted((value, n) for n in range(first, first + BATCH) for value in sketch_of(n))
            with store.transaction():
                connection.many(
                    "INSERT OR IGNORE INTO sketches (hash, telling) VALUES (?, ?)", rows
                )
                connection.many(_ARTICLE, _articles(first))
                connection.many(_TELLING, _tellings(first))
        size_bytes = _bytes(store) - empty
    with Store(database) as store:
        inserts = _inserts(store, size)
        dice, held = random.Random(1), _memory_mb()
        begun = perf_counter()
        for _ in range(LOOKUPS):
            store.stories.relatives(sketch_of(dice.randrange(size)), START, RELATIVES)
        lookups = LOOKUPS / (perf_counter() - begun)
        grown = max(0.0, _memory_mb() - held)
    return [
        f"{lookups:,.0f}", f"{inserts:,.0f}", f"{size_bytes / size:,.0f}", f"{grown:.0f} more",
    ]  # fmt: skip


_STORY = "INSERT INTO stories (id, first_seen) VALUES (1, ?)"
_ARTICLE = """INSERT INTO articles (id, story, site, outlet, url, identity, language, first_seen,
    alerts, relation, score, telling) VALUES (?, 1, '', '', '', '', 'ar', ?, 1, 'new', 1, ?)"""
_TELLING = "INSERT INTO tellings (id, article, seen_at, title, text) VALUES (?, ?, ?, 'title', ?)"


def _articles(first: int) -> list[tuple[int, str, int]]:
    return [(number, _stamp(number), number) for number in range(first, first + BATCH)]


def _tellings(first: int) -> list[tuple[int, int, str, str]]:
    text = "text " * 40
    return [(number, number, _stamp(number), text) for number in range(first, first + BATCH)]


def _stamp(seconds: int) -> str:
    return f"{START + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}.000000Z"


def _inserts(store: Store, size: int) -> float:
    """Write fingerprints as an ingest does, a transaction each."""
    begun = perf_counter()
    for number in range(size, size + INSERTS):
        with store.transaction():
            store._connection.many(
                "INSERT OR IGNORE INTO sketches (hash, telling) VALUES (?, ?)",
                [(value, number) for value in sketch_of(number)],
            )
    return INSERTS / (perf_counter() - begun)


def _bytes(store: Store) -> int:
    """Return what the fingerprints take on disk."""
    (used,) = store._connection.execute(
        "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = 'sketches'"
    ).fetchone()
    return int(used)


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _datasketch(size: int) -> list[str]:
    datasketch: Any = importlib.import_module("datasketch")
    numpy: Any = importlib.import_module("numpy")
    dice = numpy.random.default_rng(1)
    before = _memory_mb()
    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    signatures = [
        datasketch.MinHash(
            num_perm=PERMUTATIONS,
            hashvalues=dice.integers(0, 1 << 32, PERMUTATIONS, dtype=numpy.uint64),
            scheme="legacy",
        )
        for _ in range(LOOKUPS)
    ]
    begun = perf_counter()
    for number in range(size):
        values = dice.integers(0, 1 << 32, PERMUTATIONS, dtype=numpy.uint64)
        made = datasketch.MinHash(num_perm=PERMUTATIONS, hashvalues=values, scheme="legacy")
        index.insert(number, signatures[number] if number < LOOKUPS else made)
    inserts = size / (perf_counter() - begun)
    begun = perf_counter()
    for signature in signatures:
        index.query(signature)
    lookups = LOOKUPS / (perf_counter() - begun)
    return [f"{lookups:,.0f}", f"{inserts:,.0f}", "none on disk", f"{_memory_mb() - before:.0f}"]


def _rensa(size: int) -> list[str]:
    rensa: Any = importlib.import_module("rensa")
    before = _memory_mb()
    index = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=16)
    kept = []
    begun = perf_counter()
    for number in range(size):
        signature = rensa.RMinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update([str(value) for value in sketch_of(number)])
        index.insert(number, signature)
        if number < LOOKUPS:
            kept.append(signature)
    inserts = size / (perf_counter() - begun)
    begun = perf_counter()
    for signature in kept:
        index.query(signature)
    lookups = LOOKUPS / (perf_counter() - begun)
    return [f"{lookups:,.0f}", f"{inserts:,.0f}", "none on disk", f"{_memory_mb() - before:.0f}"]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.story_index", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="articles in the index")
    parser.add_argument("--beside", type=int, default=COMPARED, help="articles in the others")
    asked = parser.parse_args()
    run(tuple(asked.sizes), asked.beside)


if __name__ == "__main__":
    main()
