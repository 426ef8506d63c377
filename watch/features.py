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
from watch.evidence import Evidence, Worth
from watch.gazetteer import Gazetteer, Name
from watch.phrases import Found
from watch.strength import Strength, origin, strength
from watch.survey import Survey
from watch.topics import Topic

LEAD_WORDS = 45
EARLY_WORDS = 200  # how fast a find fades down the text
OPENING_WORDS = 12
RIVAL_SHARE = 3  # so many other places weigh as much as one find
KIN_WORDS = 60  # of the text, after the title, in which words of the same matter are looked for
KIN_ENOUGH = 3  # more of them say no more

Weighed = tuple[Found[Name], float]


@dataclass(frozen=True, slots=True)
class Case:
    """A topic's finds in one article with all that the features need, computed once."""

    document: Document
    found: tuple[Found[Name], ...]  # never empty, in the order of the text
    strengths: tuple[Strength, ...]
    passing: int  # names that only pass: towns of the place, parts of other names
    rivals: Sequence[Found[Name]]  # places that neither lie in the topic's place nor hold it
    kin: int  # words of the same matter in the title and beginning

    @property
    def finds(self) -> list[Weighed]:
        """The finds with what they weigh."""
        return [(at, each.weight) for at, each in zip(self.found, self.strengths, strict=True)]

    @property
    def length(self) -> int:
        """Words of the text, at least one."""
        return max(1, len(self.document.words) - self.document.title_words)

    def depth(self, found: Found[Name]) -> int:
        """How many words of the text stand before a find; the title's are at 0."""
        return max(0, found.start - self.document.title_words)


def case(evidence: Sequence[Evidence], topic: Topic, names: Survey, gazetteer: Gazetteer) -> Case:
    """Gather a topic's case from evidence of which at least one find counts in full.

    Places that act far from home are no rivals: they are in half the news of the region.
    """
    place, concept = topic.match.place, topic.match.concept
    document = names.document
    found = tuple([each.found for each in evidence if each.worth is Worth.FULL])
    own = {each.start for each in found}
    rivals, starts = names.elsewhere(place)
    if not starts.isdisjoint(own):
        rivals = [other for other in rivals if other.start not in own]
        starts -= own
    beginning = document.words[: document.title_words + KIN_WORDS]
    return Case(
        document=document,
        found=found,
        strengths=tuple([strength(each, starts, document) for each in found]),
        passing=sum(each.worth is Worth.PASSING for each in evidence),
        rivals=rivals,
        kin=len(gazetteer.kin[concept].find(beginning)) if concept else 0,
    )


def measure(case: Case) -> dict[str, float]:
    """Return every feature by its name, in the order of the weights."""
    finds = case.finds
    body = [pair for pair in finds if pair[0].start >= case.document.title_words]
    return _where(case, finds, body) | _how_much(case, finds, body) | _company(case, finds)


def _where(case: Case, finds: Sequence[Weighed], body: Sequence[Weighed]) -> dict[str, float]:
    document = case.document
    sentence = document.sentences[document.title_words] if body else -1
    openings = {
        document.paragraphs[found.start]
        for found, _ in body
        if found.start - document.paragraph(found.start).start < OPENING_WORDS
    }
    return {
        "title": max(
            (weight for at, weight in finds if at.start < document.title_words), default=0.0
        ),
        "first_sentence": max(
            (weight for at, weight in body if document.sentences[at.start] == sentence), default=0.0
        ),
        "openings": math.log1p(len(openings)),
    }


def _how_much(case: Case, finds: Sequence[Weighed], body: Sequence[Weighed]) -> dict[str, float]:
    paragraphs = case.document.paragraphs
    heaps = Counter(paragraphs[found.start] for found, _ in body)
    reach = min(EARLY_WORDS, max(LEAD_WORDS, case.length / 2))
    faded = sum(weight * math.exp(-case.depth(at) / reach) for at, weight in finds)
    strongest: dict[int, float] = {}
    for at, weight in finds:
        number = paragraphs[at.start]
        strongest[number] = max(weight, strongest.get(number, 0.0))
    return {
        "amount": math.log1p(sum(weight for _, weight in finds)),
        "early_amount": math.log1p(faded),
        "heap": min(1.0, max(heaps.values(), default=0) / 3),
        "paragraphs": sum(strongest.values()) / (1 + paragraphs[-1]),
    }


def _company(case: Case, finds: Sequence[Weighed]) -> dict[str, float]:
    weight = sum(weight for _, weight in finds)
    return {
        "share": weight / (weight + len(case.rivals) / RIVAL_SHARE),
        "origin": sum(origin(at, case.document) for at in case.found) / len(case.found),
        "passing": math.log1p(case.passing),
        "kin": min(KIN_ENOUGH, case.kin) / KIN_ENOUGH,
    }
