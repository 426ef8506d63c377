"""Furniture that only a site's own articles tell: lines that most of them begin or end with.

Only the first two and the last six paragraphs are looked at, and only short ones, so a paragraph
of background that an outlet repeats in the middle of its stories is never in question. What is
learned is `storage.readings`' to say.
"""

from __future__ import annotations

from collections.abc import Collection

from watch.arabic import fold

_FIRST, _LAST = 2, 6
_MAX_WORDS = 40
_MAX_CHARS = 400


def edges(text: str) -> dict[str, str]:
    """The short paragraphs at both ends of a text, by the spelling they are compared in."""
    paragraphs = text.split("\n\n")
    ends = paragraphs[:_FIRST] + paragraphs[_FIRST:][-_LAST:]
    return {
        spelt: paragraph
        for paragraph in ends
        if len(paragraph) <= _MAX_CHARS
        and len(paragraph.split()) <= _MAX_WORDS
        and (spelt := _spelt(paragraph))
    }


def without(text: str, learned: Collection[str]) -> str:
    """A text without the learned lines at its ends; unchanged if nothing would be left."""
    if not learned:
        return text
    paragraphs = text.split("\n\n")
    first, last = min(_FIRST, len(paragraphs)), len(paragraphs) - _LAST
    kept = [
        paragraph
        for at, paragraph in enumerate(paragraphs)
        if not ((at < first or at >= last) and _spelt(paragraph[: _MAX_CHARS + 1]) in learned)
    ]
    return "\n\n".join(kept) or text


def _spelt(paragraph: str) -> str:
    return " ".join(fold(paragraph).split())
