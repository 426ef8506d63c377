"""The usual ways to find near-copies, each small and with its best threshold, to be measured by."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from math import log, sqrt
from typing import Any

from watch.arabic import tokens
from watch.records import Telling
from watch.sketch import grams, paragraphs

Likeness = Callable[[Telling, Telling], float]

SIMHASH_BITS = 64
MINHASH_SIZE = 128
LSH_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Score:
    """How well a way of judging separates one story from the rest."""

    precision: float
    recall: float
    f1: float


def score(found: Sequence[bool], labels: Sequence[bool]) -> Score:
    """Compare verdicts with labels."""
    hits = sum(one and other for one, other in zip(found, labels, strict=True))
    precision = hits / max(1, sum(found))
    recall = hits / max(1, sum(labels))
    return Score(precision, recall, 2 * precision * recall / ((precision + recall) or 1))


def best(values: Sequence[float], labels: Sequence[bool]) -> tuple[float, Score]:
    """Return the threshold with the best F1, chosen on the very pairs: a reference's best case.

    Zero is none: it would join all there is.
    """
    limits = set(values) - {0.0}
    scored = [(limit, score([value >= limit for value in values], labels)) for limit in limits]
    return max(scored, key=lambda one: (one[1].f1, one[0]))


def references(articles: Sequence[Telling]) -> dict[str, Likeness]:
    """Return the reference methods by name; document frequencies come from `articles`."""
    often: Counter[str] = Counter()
    for article in articles:
        often.update(set(_words(article)))
    rare = {word: log(len(articles) / count) for word, count in often.items()}
    return {
        "SimHash, words": _simhash,
        "MinHash 128, 3-grams (datasketch)": _minhash,
        f"MinHash-LSH at {LSH_THRESHOLD} (datasketch)": _minhash_lsh,
        "Jaccard, 3-grams": partial(_jaccard, size=3),
        "containment, 4-grams": partial(_containment, size=4),
        "TF-IDF cosine": partial(_cosine, rare=rare),
    }


def _words(article: Telling) -> list[str]:
    told = [word for line in paragraphs(article.text) for word in line]
    return told or [token.word for token in tokens(article.title)]


def _hash(thing: str) -> int:
    return int.from_bytes(blake2b(thing.encode(), digest_size=8).digest())


def _simhash(one: Telling, other: Telling) -> float:
    differ = _fingerprint(one) ^ _fingerprint(other)
    return 1 - differ.bit_count() / SIMHASH_BITS


def _fingerprint(article: Telling) -> int:
    sums = [0] * SIMHASH_BITS
    for word, count in Counter(_words(article)).items():
        value = _hash(word)
        for bit in range(SIMHASH_BITS):
            sums[bit] += count if value >> bit & 1 else -count
    return sum(1 << bit for bit, total in enumerate(sums) if total > 0)


def _runs(article: Telling, size: int) -> set[tuple[str, ...]]:
    return set(grams(_words(article), size))


def _jaccard(one: Telling, other: Telling, size: int) -> float:
    first, second = _runs(one, size), _runs(other, size)
    return len(first & second) / max(1, len(first | second))


def _containment(one: Telling, other: Telling, size: int) -> float:
    first, second = _runs(one, size), _runs(other, size)
    return len(first & second) / max(1, min(len(first), len(second)))


def _minhash(one: Telling, other: Telling) -> float:
    return float(_signature(one).jaccard(_signature(other)))


def _minhash_lsh(one: Telling, other: Telling) -> float:
    """Return 1 where an index of the older text gives it for the newer, else 0."""
    index = _datasketch().MinHashLSH(threshold=LSH_THRESHOLD, num_perm=MINHASH_SIZE)
    index.insert("older", _signature(other))
    return float(bool(index.query(_signature(one))))


def _signature(article: Telling) -> Any:
    made = _datasketch().MinHash(num_perm=MINHASH_SIZE)
    made.update_batch([" ".join(run).encode() for run in _runs(article, 3)])
    return made


def _datasketch() -> Any:
    return importlib.import_module("datasketch")


def _cosine(one: Telling, other: Telling, rare: dict[str, float]) -> float:
    first, second = Counter(_words(one)), Counter(_words(other))
    dot = sum(
        first[word] * second[word] * rare.get(word, 0.0) ** 2 for word in first if word in second
    )
    norms = [
        sqrt(sum((count * rare.get(word, 0.0)) ** 2 for word, count in told.items()))
        for told in (first, second)
    ]
    return dot / ((norms[0] * norms[1]) or 1.0)
