"""A text's fingerprint: a few hashes of its runs of words, alike where texts share passages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from hashlib import blake2b
from struct import pack, unpack

from watch.arabic import FATHATAN, TANWIN
from watch.arabic import words as spelt_words

GRAM_WORDS = 4
KEPT_ONE_IN = 16
KEPT_AT_LEAST = 20  # short texts are kept whole, so that a flash is still found
ASKED_AT_MOST = 1000  # hashes in one look-up: those of 16,000 words; a lock is held no longer

_PRIME = (1 << 61) - 1
_SHORT = (1 << 47) - 1  # SQLite keeps such an integer in six bytes; a false match is one in 10^7
_LIMIT = _PRIME // KEPT_ONE_IN
_FACTORS = tuple(pow(0x9E3779B97F4A7C15, power, _PRIME) for power in range(1, GRAM_WORDS + 1))

Gram = tuple[str, ...]  # words in a row


def words(text: str) -> list[str]:
    """Return the folded words of a text: those of `watch.arabic.tokens`, without their places."""
    found = list(spelt_words(text))
    if any(mark in text for mark in TANWIN):
        return [word.rstrip(FATHATAN) for word in found]
    return found


@lru_cache(maxsize=4)
def paragraphs(text: str) -> tuple[Gram, ...]:
    """Return the folded words of each paragraph, a repeated paragraph once.

    Outlets print the end of a story twice, or its body once for readers and once for machines. The
    last text is kept, since it is sketched and compared in turn.
    """
    told = (tuple(words(line)) for line in text.splitlines())
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
    said = [_TERMS[word] for told in paragraphs(text) or [words(title)] for word in told]
    if not said:
        return ()
    said += [_NO_WORD] * (GRAM_WORDS - len(said))
    hashes = set(_runs(said))
    kept = [value for value in hashes if value < _LIMIT]
    if len(kept) < KEPT_AT_LEAST:
        kept = sorted(hashes)[:KEPT_AT_LEAST]
    return tuple(sorted({value & _SHORT for value in kept}))


def _runs(said: Sequence[bytes]) -> list[int]:
    """Return the hash of each run: what its words add, modulo 2^61 - 1.

    All runs are summed at once, as lanes of 64 bits of one long number: each word has a lane for
    every place in a run, and the lane of its first place is where the sums are read. No sum leaves
    its lane, being of four numbers below 2^61.
    """
    lanes = int.from_bytes(b"".join(said), "little")
    sums = sum(lanes >> place * _NEXT_PLACE for place in range(GRAM_WORDS))
    told = unpack(f"<{GRAM_WORDS * len(said)}Q", sums.to_bytes(_WORD_BYTES * len(said), "little"))
    return [value % _PRIME for value in told[::GRAM_WORDS][: len(said) - GRAM_WORDS + 1]]


def asked(sketch: Collection[int]) -> list[int]:
    """Return the hashes by which the relatives of a text are looked up, ascending."""
    return sorted(set(sketch))[:ASKED_AT_MOST]


class _Terms(dict[str, bytes]):
    """What a word adds to the hash of a run, at each place in it; news repeats its words."""

    def __missing__(self, word: str) -> bytes:
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = int.from_bytes(digest)
        terms = pack(f"<{GRAM_WORDS}Q", *(value * factor % _PRIME for factor in _FACTORS))
        if len(self) >= _KEPT:
            self.clear()
        self[word] = terms
        return terms


_KEPT = 1 << 15  # words: about 6 MB when full
_WORD_BYTES = 8 * GRAM_WORDS
_NEXT_PLACE = 8 * (_WORD_BYTES + 8)  # in bits: the next word's lane of the next place
_NO_WORD = bytes(_WORD_BYTES)
_TERMS = _Terms()
