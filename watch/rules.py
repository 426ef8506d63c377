"""What a topic asks for when it is more than one name: all of these, any of those, none of them.

A rule is clauses that must all be met, each by any of its terms, with terms that must not stand in
the article, and with where the words must stand. `watch.query` makes rules of a typed line, seed
files write them as data.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from watch.document import Document
from watch.gazetteer import Gazetteer, Kind, Name
from watch.phrases import Found
from watch.survey import Survey

LEAD_WORDS = 45
COMPANY_WORDS = 10  # so near each other stand a word and the place that were asked for together
NAME_WORDS = 5  # and two words, neither of which is a place: محمد بن سلمان is not محمد صلاح


class Field(StrEnum):
    """The part of an article in which words must stand."""

    TITLE = "title"
    LEAD = "lead"  # the title and the first 45 words of the text
    BODY = "body"  # the text without its title


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: a phrase as `watch.phrases` reads it, or the id of a name."""

    kind: Kind  # TOPIC: a phrase of the topic's own
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Clauses that must all be met, each by any of its terms."""

    clauses: tuple[tuple[Term, ...], ...]
    none: tuple[Term, ...] = ()
    near: int = 0  # within so many words of each other; 0: anywhere
    same_sentence: bool = False
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a rule is met, by which finds in the order of the text, and why."""

    met: bool
    found: tuple[Found[Name], ...]
    why: str
    company: frozenset[int] = frozenset()  # where finds begin that have all the others near them


def meet(rule: Rule, names: Survey, gazetteer: Gazetteer) -> Answer:
    """Hold an article against a topic's rule."""

    def stands(clause: tuple[Term, ...]) -> list[Found[Name]]:
        return [each for term in clause for each in _where(term, names, gazetteer)]

    barred = stands(rule.none)
    asked = [stands(clause) for clause in rule.clauses]
    if barred:
        printed = names.document.printed(barred[0].start, barred[0].end)
        return Answer(False, (), f"{printed} stands in it, which is not wanted")
    if rule.field:
        asked = [[each for each in found if _within(each, rule.field, names)] for found in asked]
    asked = _together(asked, rule, names.document)
    for number, found in enumerate(asked):
        if not found:
            wanted = " | ".join(term.written for term in rule.clauses[number])
            return Answer(False, (), f"{wanted} does not stand where it must")
    kept = {each.start: each for found in asked for each in found}
    row = tuple([kept[start] for start in sorted(kept)])
    return Answer(True, row, "has all that is asked for", _company(asked, kept, names))


def _company(
    asked: Sequence[list[Found[Name]]], kept: Mapping[int, Found[Name]], names: Survey
) -> frozenset[int]:
    """Return where finds begin that have one of every other clause near them."""
    if len(asked) < 2:
        return frozenset()
    reach = NAME_WORDS if names.kinds.keys().isdisjoint(kept) else COMPANY_WORDS
    rows = [sorted([each.start for each in found]) for found in asked]
    return frozenset(
        [
            start
            for own in rows
            for start in own
            if all(_any_between(other, start - reach, start + reach) for other in rows)
        ]
    )


def _where(term: Term, names: Survey, gazetteer: Gazetteer) -> Iterable[Found[Name]]:
    """Return where a phrase stands or a concept, or a place and what lies in it, is named."""
    if term.kind is Kind.TOPIC:
        return names.phrase(term.written)
    if term.kind is Kind.CONCEPT:
        return names.concept(term.written)
    return [
        found
        for found in names.places
        if gazetteer.within(found.owner.id, term.written)
        and not gazetteer.places[found.owner.id].party
    ]


def _within(found: Found[Name], field: Field, names: Survey) -> bool:
    title = names.document.title_words
    if field is Field.TITLE:
        return found.start < title
    if field is Field.LEAD:
        return found.start < title + LEAD_WORDS
    return found.start >= title


def _together(
    asked: Sequence[list[Found[Name]]], rule: Rule, document: Document
) -> list[list[Found[Name]]]:
    """Keep the finds that have one of every other clause near them, or in their sentence."""
    if not (rule.near or rule.same_sentence):
        return list(asked)
    places = [[_place(each, rule, document) for each in found] for found in asked]
    ordered = [sorted(row) for row in places]
    reach = 0 if rule.same_sentence else rule.near
    return [
        [
            each
            for each, place in zip(found, own, strict=True)
            if all(_any_between(other, place - reach, place + reach) for other in ordered)
        ]
        for found, own in zip(asked, places, strict=True)
    ]


def _place(found: Found[Name], rule: Rule, document: Document) -> int:
    return document.sentences[found.start] if rule.same_sentence else found.start


def _any_between(row: Sequence[int], low: int, high: int) -> bool:
    return bisect_right(row, high) > bisect_left(row, low)


def spoken(rule: Rule) -> str:
    """Say a rule on one line, for the operator."""
    parts = [" | ".join(term.written for term in clause) for clause in rule.clauses]
    parts += [f"not {term.written}" for term in rule.none]
    if rule.same_sentence:
        parts.append("in one sentence")
    if rule.near:
        parts.append(f"within {rule.near} words")
    if rule.field:
        parts.append(f"in the {rule.field}")
    return ", ".join(parts)
