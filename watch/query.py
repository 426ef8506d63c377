"""A line that people type, made into a topic or refused with the reason.

    هدنة الغوطة            both words
    هدنة | تهدئة           either; أو says the same
    -لبنان                 not that
    "لجنة التحقيق"          these words side by side
    @هدنة                  a concept with all its phrases
    في:حلب                 a place and what lies in it

No pattern language: nothing typed can make matching slow. `understand` says the line back in words.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from watch.arabic import fold, tokens
from watch.gazetteer import Gazetteer, Kind
from watch.phrases import parse
from watch.rules import Rule, Term
from watch.seeds import Match
from watch.topics import Topic, from_name
from watch.wording import Refused, Said, refused, say

LINE_CHARACTERS = 10_000
ALTERNATIVES = 500
PHRASE_WORDS = 20
NAME_WORDS = 4  # of a place typed without quotes: في:دير الزور
ALIKE = 0.75  # how alike a name must be to be taken for one that is known

_PIECE = re.compile(
    r"""(?P<or>\||(?<!\S)(?:أو|او|or|OR)(?!\S))
    |(?P<not>(?<![^\s|])[-–—−‑](?=\S))?
     (?P<sort>@|(?:في|فى|in|IN)\s?[::]\s?)?
     (?:["“”«»„‟＂](?P<quoted>[^"“”«»„‟＂]*)["“”«»„‟＂]?|(?P<word>[^\s|"“”«»„‟＂]+))""",
    re.VERBOSE,
)
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

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
class Understood:
    """A line as it was understood."""

    topic: Topic
    said: Said  # the line in words, Arabic and English


@dataclass(frozen=True, slots=True)
class _Piece:
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


def understand(line: str, gazetteer: Gazetteer) -> Understood | Refused:
    """Read a typed line; forgiving about spelling, quotes and digits, never about meaning.

    Refused are lines of more than 10,000 characters or 500 terms, lines that no article or nearly
    every article would match, and names that are not known.
    """
    try:
        if len(line) > LINE_CHARACTERS:
            raise _RefusedError("long", f"{LINE_CHARACTERS:,}")
        pieces = _joined(list(_pieces(_UNSEEN.sub("", line))), gazetteer)
        _check(pieces)
        clauses, none = _clauses(pieces, gazetteer)
    except _RefusedError as error:
        return error.refused
    return _understood(line, clauses, none, gazetteer)


def saved(topic_id: str, line: str, name: str, gazetteer: Gazetteer) -> Topic | None:
    """Make the topic of a line that a reader saved, None when it makes none any more."""
    read = understand(line, gazetteer)
    if isinstance(read, Refused):
        return None
    return replace(read.topic, id=topic_id, name_ar=name, name_en=name)


class _RefusedError(Exception):
    """Ends the reading of a line."""

    def __init__(self, why: str, *about: str) -> None:
        super().__init__(why)
        self.refused = refused(why, *about)


def _check(pieces: Sequence[_Piece]) -> None:
    """Refuse what asks for nothing, for too much or for nearly everything."""
    if not pieces:
        raise _RefusedError("empty")
    if len(pieces) > ALTERNATIVES:
        raise _RefusedError("many", str(ALTERNATIVES))
    if all(piece.barred for piece in pieces):
        raise _RefusedError("only_not")
    common = [piece for piece in pieces if piece.common]
    either = [
        piece
        for piece, after in zip(pieces, [*pieces[1:], None], strict=True)
        if piece.common and (piece.joined or piece.barred or (after and after.joined))
    ]
    if either or len(common) == sum(not piece.barred for piece in pieces):
        raise _RefusedError("everything", (either or common)[0].text)


def _clauses(
    pieces: Sequence[_Piece], gazetteer: Gazetteer
) -> tuple[tuple[tuple[Term, ...], ...], tuple[Term, ...]]:
    """Return what must stand in an article, clause by clause, and what must not.

    Common words beside others ask for nothing more and are left out.
    """
    clauses: list[list[Term]] = []
    none: list[Term] = []
    for piece in pieces:
        if piece.common:
            continue
        term = _term(piece, gazetteer)
        if piece.barred:
            none.append(term)
        elif piece.joined and clauses:
            clauses[-1].append(term)
        else:
            clauses.append([term])
    kept = tuple(dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in clauses))
    asked = {fold(clause[0].written) for clause in kept if len(clause) == 1}
    if barred := next((term for term in none if fold(term.written) in asked), None):
        raise _RefusedError("contrary", barred.written.removeprefix("(ال)"))
    return kept, tuple(dict.fromkeys(none))


def _pieces(line: str) -> Iterator[_Piece]:
    joined = False
    for match in _PIECE.finditer(line):
        if match["or"]:
            joined = True
            continue
        text = match["quoted"] if match["quoted"] is not None else match["word"]
        found = tokens(text)
        words = " ".join(token.word for token in found)
        printed = " ".join(text[token.start : token.end] for token in found)
        sort = "@" if match["sort"] == "@" else "in:" if match["sort"] else ""
        if words:
            many = match["quoted"] is not None or " " in words  # cease-fire is a phrase
            yield _Piece(sort, words, printed, many, bool(match["not"]), joined)
        joined = False


def _joined(pieces: list[_Piece], gazetteer: Gazetteer) -> list[_Piece]:
    """Join bare words that make up a name: دير الزور, also after في: and -, @وقف إطلاق النار."""
    out: list[_Piece] = []
    while pieces:
        first = pieces.pop(0)
        for count in range(min(NAME_WORDS - 1, len(pieces)), 0, -1):
            more = pieces[:count]
            name = " ".join(piece.text for piece in (first, *more))
            printed = " ".join(piece.printed for piece in (first, *more))
            bare = not any(p.sort or p.quoted or p.barred or p.joined for p in more)
            if bare and not first.quoted and _known(first.sort, name, gazetteer):
                first = _Piece(first.sort, name, printed, True, first.barred, first.joined)
                del pieces[:count]
                break
        out.append(first)
    return out


def _known(sort: str, name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a name of several words is a place's, or after @ a concept's."""
    if sort != "@":
        return gazetteer.named(name) is not None
    words = name.split()
    return any(
        found.owner.kind is Kind.CONCEPT and (found.start, found.end) == (0, len(words))
        for found in gazetteer.lexicon.find(words)
    )


def _term(piece: _Piece, gazetteer: Gazetteer) -> Term:
    if piece.sort == "@":
        return _concept(piece.text, gazetteer)
    if piece.sort:
        return _place(piece.text, gazetteer)
    if piece.text.count(" ") >= PHRASE_WORDS:
        raise _RefusedError("phrase", str(PHRASE_WORDS))
    free = not piece.quoted and gazetteer.named(piece.text) is None
    free = free and not piece.text.startswith("ال") and not piece.text.isascii()
    return Term(Kind.TOPIC, f"(ال){piece.printed}" if free else piece.printed)


def _concept(name: str, gazetteer: Gazetteer) -> Term:
    """Return the concept that has this id, name or phrase, or nearly so."""
    names = {key.replace("-", " "): key for key in gazetteer.concepts}
    for key, seed in gazetteer.concepts.items():
        names |= {_plain(seed.name): key, _plain(seed.name_en): key}
    for found in gazetteer.lexicon.find(name.split()):
        if found.owner.kind is Kind.CONCEPT:
            return Term(Kind.CONCEPT, found.owner.id)
    near = difflib.get_close_matches(name, names, 1, ALIKE)
    if not near:
        known = "، ".join(seed.name for seed in gazetteer.concepts.values())
        raise _RefusedError("concept", name, known)
    return Term(Kind.CONCEPT, names[near[0]])


def _place(name: str, gazetteer: Gazetteer) -> Term:
    for known in (name, name.removeprefix("ال"), f"ال{name}"):
        if place := gazetteer.named(known):
            return Term(Kind.PLACE, place)
    names = {_plain(place.name): key for key, place in gazetteer.places.items() if not place.party}
    near = difflib.get_close_matches(name, names, 1, ALIKE)
    if not near:
        raise _RefusedError("place", name)
    return Term(Kind.PLACE, names[near[0]])


def _plain(name: str) -> str:
    return " ".join(token.word for token in tokens(name))


def _understood(
    line: str, clauses: Sequence[tuple[Term, ...]], none: tuple[Term, ...], gazetteer: Gazetteer
) -> Understood:
    """Make the topic: a concept and a place are attached, one name is that name."""
    said = say(clauses, none, gazetteer)
    alone = [clause[0] for clause in clauses if len(clause) == 1]
    concepts = [term for term in alone if term.kind is Kind.CONCEPT]
    places = [term for term in alone if term.kind is Kind.PLACE]
    rest = list(clauses)
    match = Match()
    if len(concepts) == 1 and len(places) <= 1:
        match = Match(concept=concepts[0].written, place=places[0].written if places else "")
        rest = [clause for clause in rest if clause[0] not in (*concepts, *places[:1])]
    elif len(places) == len(clauses) == 1:
        match, rest = Match(place=places[0].written), []
    elif len(clauses) == len(alone) == 1:
        topic = from_name(alone[0].written.removeprefix("(ال)"), gazetteer)
        match, rest = topic.match, []
    for term in (term for clause in (*rest, none) for term in clause if term.kind is Kind.TOPIC):
        parse(term.written)
    rule = Rule(clauses=tuple(rest), none=none) if rest or none else None
    named = " ".join(line.split())
    topic = Topic(id=named, name_ar=named, name_en=named, match=match, rule=rule)
    return Understood(topic, said)
