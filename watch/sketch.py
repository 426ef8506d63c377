"""A text's fingerprint: a few hashes of its runs of words, alike where texts share passages."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from watch.arabic import tokens

GRAM_WORDS = 4
KEPT_ONE_IN = 16
KEPT_AT_LEAST = 24  # short texts are kept whole, so that a flash is still found

_BITS = 63  # SQLite's integers are signed
_LIMIT = (1 << _BITS) // KEPT_ONE_IN

Gram = tuple[str, ...]


def paragraphs(text: str) -> list[list[str]]:
    """Return the folded words of each paragraph, a repeated paragraph once.

    Outlets print the end of a story twice, or its body once for readers and once for machines.
    """
    seen: set[Gram] = set()
    told = []
    for line in text.splitlines():
        words = [token.word for token in tokens(line)]
        if words and tuple(words) not in seen:
            seen.add(tuple(words))
            told.append(words)
    return told


def grams(words: Sequence[str], size: int = GRAM_WORDS) -> list[Gram]:
    """Return every run of `size` words, in order; a shorter text is one run."""
    if not words:
        return []
    return [tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))]


def sketch(title: str, text: str) -> tuple[int, ...]:
    """Sketch an article by FracMinHash: the share of its hashes that lie below a fixed limit.

    Hashes are unsigned 63-bit, ascending, and the same on every machine. Two sketches share about
    one in 16 of what the texts share, whatever their lengths; a text has at least 24 of its
    hashes if it has so many. An article without words has none. The title stands in for a missing
    text only, since outlets write their own. (Irber et al. 2022, "Lightweight compositional
    analysis of metagenomes with FracMinHash".)
    """
    words = [word for told in paragraphs(text) or paragraphs(title) for word in told]
    hashes = sorted({_hash(gram) for gram in grams(words)})
    below = sum(value < _LIMIT for value in hashes)
    return tuple(hashes[: max(below, KEPT_AT_LEAST)])


def _hash(gram: Gram) -> int:
    digest = blake2b(" ".join(gram).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - _BITS)
