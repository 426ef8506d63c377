"""What a title names, hashed with its hours: how another outlet's report of an event is found.

Two who write for themselves share no four words in a row that a sketch would keep, nor does a flash
with its report; their titles name the same things, in whatever order, within the hours.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from watch.gist import stems
from watch.sketch import FLASH_WORDS, words

SPELL = timedelta(hours=2)  # in which others tell it too; a title is kept for two of them
ALIKE = 3  # names that two titles share, else they may tell of anything
LATEST = 16  # tellings of a spell that are looked at for one name; what more name tells little
FOUND_AT_MOST = 2  # by their titles

_SIDE = 1 << 26  # headings of one spell lie side by side
_FACTOR = 0x9E3779B1  # parts a pair from its reverse


class Headings(NamedTuple):
    """Hashes by which an article is found in the next hours, and those by which it looks now."""

    kept: tuple[int, ...]
    wanted: tuple[int, ...]


def headings(title: str, text: str, seen: datetime | None) -> Headings:
    """Hash what the beginning of a title, and of a flash's text, names; none at an unknown time.

    A flash may name two things only: it is kept by its names in pairs too.
    """
    if seen is None:
        return Headings((), ())
    flash = len(text.split(None, FLASH_WORDS)) <= FLASH_WORDS
    names = [*_names(title), *(_names(text) if flash else ())]
    pairs = [(one * _FACTOR + other) % _SIDE for one, other in pairwise(names)]
    now = spell(seen)
    wanted = {now + name for name in (*names, *pairs)}
    kept = wanted if flash else {now + name for name in names}
    return Headings(
        kept=(*sorted(kept), *sorted(heading + _SIDE for heading in kept)),
        wanted=tuple(sorted(wanted)),
    )


def spell(moment: datetime) -> int:
    """Return the least heading of a spell; those of earlier spells, all lower, are stale."""
    return int(moment.timestamp() // SPELL.total_seconds()) * _SIDE


def _names(printed: str) -> list[int]:
    first = " ".join(printed.split(None, FLASH_WORDS)[:FLASH_WORDS])
    return [_hashed(name) for name in stems(words(first)[:FLASH_WORDS])]


@lru_cache(maxsize=1 << 14)
def _hashed(name: str) -> int:
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) % _SIDE
