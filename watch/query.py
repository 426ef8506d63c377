"""A line that people type, made into a topic or refused with the reason.

    هدنة الغوطة            both words
    هدنة | تهدئة           either; أو says the same
    -لبنان                 not that; بدون لبنان says the same
    "لجنة التحقيق"          these words side by side
    @هدنة                  a concept with all its phrases
    في:حلب                 a place and what lies in it
    وقف القتال في حلب       what is known by its words is taken for @هدنة في:حلب

No pattern language: nothing typed can make matching slow. `understand` says the line back in words.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from watch.arabic import fold, tokens
from watch.gazetteer import Gazetteer, Kind
from watch.known import NAME_WORDS, concept_called, recognise
from watch.phrases import ARTICLE, free_forms
from watch.pieces import Piece, pieces
from watch.rules import Rule, Term
from watch.seeds import Match
from watch.topics import Topic, from_name
from watch.wording import Refused, Said, refused, say, shown

LINE_CHARACTERS = 10_000
ALTERNATIVES = 500
PHRASE_WORDS = 20
ALIKE = 0.75  # how alike a name must be to be taken for one that is known


@dataclass(frozen=True, slots=True)
class Understood:
    """A line as it was understood."""

    topic: Topic
    said: Said  # the line in words, Arabic and English


def understand(line: str, gazetteer: Gazetteer) -> Understood | Refused:
    """Read a typed line; forgiving about spelling, quotes and digits, never about meaning.

    Refused are lines of more than 10,000 characters or 500 terms, lines that no article or nearly
    every article would match, and names that are not known.
    """
    try:
        if len(line) > LINE_CHARACTERS:
            raise _RefusedError("long", f"{LINE_CHARACTERS:,}")
        taken = list(pieces(line))
        if len(taken) > ALTERNATIVES * NAME_WORDS:
            raise _RefusedError("many", str(ALTERNATIVES))
        asked = recognise(taken, gazetteer)
        _check(asked)
        clauses, none = _clauses(asked, gazetteer)
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


def _check(asked: Sequence[Piece]) -> None:
    """Refuse what asks for nothing, for too much or for nearly everything."""
    if not asked:
        raise _RefusedError("empty")
    if len(asked) > ALTERNATIVES:
        raise _RefusedError("many", str(ALTERNATIVES))
    if all(piece.barred for piece in asked):
        raise _RefusedError("only_not")
    common = [piece for piece in asked if piece.common]
    either = [
        piece
        for piece, after in zip(asked, [*asked[1:], None], strict=True)
        if piece.common and (piece.joined or piece.barred or (after and after.joined))
    ]
    if either or len(common) == sum(not piece.barred for piece in asked):
        raise _RefusedError("everything", (either or common)[0].text)


def _clauses(
    asked: Sequence[Piece], gazetteer: Gazetteer
) -> tuple[tuple[tuple[Term, ...], ...], tuple[Term, ...]]:
    """Return what must stand in an article, clause by clause, and what must not.

    Common words beside others ask for nothing more and are left out.
    """
    clauses: list[list[Term]] = []
    none: list[Term] = []
    concept = any(piece.sort == "@" and not piece.barred for piece in asked)
    for piece, after in zip(asked, [*asked[1:], None], strict=True):
        if piece.common:
            continue
        term = _term(piece, gazetteer)
        if piece.barred:
            none.append(term)
        elif piece.joined and clauses:
            clauses[-1].append(term)
        else:
            whole = gazetteer.named(piece.text) if piece.sort == "in:" else None
            if whole and term.kind is Kind.TOPIC and concept and not (after and after.joined):
                clauses.append([Term(Kind.PLACE, whole)])  # the concept is attached to it
            clauses.append([term])
    kept = tuple(dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in clauses))
    for wanted in (clause[0] for clause in kept if len(clause) == 1):
        if any(_bars(term, wanted, gazetteer) for term in none):
            raise _RefusedError("contrary", shown(wanted, gazetteer))
    return kept, tuple(dict.fromkeys(none))


def _bars(barred: Term, wanted: Term, gazetteer: Gazetteer) -> bool:
    """Tell whether no article can have what is wanted without what is barred."""
    if fold(barred.written) == fold(wanted.written):
        return barred.kind is wanted.kind
    name = _plain(wanted.written.removeprefix(ARTICLE))
    if barred.kind is wanted.kind is Kind.TOPIC:
        return _plain(barred.written.removeprefix(ARTICLE)) in gazetteer.spellings(name)
    if barred.kind is Kind.CONCEPT and wanted.kind is Kind.TOPIC:
        return concept_called(name, gazetteer) == barred.written
    if barred.kind is Kind.PLACE and wanted.kind is not Kind.CONCEPT:
        place = wanted.written if wanted.kind is Kind.PLACE else gazetteer.named(name)
        return place is not None and gazetteer.within(place, barred.written)
    return False


def _term(piece: Piece, gazetteer: Gazetteer) -> Term:
    if piece.sort == "@":
        return _concept(piece.text, gazetteer)
    if piece.sort:
        return _place(piece, gazetteer)
    if piece.text.count(" ") >= PHRASE_WORDS:
        raise _RefusedError("phrase", str(PHRASE_WORDS))
    if gazetteer.named(piece.text):
        return Term(Kind.TOPIC, gazetteer.proper(piece.text) or piece.printed)
    free = not (piece.quoted or piece.text.startswith("ال") or piece.text.isascii())
    return Term(Kind.TOPIC, f"{ARTICLE}{piece.printed}" if free else piece.printed)


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


def _place(piece: Piece, gazetteer: Gazetteer) -> Term:
    """Return the place that is called so or nearly so; a town without an entry is its name."""
    name = piece.text
    for known in (name, name.removeprefix("ال"), f"ال{name}"):
        place = gazetteer.named(known)
        if place and gazetteer.places[place].party:
            raise _RefusedError("place", name)
        if place:
            inner = gazetteer.inner(known)
            return Term(Kind.TOPIC, piece.printed) if inner else Term(Kind.PLACE, place)
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
        topic = from_name(alone[0].written.removeprefix(ARTICLE), gazetteer)
        match, rest = topic.match, []
    asked = tuple(_spelt(clause, gazetteer) for clause in rest)
    rule = Rule(clauses=asked, none=_spelt(none, gazetteer)) if rest or none else None
    named = " ".join(line.split())
    topic = Topic(id=named, name_ar=named, name_en=named, match=match, rule=rule)
    return Understood(topic, said)


def _spelt(terms: Sequence[Term], gazetteer: Gazetteer) -> tuple[Term, ...]:
    """Add to each word its other spellings and forms, as a name typed alone has them."""
    out: dict[Term, None] = {}
    for term in terms:
        out[term] = None
        if term.kind is Kind.TOPIC:
            name = _plain(term.written.removeprefix(ARTICLE))
            free = term.written.startswith((ARTICLE, "ال"))
            forms = free_forms(name)[1:] if free else ()
            out |= {Term(Kind.TOPIC, form): None for form in (*gazetteer.spellings(name), *forms)}
    return tuple(out)
