"""The usual ways to find near-copies, each small and with its best threshold, to be measured by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from math import log, sqrt

from watch.arabic import tokens
from watch.records import Telling
from watch.sketch import grams, paragraphs

Likeness = Callable[[Telling, Telling], float]

SIMHASH_BITS = 64
MINHASH_SIZE = 128
_MIX = (1 << 61) - 1  # a prime: hashes are permuted by a*x + b modulo it


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
    """Return the threshold with the best F1, chosen on the very pairs: a reference's best case."""
    scored = [(limit, score([value >= limit for value in values], labels)) for limit in set(values)]
    return max(scored, key=lambda one: (one[1].f1, one[0]))


def references(articles: Sequence[Telling]) -> dict[str, Likeness]:
    """Return the reference methods by name; document frequencies come from `articles`."""
    often: Counter[str] = Counter()
    for article in articles:
        often.update(set(_words(article)))
    rare = {word: log(len(articles) / count) for word, count in often.items()}
    return {
        "SimHash, words": _simhash,
        "MinHash 128, 3-grams": _minhash,
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
    first, second = _signature(one), _signature(other)
    same = sum(left == right for left, right in zip(first, second, strict=True))
    return same / MINHASH_SIZE


def _signature(article: Telling) -> list[int]:
    values = [_hash(" ".join(run)) for run in _runs(article, 3)]
    permutations = ((2 * at + 1, _hash(str(at))) for at in range(1, MINHASH_SIZE + 1))
    return [
        min(((factor * value + shift) % _MIX for value in values), default=0)
        for factor, shift in permutations
    ]


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
