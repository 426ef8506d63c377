"""`python -m bench.story_index`: the index of stories at 100,000 and at a million articles.

The articles are made up: fingerprints of the size that news has, one in ten shared with an earlier
article, spread over the index as hashes are. datasketch and rensa answer the same questions in
memory, among 100,000 articles unless `--beside` says more: a million in datasketch take 10 GB.

An index of ours as large is asked in turn with each of them, a hundred questions at a time, and
what counts is processor time, so that other work on the machine slows all alike. The others lie in
memory, so our file does too: in the system's cache, not in the process.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.story_rivals import RIVALS, Asked, Index, memory_mb
from storage.store import Store
from watch.headings import headings, spell
from watch.ingest import RELATIVES
from watch.sketch import sketch

SIZES = (100_000, 1_000_000)
COMPARED = 100_000  # articles in the others
HASHES = (20, 20, 25, 30, 40)  # of articles in turn, as a thousand real ones have: 27 on average
ROUNDS, IN_A_ROUND, WARMING = 30, 100, 3_000
INSERTS = 2_000
BATCH = 20_000
RARE, COMMON = 4, (20, 200, 2_000)  # names of a title; the common are one of so many
IN_A_SPELL = 5_000  # articles
WORDS, VOCABULARY, TEXTS = 270, 20_000, 500  # of an article, of all, and texts that differ
TITLE = 40  # characters
START = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)

_LIMIT = (1 << 47) - 1
_SIDE = 1 << 26
_HALF = _SIDE >> 1
_SPREAD = 0x9E3779B97F4A7C15


def sketch_of(article: int) -> tuple[int, ...]:
    """Make the fingerprint of an article; one in ten has that of an earlier one."""
    told = article - 5 if article % 10 == 9 else article
    return tuple(
        (told * 64 + at + 1) * _SPREAD % _LIMIT for at in range(HASHES[told % len(HASHES)])
    )


def names_of(article: int) -> tuple[int, ...]:
    """Make the headings of its title in the spell in which it is seen; some stand in many."""
    first = spell(START) + article // IN_A_SPELL * _SIDE
    rare = [(article * RARE + at) * _SPREAD % _HALF for at in range(RARE)]
    common = [_HALF + article * _SPREAD % _LIMIT % names for names in COMMON]
    return tuple([first + at for at in (*rare, *common)])


def wanted(article: int) -> tuple[int, ...]:
    """Make the headings that the next article asks for, and as many pairs of them.

    One title in ten names what this article's names, the others share some common names with it.
    """
    now = names_of(article)
    if article % 10:
        now = (*[each ^ 1 for each in now[:RARE]], *now[RARE:])
    return (*now, *[each ^ _HALF >> 1 for each in now])


def _kept(article: int) -> tuple[int, ...]:
    """Make the headings it is kept by, in its spell and the next."""
    now = names_of(article)
    return (*now, *[each + _SIDE for each in now])


def run(sizes: Sequence[int] = SIZES, beside: int = COMPARED) -> None:
    """Print look-ups and inserts a second, bytes an article and memory, side by side."""
    console = Console()
    texts = _texts()
    for size in sizes:
        with ours(size, texts) as indexes:
            console.print(_table(indexes))
    with ours(beside, texts) as indexes:
        for rival in RIVALS:
            console.print(_table([*indexes, rival(beside, texts, sketch_of)]))


def _table(indexes: Sequence[Index]) -> Table:
    table = Table(
        "index", "articles", "look-ups by a ready signature", "from the words", "inserts",
        "bytes an article", "memory MB",
        title="a second of processor time; ours gives the articles' texts, the others numbers",
    )  # fmt: skip
    for index, asked in zip(indexes, _race(indexes), strict=True):
        disk = "none on disk" if index.disk_bytes is None else f"{index.disk_bytes:,.0f}"
        table.add_row(
            index.name, f"{index.size:,}", f"{asked.signed:,.0f}", f"{asked.worded:,.0f}",
            f"{index.inserts:,.0f}", disk, f"{index.memory_mb:,.0f}",
        )  # fmt: skip
    return table


def _race(indexes: Sequence[Index]) -> list[Asked]:
    """Ask each index in turn; return the medians of the rounds."""
    dice = random.Random(1)
    for index in indexes:
        index.warm()
    took: list[tuple[list[float], list[float]]] = [([], []) for _ in indexes]
    for _ in track(range(ROUNDS), "looking up", transient=True):
        for index, (signed, worded) in zip(indexes, took, strict=True):
            for ask, times in ((index.by_signature, signed), (index.by_words, worded)):
                numbers = [index.questions[dice.randrange(len(index.questions))]
                           for _ in range(IN_A_ROUND)]  # fmt: skip
                begun = process_time()
                for number in numbers:
                    ask(number)
                times.append((process_time() - begun) / IN_A_ROUND)
    return [
        Asked(1 / median(signed), 1 / median(worded))
        for index, (signed, worded) in zip(indexes, took, strict=True)
    ]


@contextmanager
def ours(size: int, texts: Sequence[str]) -> Iterator[list[Index]]:
    """Fill a database, and close it in the end.

    It is asked for passages in common alone, as the others are, and as an ingest asks: for what
    titles name too, which the others do not keep.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "index.db"
        fill(database, size)
        held = memory_mb()
        with Store(database) as store:

            def by_signature(number: int, *, titles: bool) -> object:
                latest = size - 1 - number % IN_A_SPELL  # titles are looked for in the last spells
                named = wanted(latest) if titles else ()
                return store.stories.relatives(sketch_of(number), START, RELATIVES, named)

            def by_words(number: int, *, titles: bool) -> object:
                text = texts[number % len(texts)]
                sketch(text[:TITLE], text)
                if titles:
                    headings(text[:TITLE], text, START)
                return by_signature(number, titles=titles)

            inserts = _inserts(store, size)
            for number in random.Random(0).sample(range(size), min(size, WARMING)):
                by_signature(number, titles=True)
            memory, disk = memory_mb() - held, _bytes(store) / (size + INSERTS)
            yield [
                Index(
                    name=name,
                    size=size,
                    inserts=inserts,
                    disk_bytes=disk,
                    questions=range(size),
                    by_signature=partial(by_signature, titles=titles),
                    by_words=partial(by_words, titles=titles),
                    memory_mb=memory,
                    warm=lambda: _read_through(database),
                )
                for name, titles in (("munadi, SQLite", False), ("and by titles", True))
            ]


def _read_through(file: Path) -> None:
    with file.open("rb") as open_file:
        while open_file.read(1 << 20):
            pass


def fill(database: Path, size: int) -> None:
    """Write so many articles with their fingerprints; headings are held for two spells."""
    with Store(database) as store:
        connection = store._connection
        connection.execute("PRAGMA cache_size=-400000")
        with store.transaction():
            connection.execute(_STORY, (_stamp(0),))
        for first in track(range(0, size, BATCH), "filling munadi's", transient=True):
            numbers = range(first, min(first + BATCH, size))
            with store.transaction():
                connection.many(
                    _SKETCH, sorted((each, n) for n in numbers for each in sketch_of(n))
                )
                held = range(max(first, size - 2 * IN_A_SPELL), numbers.stop)
                connection.many(_HEADING, sorted((each, n) for n in held for each in _kept(n)))
                connection.many(_ARTICLE, [(n, _stamp(n), n) for n in numbers])
                connection.many(_TELLING, [(n, n, _stamp(n), _TEXT) for n in numbers])


_SKETCH = "INSERT OR IGNORE INTO sketches (hash, telling) VALUES (?, ?)"
_HEADING = "INSERT OR IGNORE INTO headings (heading, telling) VALUES (?, ?)"
_STORY = "INSERT INTO stories (id, first_seen) VALUES (1, ?)"
_ARTICLE = """INSERT INTO articles (id, story, site, outlet, url, identity, language, first_seen,
    alerts, relation, score, telling) VALUES (?, 1, '', '', '', '', 'ar', ?, 1, 'new', 1, ?)"""
_TELLING = "INSERT INTO tellings (id, article, seen_at, title, text) VALUES (?, ?, ?, 'title', ?)"
_TEXT = "text " * 40


def _stamp(seconds: int) -> str:
    return f"{START + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}.000000Z"


def _inserts(store: Store, size: int) -> float:
    """Write fingerprints as an ingest does, a transaction each."""
    begun = process_time()
    for number in range(size, size + INSERTS):
        with store.transaction():
            for statement, values in ((_SKETCH, sketch_of(number)), (_HEADING, _kept(number))):
                store._connection.many(statement, [(value, number) for value in values])
    return INSERTS / (process_time() - begun)


def _bytes(store: Store) -> int:
    """Return what the fingerprints take on disk."""
    (used,) = store._connection.execute(
        "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN ('sketches', 'headings')"
    ).fetchone()
    return int(used)


def _texts() -> list[str]:
    """Make texts of a news article's length from words as often repeated as words are."""
    dice = random.Random(1)
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 8))) for _ in range(VOCABULARY)]
    weights = [1 / rank for rank in range(1, VOCABULARY + 1)]
    return [" ".join(dice.choices(words, weights, k=WORDS)) for _ in range(TEXTS)]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.story_index", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="articles in the index")
    parser.add_argument("--beside", type=int, default=COMPARED, help="articles in the others")
    asked = parser.parse_args()
    run(tuple(asked.sizes), asked.beside)


if __name__ == "__main__":
    main()
