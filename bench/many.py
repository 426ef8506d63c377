"""Many topics at once: articles a second, memory, building and adding, beside two other ways.

`python -m bench.many CORPUS` runs each size in a process of its own, so that memory is its own;
`python -m bench.many CORPUS SIZE` runs one, and with `--ours` after it leaves the other ways out.
Speeds are articles a second of the process's own time; the full rule's also by the clock.
Topics are made up: 3 to 10 phrases each of one to three words that stand in the labelled articles.
"""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import psutil
from rich.console import Console
from rich.table import Table

from bench.labelled import Labelled, articles, shipped
from watch.document import read
from watch.matching import match
from watch.seeds import Match
from watch.topics import Topic, Topics

SIZES = (10, 1_000, 100_000)
ARTICLES = 100
COMMON_WORDS = 300  # the commonest words are no topic
SECONDS = 10.0  # the longest that one speed is measured
CLITICS = tuple(one + two for one in ("", "و", "ف") for two in ("", "ب", "ك", "ل"))

Item = TypeVar("Item")


def run(corpus: Path) -> None:
    """Print the table for every size."""
    table = Table(
        "topics", "candidates/s", "pyahocorasick/s", "ratio", "FTS5/s", "ratio", "full rule/s",
        "by the clock", "MB", "build s", "MB (aho)", "build s (aho)", "add ms",
        title="Many topics, on one core",
    )  # fmt: skip
    for size in SIZES:
        done = subprocess.run(
            [sys.executable, "-m", "bench.many", str(corpus), str(size)],
            stdout=subprocess.PIPE,
            check=True,
        )
        row: dict[str, float] = json.loads(done.stdout)
        ratio = row["ours"] / row["aho"]
        table.add_row(
            f"{size:,}", f"{row['ours']:,.0f}", f"{row['aho']:,.0f}", f"{ratio:.2f}",
            f"{row['fts']:,.1f}", f"{row['ours'] / row['fts']:,.1f}",
            f"{row['full']:,.1f}", f"{row['full_wall']:,.1f}", f"{row['mb']:.0f}",
            f"{row['build']:.1f}", f"{row['aho_mb']:.0f}", f"{row['aho_build']:.1f}",
            f"{row['add']:.2f}",
        )  # fmt: skip
    Console().print(table)


def measure(corpus: Path, size: int, *, alone: bool) -> dict[str, float]:
    """Measure one size in this process; what it is about goes to standard error."""
    labelled = articles(corpus)[:ARTICLES]
    rows = [read(article.title, article.text).words for article in labelled]
    made = phrases(rows, size)
    gazetteer = shipped().gazetteer
    _say(size, "building")
    out: dict[str, float] = {}
    before, begun = _megabytes(), time.process_time()
    topics = Topics((_topic(str(number), said) for number, said in enumerate(made)), gazetteer)
    out["build"], out["mb"] = time.process_time() - begun, _megabytes() - before
    _say(size, "finding candidates, and the full rule on each")
    out["ours"], _ = _speed(topics.candidates, rows)
    out["full"], out["full_wall"] = _speed(partial(_judge, topics), labelled)
    out["add"] = max(_adding(topics, number, said) for number, said in enumerate(made[:50]))
    if alone:
        return out
    del topics  # its memory is not the other's
    _say(size, "building pyahocorasick with every clitic")
    before, begun = _megabytes(), time.process_time()
    find = _automaton(made)
    out["aho_build"], out["aho_mb"] = time.process_time() - begun, _megabytes() - before
    out["aho"], _ = _speed(find, rows)
    _say(size, "asking FTS5 every topic over the batch")
    out["fts"] = _full_text(made, rows)
    return out


def _say(size: int, doing: str) -> None:
    print(f"{size:,} topics: {doing}", file=sys.stderr)


def phrases(rows: Sequence[Sequence[str]], size: int) -> list[list[str]]:
    """Make up the phrases of so many topics, the same every time."""
    dice = random.Random(2026)
    counts: dict[str, int] = {}
    for row in rows:
        for word in row:
            counts[word] = counts.get(word, 0) + 1
    common = set(sorted(counts, key=lambda word: -counts[word])[:COMMON_WORDS])
    rare = [word for word in counts if word not in common and len(word) > 2]
    made = []
    for _ in range(size):
        said = []
        for _ in range(dice.randint(3, 10)):
            length = dice.randint(1, 3)
            if length == 1:
                said.append(dice.choice(rare))
            else:
                row = dice.choice(rows)
                start = dice.randrange(max(1, len(row) - length))
                said.append(" ".join((dice.choice(rare), *row[start : start + length - 1])))
        made.append(said)
    return made


def _judge(topics: Topics, article: Labelled) -> object:
    return match(article.title, article.text, topics)


def _topic(key: str, said: Sequence[str]) -> Topic:
    return Topic(id=key, name_ar=key, name_en=key, match=Match(phrases=tuple(said)))


def _adding(topics: Topics, number: int, said: Sequence[str]) -> float:
    """Return the milliseconds that one more topic takes."""
    begun = time.perf_counter()
    topics.add(_topic(f"more-{number}", said))
    return 1000 * (time.perf_counter() - begun)


def _automaton(made: Sequence[Sequence[str]]) -> Callable[[Sequence[str]], object]:
    """Build pyahocorasick over every phrase with its clitics; owners are lists of topics."""
    import ahocorasick  # type: ignore[import-not-found]  # noqa: PLC0415  # --ours goes without

    owners: dict[str, list[int]] = {}
    for number, said in enumerate(made):
        for phrase in said:
            for clitic in CLITICS:
                owners.setdefault(f" {clitic}{phrase} ", []).append(number)
    automaton = ahocorasick.Automaton()
    for key, numbers in owners.items():
        automaton.add_word(key, numbers)
    automaton.make_automaton()

    def find(row: Sequence[str]) -> object:
        found: set[int] = set()
        for _, numbers in automaton.iter(f" {' '.join(row)} "):
            found.update(numbers)
        return found

    return find


def _full_text(made: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> float:
    """Return articles a second of SQLite FTS5, asked every topic over one batch of articles."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    database.executemany("INSERT INTO words VALUES (?)", [(" ".join(row),) for row in rows])
    asked, begun = 0, time.process_time()
    for said in made:
        wanted = " OR ".join(f'"{phrase}"' for phrase in said)
        database.execute("SELECT rowid FROM words WHERE words MATCH ?", (wanted,)).fetchall()
        asked += 1
        if time.process_time() - begun > SECONDS:
            break
    seconds = (time.process_time() - begun) * len(made) / asked
    return len(rows) / max(seconds, 1e-9)


def _speed(what: Callable[[Item], object], items: Sequence[Item]) -> tuple[float, float]:
    """Return how many are done in a second of this core and of the clock, after a round to warm."""
    warming = time.process_time()
    for item in items[:20]:
        what(item)
        if time.process_time() - warming > 1.0:
            break
    done, begun, clock = 0, time.process_time(), time.perf_counter()
    for item in itertools.islice(itertools.cycle(items), 100 * len(items)):
        what(item)
        done += 1
        if (time.process_time() - begun) > (1.0 if done >= len(items) else SECONDS):
            break
    return done / (time.process_time() - begun), done / (time.perf_counter() - clock)


def _megabytes() -> float:
    return psutil.Process().memory_info().rss / 1e6


if __name__ == "__main__":
    if len(sys.argv) > 2:
        alone = "--ours" in sys.argv
        print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), alone=alone)))
    else:
        run(Path(sys.argv[1]))
