"""Lines that are the captions of pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.reading import furniture, headline
from spiders.reading.markup import Line, ends_sentence

BRACKETED = re.compile(r"\(([^()]{2,40})\)\s*$")


def caption(line: Line) -> bool:
    """Whether a line is credited as pictures are, and is no sentence."""
    return furniture.caption(line.text, line.words) and not ends_sentence(line.text.rstrip(")"))


def credits_outlet(text: str, outlets: Sequence[str]) -> bool:
    """Whether a short line ends with the outlet's name in brackets, as captions do."""
    found = BRACKETED.search(text) if len(text) <= 160 else None
    if not found or ends_sentence(text[: found.start()].rstrip()):
        return False
    return headline.words(found[1]) in [headline.words(name) for name in outlets]


def credited_sentence(line: Line) -> bool:
    """Whether a line is a whole sentence with a wire in brackets behind it, as last ones are."""
    found = BRACKETED.search(line.text)
    return (
        found is not None and line.words >= 8 and ends_sentence(line.text[: found.start()].rstrip())
    )
