"""What an article names: every place, concept and topic phrase, once for all topics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watch.document import Document
from watch.gazetteer import Company, Gazetteer, Kind, Name
from watch.phrases import Found, Lexicon

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

    def beside(self, found: Found[Name], company: tuple[Company, ...]) -> str:
        """Say which of these words stands near a find and why it matters, "" if none does."""
        return _beside(found, company, self.document)


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
    bold = [place for place in places if not place.owner.shy]
    alone = [place for place in places if place.owner.shy and not _beside_kin(place, bold)]
    refused += [
        Refusal(place, "an everyday word, with no place of its region beside it") for place in alone
    ]
    return Survey(
        document,
        tuple(place for place in places if place not in alone),
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
        if inside and (name.owner.kind is Kind.PLACE or name.owner.id == kept[-1].owner.id):
            continue
        kept.append(name)
    return kept


def _beside_kin(shy: Found[Name], bold: list[Found[Name]]) -> bool:
    return any(
        shy.start - SHY_WORDS <= place.end
        and place.start <= shy.end + SHY_WORDS
        and shy.owner.id == place.owner.id
        for place in bold
    )
