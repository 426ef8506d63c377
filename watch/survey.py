"""What an article names: every place, concept and topic phrase, once for all topics."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watch.document import Document
from watch.gazetteer import Company, Gazetteer, Kind, Name
from watch.lexicon import Lexicon
from watch.phrases import Found

SHY_WORDS = 4  # how near a shy name must stand to its kin


@dataclass(frozen=True, slots=True)
class Refusal:
    """A name that was found and does not count."""

    found: Found[Name]
    why: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The names of an article that count, in the order of the text, and those that do not."""

    document: Document
    places: tuple[Found[Name], ...]
    others: tuple[Found[Name], ...]  # concepts and topics' own phrases
    refused: tuple[Refusal, ...]

    def places_between(self, start: int, end: int) -> Sequence[Found[Name]]:
        """Return the places that begin from word `start` on and before word `end`."""
        first = bisect_left(self.places, start, key=_start)
        return self.places[first : bisect_left(self.places, end, lo=first, key=_start)]

    def beside(self, found: Found[Name], company: tuple[Company, ...]) -> str:
        """Say which of these words stands near a find and why it matters, "" if none does."""
        return _beside(found, company, self.document)


def _start(found: Found[Name]) -> int:
    return found.start


def names_in(document: Document, gazetteer: Gazetteer, own: Lexicon[Name]) -> list[Found[Name]]:
    """Find every name of an article, whatever its neighbours make of it."""
    return [*gazetteer.lexicon.find(document.words), *own.find(document.words)]


def survey(document: Document, everything: list[Found[Name]]) -> Survey:
    """Drop the names that their neighbours undo, and those inside longer ones."""
    kept: list[Found[Name]] = []
    refused: list[Refusal] = []
    for found in everything:
        why = _broken(found, document) or _beside(found, found.owner.unless, document)
        if why:
            refused.append(Refusal(found, why))
        else:
            kept.append(found)
    places = _longest(found for found in kept if found.owner.kind is Kind.PLACE)
    near = {
        (place.owner.id, word)
        for place in places
        if not place.owner.shy
        for word in range(place.start - SHY_WORDS, place.end + SHY_WORDS)
    }
    alone = {
        place.start
        for place in places
        if place.owner.shy and (place.owner.id, place.start) not in near
    }
    why = "an everyday word, with no place of its region beside it"
    refused += [Refusal(place, why) for place in places if place.start in alone]
    return Survey(
        document,
        tuple(place for place in places if place.start not in alone),
        tuple(_longest(found for found in kept if found.owner.kind is not Kind.PLACE)),
        tuple(refused),
    )


def _broken(found: Found[Name], document: Document) -> str:
    """Say whether a phrase runs over the end of a title or paragraph."""
    whole = document.paragraphs[found.start] == document.paragraphs[found.end - 1]
    return "" if whole else "runs over the end of a paragraph"


def _beside(found: Found[Name], company: tuple[Company, ...], document: Document) -> str:
    for rule in company:
        before = document.words[max(0, found.start - rule.before) : found.start]
        after = document.words[found.end : found.end + rule.after]
        if rule.words.find(before) or rule.words.find(after):
            return rule.why
    return ""


def _longest(found: Iterable[Found[Name]]) -> list[Found[Name]]:
    """Keep the longest of the names that begin together or lie in one another, per owner's kind."""
    kept: list[Found[Name]] = []
    ordered = sorted(found, key=lambda name: (name.start, -name.end))
    for name in ordered:
        inside = kept and name.end <= kept[-1].end and name.start < kept[-1].end
        if inside and (name.owner.kind is Kind.PLACE or name.owner is kept[-1].owner):
            continue
        kept.append(name)
    return kept
