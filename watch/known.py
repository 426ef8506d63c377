"""Known names among the words of a typed line: دير الزور is one, وقف إطلاق النار a concept.

People type names as they write them in a sentence: in several words, after في, with و or ب on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from watch.gazetteer import Gazetteer, Kind
from watch.phrases import stems
from watch.pieces import Piece

NAME_WORDS = 4  # of a name typed without quotes
_IN = ("في", "in")


def recognise(pieces: Sequence[Piece], gazetteer: Gazetteer) -> list[Piece]:
    """Return the pieces with the names in them joined, freed of what is written on to them.

    A name of a place after في is that place and what lies in it; one that is joined to a place is a
    place too. What stands on both sides of | is asked for once.
    """
    out: list[Piece] = []
    rest = list(pieces)
    while rest:
        piece = _longest(rest, gazetteer)
        if _is_place(piece, out, gazetteer):
            piece = replace(piece, sort="in:")
            if out[-1].text in _IN:
                out.pop()
        out.append(piece)
    return _shared(out)


def _shared(pieces: Sequence[Piece]) -> list[Piece]:
    """Take الليرة التركية | الليرة السورية for الليرة and one of the two."""
    out: list[Piece] = []
    rest = list(pieces)
    first = 0  # the alternative that those joined to it follow
    while rest:
        piece = rest.pop(0)
        again = piece.joined and first > 0 and _same(out[first - 1], piece)
        if again and rest and not (rest[0].joined or rest[0].barred):
            rest[0] = replace(rest[0], joined=True)
            continue
        if not piece.joined:
            first = len(out)
        out.append(piece)
    return out


def _same(one: Piece, other: Piece) -> bool:
    return (one.text, one.sort, one.barred) == (other.text, other.sort, other.barred)


def concept_called(name: str, gazetteer: Gazetteer) -> str:
    """Return the id of the concept that these folded words are a phrase of, "" if of none."""
    words = name.split()
    for found in gazetteer.lexicon.find(words):
        if found.owner.kind is Kind.CONCEPT and (found.start, found.end) == (0, len(words)):
            return found.owner.id
    return ""


def _longest(rest: list[Piece], gazetteer: Gazetteer) -> Piece:
    """Take the first piece off, with as many bare words after it as make up a name."""
    first = rest.pop(0)
    if first.quoted:
        return first
    for count in range(min(NAME_WORDS - 1, len(rest)), 0, -1):
        more = rest[:count]
        if all(piece.bare for piece in more):
            joined = _called(first, more, gazetteer)
            if joined:
                del rest[:count]
                return joined
    return first if first.sort else _freed(first, gazetteer)


def _called(first: Piece, more: Sequence[Piece], gazetteer: Gazetteer) -> Piece | None:
    """Return the name that these pieces make up, None if they make up none."""
    text = " ".join([first.text, *(piece.text for piece in more)])
    printed = " ".join([first.printed, *(piece.printed for piece in more)])
    whole = replace(first, text=text, printed=printed, quoted=True)
    if first.sort != "@" and gazetteer.named(text):
        return whole
    if first.sort != "in:" and concept_called(text, gazetteer):
        return replace(whole, sort="@")
    return None


def _freed(piece: Piece, gazetteer: Gazetteer) -> Piece:
    """Take off what is written on to the name of a place, and و before an article."""
    word = piece.text
    if gazetteer.named(word):
        return piece
    known = [stem for stem in stems(word)[1:] if gazetteer.named(stem)]
    if not known and word.startswith("وال") and len(word) > 5 and not word.startswith("والد"):
        known = [word[1:]]
    if not known:
        return piece
    bare = known[0]
    printed = piece.printed[-len(bare) :] if len(piece.printed) == len(word) else bare
    if bare.startswith("ال") and not printed.startswith("ال"):  # للرقة
        printed = f"ال{printed[2:]}"
    return replace(piece, text=bare, printed=printed)


def _is_place(piece: Piece, before: Sequence[Piece], gazetteer: Gazetteer) -> bool:
    """Tell whether a plain piece is meant as a place by what stands before it."""
    if piece.sort or not before or not _place(piece.text, gazetteer):
        return False
    last = before[-1]
    if piece.joined:
        return last.sort == "in:"
    named = len(before) > 1 and not before[-2].barred
    return named and last.bare and last.text in _IN and not piece.barred


def _place(name: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.named(name)
    return known is not None and not gazetteer.places[known].party
