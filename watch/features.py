"""What a careful reader looks at to tell whether an article is about what it names.

The features know no topic: they are made of where the topic is named, how often and how strongly,
in what company and in what part of the article. Most lie between 0 and 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from watch.document import Document
from watch.gazetteer import Gazetteer, Name
from watch.phrases import Found
from watch.strength import Strength, origin, strength
from watch.survey import Survey

LEAD_WORDS = 45
EARLY_WORDS = 200  # how fast a find fades down the text
OPENING_WORDS = 12
RIVAL_SHARE = 3  # so many other places weigh as much as one find


@dataclass(frozen=True, slots=True)
class Case:
    """A topic's finds in one article with all that the features need, computed once."""

    document: Document
    found: tuple[Found[Name], ...]  # never empty, in the order of the text
    strengths: tuple[Strength, ...]
    rivals: tuple[Found[Name], ...]  # places that neither lie in the topic's place nor hold it

    @property
    def finds(self) -> list[tuple[Found[Name], float]]:
        """The finds with what they weigh."""
        return [(at, each.weight) for at, each in zip(self.found, self.strengths, strict=True)]

    @property
    def body(self) -> list[tuple[Found[Name], float]]:
        """The finds in the text, without the title's."""
        return [pair for pair in self.finds if pair[0].start >= self.document.title_words]

    @property
    def length(self) -> int:
        """Words of the text, at least one."""
        return max(1, len(self.document.words) - self.document.title_words)

    def depth(self, found: Found[Name]) -> int:
        """How many words of the text stand before a find; the title's are at 0."""
        return max(0, found.start - self.document.title_words)


def case(
    found: Sequence[Found[Name]],
    place: str,
    names: Survey,
    gazetteer: Gazetteer,
) -> Case:
    """Gather a topic's case: its finds, how strong each is, and the other places named.

    Places that act far from home are no rivals: they are in half the news of the region.
    """
    own = {each.start for each in found}
    rivals = tuple(
        other
        for other in names.places
        if other.start not in own
        and not gazetteer.places[other.owner.id].actor
        and not (
            place
            and (gazetteer.within(other.owner.id, place) or gazetteer.within(place, other.owner.id))
        )
    )
    starts = frozenset(other.start for other in rivals)
    return Case(
        document=names.document,
        found=tuple(found),
        strengths=tuple(strength(each, starts, names.document) for each in found),
        rivals=rivals,
    )


def measure(case: Case) -> dict[str, float]:
    """Return every feature by its name, in the order of the weights."""
    return {**_where(case), **_how_much(case), **_company(case)}


def _where(case: Case) -> dict[str, float]:
    document, body = case.document, case.body
    sentence = document.sentences[document.title_words] if body else -1
    scale = math.log1p(case.length)
    openings = {
        document.paragraphs[found.start]
        for found, _ in body
        if found.start - document.paragraph(found.start).start < OPENING_WORDS
    }
    return {
        "title": max(
            (weight for at, weight in case.finds if at.start < document.title_words), default=0.0
        ),
        "first": max(
            (1 - math.log1p(case.depth(at)) / scale) * weight for at, weight in case.finds
        ),
        "first_sentence": float(
            any(document.sentences[found.start] == sentence for found, _ in body)
        ),
        "openings": math.log1p(len(openings)),
    }


def _how_much(case: Case) -> dict[str, float]:
    paragraphs = Counter(case.document.paragraphs[found.start] for found, _ in case.body)
    reach = min(EARLY_WORDS, max(LEAD_WORDS, case.length / 2))
    faded = sum(weight * math.exp(-case.depth(at) / reach) for at, weight in case.finds)
    return {
        "amount": math.log1p(sum(weight for _, weight in case.finds)),
        "early_amount": math.log1p(faded),
        "heap": min(1.0, max(paragraphs.values(), default=0) / 3),
        "paragraphs": _spread(case, case.document.paragraphs),
        "sentences": _spread(case, case.document.sentences),
    }


def _company(case: Case) -> dict[str, float]:
    weight = sum(weight for _, weight in case.finds)
    return {
        "share": weight / (weight + len(case.rivals) / RIVAL_SHARE),
        "origin": sum(origin(at, case.document) for at in case.found) / len(case.found),
    }


def _spread(case: Case, parts: Sequence[int]) -> float:
    """Return the share of the article's sentences, or of its paragraphs, that name the topic."""
    return len({parts[found.start] for found in case.found}) / (1 + parts[-1])
