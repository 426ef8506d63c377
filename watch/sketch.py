"""A text's fingerprint: a few hashes of its runs of words, alike where texts share passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from watch.arabic import fold

GRAM_WORDS = 4
KEPT_ONE_IN = 16
KEPT_AT_LEAST = 20  # short texts are kept whole, so that a flash is still found

_PRIME = (1 << 61) - 1
_SHORT = (1 << 47) - 1  # SQLite keeps such an integer in six bytes; a false match is one in 10^7
_LIMIT = _PRIME // KEPT_ONE_IN
_FACTORS = tuple(pow(0x9E3779B97F4A7C15, power, _PRIME) for power in range(1, GRAM_WORDS + 1))
_WORD = re.compile(r"[^\W\d_]+|\d+")

Gram = tuple[str, ...]  # words in a row


def words(text: str) -> list[str]:
    """Return the folded words of a text: those of `watch.arabic.tokens`, without their places."""
    return _WORD.findall(_folded(text))


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    """Fold a text that is sketched, compared and indexed in turn."""
    return fold(text)


@lru_cache(maxsize=4)
def paragraphs(text: str) -> tuple[Gram, ...]:
    """Return the folded words of each paragraph, a repeated paragraph once.

    Outlets print the end of a story twice, or its body once for readers and once for machines. The
    last text is kept, since it is sketched and compared in turn.
    """
    told = (tuple(_WORD.findall(line)) for line in _folded(text).splitlines())
    return tuple(dict.fromkeys(said for said in told if said))


def grams(said: Sequence[str], size: int) -> list[Gram]:
    """Return every run of `size` words, in order; a shorter text is one run."""
    if len(said) <= size:
        return [tuple(said)] if said else []
    return list(zip(*(said[at:] for at in range(size)), strict=False))


def sketch(title: str, text: str) -> tuple[int, ...]:
    """Sketch an article by FracMinHash: the share of its hashes that lie below a fixed limit.

    Hashes are of four words in a row, unsigned, below 2^47, ascending, and the same on every
    machine. Two sketches share about one in 16 of what the texts share, whatever their lengths; a
    text has at least 20 of its hashes if it has so many. An article without words has none. The
    title stands in for a missing text only, since outlets write their own. (Irber et al. 2022,
    "Lightweight compositional analysis of metagenomes with FracMinHash".)
    """
    said = [_hash(word) for told in paragraphs(text) or [words(title)] for word in told]
    if not said:
        return ()
    said += [0] * (GRAM_WORDS - len(said))
    first, second, third, fourth = _FACTORS
    runs = zip(said, said[1:], said[2:], said[3:], strict=False)
    hashes = sorted(
        {(one * first + two * second + three * third + four * fourth) % _PRIME
         for one, two, three, four in runs}
    )  # fmt: skip
    below = sum(value < _LIMIT for value in hashes)
    return tuple(sorted({value & _SHORT for value in hashes[: max(below, KEPT_AT_LEAST)]}))


@lru_cache(maxsize=1 << 15)
def _hash(word: str) -> int:
    """Hash a word; news repeats its words, so the last ones are kept."""
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest)
