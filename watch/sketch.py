"""A text's fingerprint: a few hashes of its runs of words, alike where texts share passages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache
from hashlib import blake2b
from itertools import compress
from struct import pack, unpack_from

from watch.arabic import FATHATAN, TANWIN
from watch.arabic import words as spelt_words

GRAM_WORDS = 4
FLASH_WORDS = 20  # a text of no more is a flash
KEPT_ONE_IN = 16
KEPT_AT_LEAST = 20  # short texts are kept whole, so that a flash is still found
ASKED_AT_MOST = 1000  # hashes in one look-up: those of 16,000 words; a lock is held no longer

_PRIME = (1 << 61) - 1
_SHORT = (1 << 47) - 1  # SQLite keeps such an integer in six bytes; a false match is one in 10^7
_LIMIT = _PRIME // KEPT_ONE_IN
_PARTS = 32  # of the range of remainders, as the highest byte of a sum tells them apart
_PART = (_PRIME + 1) // _PARTS
_READ_FOR_20 = 36  # sums: so many hold fewer than 20 that count once in five hundred texts
_FACTORS = tuple(pow(0x9E3779B97F4A7C15, power, _PRIME) for power in range(1, GRAM_WORDS + 1))

Gram = tuple[str, ...]  # words in a row


def words(text: str) -> list[str]:
    """Return the folded words of a text: those of `watch.arabic.tokens`, without their places."""
    found = list(spelt_words(text))
    if any(mark in text for mark in TANWIN):
        return [word.rstrip(FATHATAN) for word in found]
    return found


def paragraphs(text: str) -> tuple[Gram, ...]:
    """Return the folded words of each paragraph, a repeated paragraph once.

    Outlets print the end of a story twice, or its body once for readers and once for machines.
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
    said = b"".join(dict.fromkeys(map(_terms, text.splitlines()))) or _terms(title)
    if not said:
        return ()
    sums = _runs(said.ljust(GRAM_WORDS * _WORD_BYTES, b"\0"))
    return tuple(sorted({value & _SHORT for value in _least(sums)}))


def _terms(line: str) -> bytes:
    """Return what each word of a line adds to the hashes of runs."""
    return b"".join(map(_TERMS.__getitem__, line.split()))


def _runs(said: bytes) -> bytes:
    """Return the sum of each run's terms, in the first eight bytes of its first word.

    All runs are summed at once, as lanes of 64 bits of one long number: each word has a lane for
    every place in a run, and the lane of its first place is where the sums are read. No sum leaves
    its lane, being of four numbers below 2^61.
    """
    lanes = int.from_bytes(said, "little")
    sums = sum(lanes >> place * _NEXT_PLACE for place in range(GRAM_WORDS))
    return sums.to_bytes(len(said), "little")[: len(said) - (GRAM_WORDS - 1) * _WORD_BYTES]


def _least(sums: bytes) -> list[int]:
    """Return the sums modulo 2^61 - 1 below the limit, else the least 20, ascending.

    A sum's highest byte tells in which part of the range its remainder lies, so only those in the
    lowest parts are read: as many as mostly hold 20, and all if they do not.
    """
    tops = sums[7::_WORD_BYTES]
    for parts in (min(max(2, 1 + _READ_FOR_20 * _PARTS // len(tops)), _PARTS), _PARTS):
        chosen = compress(range(0, len(sums), _WORD_BYTES), tops.translate(_lowest(parts)))
        read = {unpack_from("<Q", sums, at)[0] % _PRIME for at in chosen}
        least = sorted([value for value in read if value < parts * _PART])
        if len(least) >= KEPT_AT_LEAST:
            break
    return least[: max(KEPT_AT_LEAST, bisect_left(least, _LIMIT))]


@cache
def _lowest(parts: int) -> bytes:
    """Tell of each highest byte of a sum whether its remainder may lie in so many lowest parts.

    Five bits of it tell the part. A multiple of the prime lies just below one of 2^61, so what
    stands there is read too.
    """
    return bytes((top + 1) % _PARTS <= parts for top in range(256))


def asked(sketch: Collection[int]) -> list[int]:
    """Return the hashes by which the relatives of a text are looked up, ascending."""
    return sorted(set(sketch))[:ASKED_AT_MOST]


class _Terms(dict[str, bytes]):
    """What the words of each printed piece between white space add to the hashes of runs.

    Eight bytes for each place in a run; kept, because news repeats its words.
    """

    def __missing__(self, printed: str) -> bytes:
        terms = b"".join(map(_hashed, words(printed)))
        if len(printed) <= _KEPT_CHARACTERS:
            if len(self) >= _KEPT:
                self.clear()
            self[printed] = terms
        return terms


def _hashed(word: str) -> bytes:
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    value = int.from_bytes(digest)
    return pack(f"<{GRAM_WORDS}Q", *(value * factor % _PRIME for factor in _FACTORS))


_KEPT = 1 << 16  # pieces: about 15 MB when full
_KEPT_CHARACTERS = 60  # longer pieces are addresses and other noise
_WORD_BYTES = 8 * GRAM_WORDS
_NEXT_PLACE = 8 * (_WORD_BYTES + 8)  # in bits: the next word's lane of the next place
_TERMS = _Terms()
