"""Typed lines said back in words, and why a line is refused, in Arabic and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watch.arabic import fold
from watch.gazetteer import Gazetteer, Kind
from watch.phrases import ARTICLE
from watch.rules import Term

SHOWN = 12  # terms of one clause that are said; of more, the number
SHOWN_CHARACTERS = 80  # of one term


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said in both languages."""

    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that makes no topic, and why."""

    why: Said


_REFUSALS = {
    "long": Said(
        "السطر أطول من {0} حرف؛ اختصره", "the line has more than {0} characters; shorten it"
    ),
    "empty": Said(
        "لا كلمة في السطر؛ اكتب كلمة واحدة على الأقل", "the line holds no word; write at least one"
    ),
    "many": Said(
        "في السطر أكثر من {0} كلمة؛ اختصره", "the line has more than {0} terms; shorten it"
    ),
    "only_not": Said(
        "السطر يستبعد ولا يطلب شيئا؛ أضف كلمة بلا ناقص",
        "the line only excludes; add a word without a minus",
    ),
    "everything": Said(
        "«{0}» ترد في كل مقال تقريبا؛ أضف كلمة أخص",
        "{0!r} stands in nearly every article; write a rarer word",
    ),
    "contrary": Said(
        "السطر يطلب «{0}» ويستبعدها، فلا يطابقه شيء",
        "the line asks for {0!r} and excludes it, so nothing matches",
    ),
    "phrase": Said(
        "العبارة بين علامتي التنصيص أطول من {0} كلمة؛ اختصرها",
        "a phrase has more than {0} words; shorten it",
    ),
    "concept": Said(
        "لا مفهوم باسم «{0}»؛ المعروف: {1}", "no concept is called {0!r}; there are: {1}"
    ),
    "place": Said(
        "لا مكان باسم «{0}»؛ اكتب اسم مدينة أو بلد معروف أو احذف في:",
        "no place is called {0!r}; write a known one or leave out in:",
    ),
}


def refused(why: str, *about: str) -> Refused:
    """Return a refusal; what was typed is cut to a length that can be shown."""
    said = _REFUSALS[why]
    shown = list(map(_cut, about))
    return Refused(Said(said.ar.format(*shown), said.en.format(*shown)))


def say(clauses: Sequence[tuple[Term, ...]], none: Sequence[Term], gazetteer: Gazetteer) -> Said:
    """Say in words what a line asks for."""
    ar = " و".join(_clause(clause, clauses, gazetteer, "ar") for clause in clauses)
    en = " and ".join(_clause(clause, clauses, gazetteer, "en") for clause in clauses)
    if none:
        ar += f"، ولا يرد فيه {_any(none, gazetteer, 'ar')}"
        en += f", and not {_any(none, gazetteer, 'en')}"
    return Said(f"كل مقال يرد فيه {ar}", f"every article with {en}")


def _clause(
    clause: Sequence[Term], clauses: Sequence[tuple[Term, ...]], gazetteer: Gazetteer, language: str
) -> str:
    """Say one clause; brackets hold alternatives together where another clause stands beside."""
    if len(clauses) == len(clause) == 1 and (place := _town(clause[0], gazetteer)):
        named = f" اسما لمكان في {place}", f" as the name of a place in {place}"
        return _term(clause[0], gazetteer, language) + named[language == "en"]
    said = _any(clause, gazetteer, language)
    return f"({said})" if len(clauses) > 1 < len(clause) else said


def _town(term: Term, gazetteer: Gazetteer) -> str:
    """Return what the place lies in that an everyday word means when it is asked for alone."""
    name = fold(term.written.removeprefix(ARTICLE))
    place = gazetteer.named(name) if gazetteer.everyday(name) else None
    return gazetteer.places[place].name if place and term.kind is Kind.TOPIC else ""


def _any(terms: Sequence[Term], gazetteer: Gazetteer, language: str) -> str:
    said = [_term(term, gazetteer, language) for term in terms[:SHOWN]]
    more = len(terms) - len(said)
    either = " أو " if language == "ar" else " or "
    if more:
        said.append(f"{more} غيرها" if language == "ar" else f"{more} more")
    return either.join(said)


def _term(term: Term, gazetteer: Gazetteer, language: str) -> str:
    arabic = language == "ar"
    if term.kind is Kind.PLACE:
        place = gazetteer.places[term.written]
        if arabic:
            return f"مكان: {place.name} وما فيها"
        return f"a place: {place.name} and what lies in it"
    if term.kind is Kind.CONCEPT:
        name = gazetteer.concepts[term.written].name
        return f"«{name}» بكل عباراته" if arabic else f"{name} in any of its phrases"
    word = _cut(term.written.removeprefix(ARTICLE))
    return f"«{word}»" if arabic else f'"{word}"'


def _cut(written: str) -> str:
    """Return what was typed at a length that can be shown."""
    if len(written) <= SHOWN_CHARACTERS:
        return written
    return f"{written[:SHOWN_CHARACTERS]}…"


def shown(term: Term, gazetteer: Gazetteer) -> str:
    """Return what a term is called, for a refusal."""
    if term.kind is Kind.PLACE:
        return gazetteer.places[term.written].name
    if term.kind is Kind.CONCEPT:
        return gazetteer.concepts[term.written].name
    return term.written.removeprefix(ARTICLE)
