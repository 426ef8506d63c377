"""Folding, remembered: a page's lines are compared again and again, and folding costs most."""

from __future__ import annotations

from functools import lru_cache

from watch import arabic

_LONGEST = 1_000  # characters: what is longer is compared once and not worth its room
_fold = lru_cache(maxsize=2_048)(arabic.fold)


def fold(text: str) -> str:
    """The text as `watch.arabic.fold` spells it."""
    return _fold(text) if len(text) <= _LONGEST else arabic.fold(text)
