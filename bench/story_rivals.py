"""datasketch and rensa as indexes of stories, to be asked what ours is asked."""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from rich.progress import track

PERMUTATIONS, THRESHOLD = 128, 0.5  # datasketch's own
BANDS = 16
RUN_WORDS = 3
QUESTIONS = 10_000  # articles whose signatures are kept to ask by, spread over the index

Sketch = Callable[[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Index:
    """An index that is filled: what it took, and the two ways to ask it."""

    name: str
    size: int
    inserts: float  # a second of processor time
    disk_bytes: float | None  # by article
    questions: Sequence[int]  # the articles that it can be asked for
    by_signature: Callable[[int], object]
    by_words: Callable[[int], object]  # the signature is made of a text first
    memory_mb: float  # that it holds when it is filled and was asked a while
    warm: Callable[[], object] = lambda: None  # reads into memory what the system may have let go


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers a second of processor time."""

    signed: float
    worded: float


@dataclass(frozen=True, slots=True)
class _Lsh:
    """An empty index, and how it takes an article's number or a text to a signature."""

    name: str
    index: Any
    made: Callable[[int], Any]
    signed: Callable[[str], None]


def memory_mb() -> float:
    """Return the resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _datasketch(size: int, texts: Sequence[str], _: Sketch) -> Index:
    datasketch: Any = importlib.import_module("datasketch")
    numpy: Any = importlib.import_module("numpy")
    dice = numpy.random.default_rng(1)
    lsh = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    first = datasketch.MinHash(num_perm=PERMUTATIONS, scheme="legacy")
    minhash = partial(
        datasketch.MinHash, PERMUTATIONS, permutations=first.permutations, scheme="legacy"
    )

    def made(_: int) -> Any:
        return minhash(hashvalues=dice.integers(0, 1 << 32, PERMUTATIONS, dtype=numpy.uint64))

    def signed(text: str) -> None:
        minhash().update_batch([run.encode() for run in _runs(text)])

    return _filled(_Lsh("datasketch, in memory", lsh, made, signed), size, texts)


def _rensa(size: int, texts: Sequence[str], sketch_of: Sketch) -> Index:
    rensa: Any = importlib.import_module("rensa")
    lsh = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)

    def made(number: int) -> Any:
        signature = rensa.RMinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update([str(value) for value in sketch_of(number)])
        return signature

    def signed(text: str) -> None:
        rensa.RMinHash(num_perm=PERMUTATIONS, seed=1).update(_runs(text))

    return _filled(_Lsh("rensa, in memory", lsh, made, signed), size, texts)


def _filled(lsh: _Lsh, size: int, texts: Sequence[str]) -> Index:
    kept, held, took = {}, memory_mb(), 0.0
    with _uncollected():
        for number in track(range(size), f"filling {lsh.name}", transient=True):
            signature = lsh.made(number)
            begun = process_time()
            lsh.index.insert(number, signature)
            took += process_time() - begun
            if number % max(1, size // QUESTIONS) == 0:
                kept[number] = signature

    def by_words(number: int) -> object:
        lsh.signed(texts[number % len(texts)])
        return lsh.index.query(kept[number])

    return Index(
        name=lsh.name, size=size, inserts=size / took, disk_bytes=None, questions=list(kept),
        by_signature=lambda number: lsh.index.query(kept[number]), by_words=by_words,
        memory_mb=memory_mb() - held,
    )  # fmt: skip


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the collector the walk through millions of sets, while filling and ever after."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _runs(text: str) -> list[str]:
    words = text.split()
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


RIVALS: tuple[Callable[[int, Sequence[str], Sketch], Index], ...] = (_datasketch, _rensa)
