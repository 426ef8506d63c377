"""A typed line taken apart: its words and phrases, which are wanted, barred or one of several.

What people type is forgiven: quotation marks and dashes of all kinds, brackets, commas, slashes, a
space behind @ or a colon, and words in place of signs (أو, بدون, not).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watch.arabic import fold, tokens

_PIECE = re.compile(
    r"""(?P<or>\||(?<!\S)(?:أو|او|or|OR)(?!\S))
    |(?P<not>(?<![^\s|])(?:[-–—−‑](?=\S)|[-−]\s+(?=\S)
        |(?:بدون|دون|من\s+دون|ليس|وليس|عدا|ما\s+عدا|باستثناء|without|not|NOT)\s+(?=[^\s|])))?
     (?P<sort>@\s*|(?:في|فى|مكان|in|IN|In)\s*[:：﹕]\s*)?
     (?:["“”«»„‟＂](?P<quoted>[^"“”«»„‟＂]*)["“”«»„‟＂]?
       |(?<!\w)['‘’‚‹](?P<single>[^'‘’‹›|]+)['‘’›](?!\w)
       |(?P<word>[^\s|"“”«»„‟＂‹›]+))""",
    re.VERBOSE,
)
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Brackets say nothing, and a comma or a slash parts words, but not the digits of one number.
_PARTING = re.compile(r"[()\[\]{}<>،؛;]|(?<!\d)[,/\\]|[,/\\](?!\d)")

# Words of nearly every article. Alone they ask for everything, beside others for nothing.
_COMMON = frozenset(
    fold(
        "في من على إلى عن مع أن إن كان كانت التي الذي الذين هذا هذه ذلك تلك ما لا لم لن قد كل بعد "
        "قبل بين حتى أو ثم أي هو هي هم يا قال قالت وقال وقالت اليوم أمس عند منذ خلال غير أنه أنها "
        "كما لكن لدى حول دون نحو ضد أكثر عام يوم "
        "the a an of in on at to and or for by with from is was that this it as"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a line asks for or bars."""

    sort: str  # "", "@" or "in:"
    text: str  # folded words
    printed: str  # the same words as typed
    quoted: bool
    barred: bool
    joined: bool  # it stands after |

    @property
    def common(self) -> bool:
        """It stands in nearly every article."""
        return not self.sort and (self.text in _COMMON or len(self.text) == 1)

    @property
    def bare(self) -> bool:
        """It is a plain word, with nothing typed to it."""
        return not (self.sort or self.quoted or self.barred or self.joined)


def pieces(line: str) -> Iterator[Piece]:
    """Yield the pieces of a line in their order; what is joined to a barred piece is barred too."""
    joined = barred = False
    for match in _PIECE.finditer(_PARTING.sub(" ", _UNSEEN.sub("", line))):
        if match["or"]:
            joined = True
            continue
        quoted = match["single"] if match["quoted"] is None else match["quoted"]
        text = match["word"] if quoted is None else quoted
        found = tokens(text)
        words = " ".join(token.word for token in found)
        printed = " ".join(text[token.start : token.end] for token in found)
        sort = (match["sort"] or "")[:1]
        if words:
            barred = bool(match["not"]) or (joined and barred)
            many = quoted is not None or " " in words  # cease-fire is a phrase
            kind = sort if sort in ("", "@") else "in:"
            yield Piece(kind, words, printed, many, barred, joined)
        joined = False
