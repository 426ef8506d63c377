"""Which labelled articles tell one text: copies must never stand on both sides of a fold.

Outlets print one wire under different titles, so titles alone do not tell copies apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from watch.arabic import tokens

SHINGLE_WORDS = 5
SHARED = 0.5  # of the shorter text's shingles


def stories(articles: Sequence[tuple[str, str]]) -> list[int]:
    """Return a story for each title and text: the number of the first article that tells it."""
    leaders = list(range(len(articles)))

    def leader(number: int) -> int:
        while leaders[number] != number:
            number = leaders[number]
        return number

    for one, other in _copies(articles):
        first, second = sorted((leader(one), leader(other)))
        leaders[second] = first
    return [leader(number) for number in range(len(articles))]


def _copies(articles: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of articles with one title, or with half of the shorter text in common."""
    titled: dict[str, list[int]] = defaultdict(list)
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    shingles = [_shingles(text) for _, text in articles]
    for number, (title, _) in enumerate(articles):
        titled["".join(token.word for token in tokens(title))].append(number)
        common = Counter(other for each in shingles[number] for other in holders[each])
        for other, shared in common.items():
            if shared > SHARED * min(len(shingles[number]), len(shingles[other])):
                yield number, other
        for each in shingles[number]:
            holders[each].append(number)
    for title, numbers in titled.items():
        if title:
            yield from pairwise(numbers)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = [token.word for token in tokens(text)]
    return {
        tuple(words[start : start + SHINGLE_WORDS])
        for start in range(max(1, len(words) - SHINGLE_WORDS + 1))
    }
