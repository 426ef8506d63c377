"""Folding, quicker for a page's lines, which are compared again and again: it costs most.

What is written with the letters of windows-1256, as nearly all Arabic is, can be folded byte by
byte: one look-up a letter in C, ten times as fast as `str.translate`, which asks Python for each.
"""

from __future__ import annotations

from functools import lru_cache

from watch import arabic

_CHARSET = "cp1256"
_MICRO = "µ".encode(_CHARSET)  # the one sign whose folded form the charset has not
_LONGEST = 1_000  # characters: what is longer is compared once and not worth its room


def _tables() -> tuple[bytes, bytes]:
    """What each byte becomes, and the bytes that are left out."""
    pairs = [(bytes([code]), _folded(code)) for code in range(256)]
    kept = b"".join(folded or byte for byte, folded in pairs)
    return kept, b"".join(byte for byte, folded in pairs if not folded)


def _folded(code: int) -> bytes:
    byte = bytes([code])
    return byte if byte == _MICRO else arabic.fold(byte.decode(_CHARSET)).encode(_CHARSET)


_BECOMES, _DROPPED = _tables()


def _quickly(text: str) -> str:
    try:
        spelt = text.encode(_CHARSET)
    except UnicodeEncodeError:
        return arabic.fold(text)
    if _MICRO in spelt:
        return arabic.fold(text)
    return spelt.translate(_BECOMES, _DROPPED).decode(_CHARSET)


_remembered = lru_cache(maxsize=2_048)(_quickly)


def fold(text: str) -> str:
    """The text as `watch.arabic.fold` spells it."""
    return _remembered(text) if len(text) <= _LONGEST else _quickly(text)
