"""Folding, quicker for a page's lines, which are compared again and again: it costs most."""

from __future__ import annotations

import re
from functools import lru_cache

from spiders.reading import windows1256
from watch import arabic

_WORD = re.compile(r"\w+")
_MICRO = "µ"  # the one sign whose folded form windows-1256 has not
_LONGEST = 1_000  # characters: what is longer is compared once and not worth its room


def _folded(sign: str) -> str:
    return sign if sign == _MICRO else arabic.fold(sign)


_DROPPED = windows1256.having(lambda sign: not _folded(sign))
_FOLDED = windows1256.table(lambda sign: _folded(sign) or sign)
_WORDS = windows1256.table(lambda sign: _folded(sign) if _WORD.match(_folded(sign)) else " ")


def _quickly(text: str, table: bytes) -> str | None:
    """The text with each sign as a table has it; None if windows-1256 cannot tell."""
    spelt = None if _MICRO in text else windows1256.encode(text)
    return None if spelt is None else windows1256.decode(spelt.translate(table, _DROPPED))


def _spelt(text: str) -> str:
    folded = _quickly(text, _FOLDED)
    return arabic.fold(text) if folded is None else folded


_remembered = lru_cache(maxsize=2_048)(_spelt)


def fold(text: str) -> str:
    """The text as `watch.arabic.fold` spells it."""
    return _remembered(text) if len(text) <= _LONGEST else _spelt(text)


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text without signs, as they are compared."""
    spelt = _quickly(text, _WORDS)
    return tuple(_WORD.findall(arabic.fold(text)) if spelt is None else spelt.split())
