"""Whose ceasefire is it: attaching a concept to its place.

Measured on 31,030 articles: a ceasefire and Syria anywhere in one article is right one time in
five; attached by these rules, nine times in ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from watch.document import Document
from watch.gazetteer import Gazetteer, Name
from watch.phrases import Found
from watch.place_rows import COMMAS
from watch.survey import Survey

AFTER_WORDS = 6  # a place this soon after the concept decides
NEAR_WORDS = 100  # a place farther off, or deeper in a long lead, says nothing of it


class Attachment(NamedTuple):
    """Whether a concept is the place's, and by which rule."""

    held: bool
    why: str
    firm: bool  # its own sentence says so, or the one it was told of before


def attach(
    concept: Found[Name],
    place: str,
    survey: Survey,
    gazetteer: Gazetteer,
    before: Attachment | None = None,
) -> Attachment:
    """Decide whether a concept named here is of this place; `before` is what the last one was.

    A place whose name it is decides, or the first within six words after it in its sentence, else
    the nearest before it there. A sentence that names none goes on about the one that was told of
    before, if that was placed so; else the nearest before it in its paragraph decides, else the
    place named in the same paragraph, in the title or in the lead, with no place of another
    conflict. A place after a comma or after و ("Hamas accepts the truce, and Syria welcomes it")
    only decides where none stands before. Places that act far from home (capitals, venues of talks)
    never decide, nor do those that hold `place`.
    """
    document, near = survey.document, _near(concept, place, survey, gazetteer)
    sentence = document.sentence(concept.start)
    soon = range(concept.end, min(sentence.stop, concept.end + AFTER_WORDS))
    led = any(sentence.start <= found.start < concept.start for found in near)
    for found in near:
        if found.start <= concept.start < found.end:
            return _verdict(found, place, "itself", survey, gazetteer, firm=True)
        if found.start in soon and not (led and _apart(concept, found, document, gazetteer)):
            return _verdict(found, place, "after it", survey, gazetteer, firm=True)
    silent = all(found.start not in sentence for found in near)
    if silent and before and before.firm:
        return before
    for found in reversed(near):
        if found.end <= concept.start:
            return _verdict(found, place, "before it", survey, gazetteer, firm=led)
    for around, where in ((near, "in its paragraph"), *_heads(place, survey, gazetteer)):
        foreign = [found for found in around if not gazetteer.within(found.owner.id, place)]
        if around:
            return _verdict((foreign or around)[0], place, where, survey, gazetteer)
    return Attachment(False, "no place is named near it", firm=False)


def _near(
    concept: Found[Name], place: str, survey: Survey, gazetteer: Gazetteer
) -> list[Found[Name]]:
    """Return the places of the concept's paragraph that can be whose it is."""
    paragraphs = survey.document.paragraphs
    around = survey.places_between(concept.start - NEAR_WORDS, concept.end + NEAR_WORDS)
    own = [each for each in around if paragraphs[each.start] == paragraphs[concept.start]]
    return _deciding(own, place, survey, gazetteer)


def _apart(
    concept: Found[Name], found: Found[Name], document: Document, gazetteer: Gazetteer
) -> bool:
    """Tell whether a place after a concept begins another clause: after a comma, or with و."""
    between = document.printed(concept.start, found.start + 1)
    word = document.words[found.start]
    joined = word[0] == "و" and gazetteer.named(word[1:]) is not None
    return joined or not COMMAS.isdisjoint(between)


def _heads(
    place: str, survey: Survey, gazetteer: Gazetteer
) -> Iterator[tuple[list[Found[Name]], str]]:
    """Yield the places named in the title, and then those of the first paragraph."""
    title = survey.document.title_words
    for start, end, where in (
        (0, title, "in the title"),
        (title, title + NEAR_WORDS, "in the lead"),
    ):
        around = survey.places_between(start, end)
        own = [each for each in around if survey.document.paragraphs[each.start] <= 1]
        yield _deciding(own, place, survey, gazetteer), where


def _deciding(
    around: Sequence[Found[Name]], place: str, survey: Survey, gazetteer: Gazetteer
) -> list[Found[Name]]:
    """Return the places that can be whose the concept is: those in `place` and those elsewhere.

    Neither can of two whose adjectives stand side by side: على الحدود اللبنانية السورية.
    """
    _, elsewhere = survey.elsewhere(place)
    decide = [
        each for each in around if each.start in elsewhere or gazetteer.within(each.owner.id, place)
    ]
    undecided: set[int] = set()
    for one, other in pairwise(decide):
        paired = one.owner.nisba and other.owner.nisba and one.end == other.start
        if paired and one.owner.id != other.owner.id:
            undecided |= {one.start, other.start}
    return [each for each in decide if each.start not in undecided]


def _verdict(
    found: Found[Name],
    place: str,
    where: str,
    survey: Survey,
    gazetteer: Gazetteer,
    *,
    firm: bool = False,
) -> Attachment:
    printed = survey.document.printed(found.start, found.end)
    ours = gazetteer.within(found.owner.id, place)
    why = f"its place is {printed}, {where}" if ours else f"it is of {printed}, {where}"
    return Attachment(ours, why, firm)
