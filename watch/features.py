"""What a careful reader looks at to tell whether an article is about what it names.

The features know no topic: they are made of where the topic is named, how often and how strongly,
in what company and in what part of the article. Most lie between 0 and 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from watch.document import Document
from watch.evidence import Evidence, Worth
from watch.gazetteer import Gazetteer, Name
from watch.phrases import Found
from watch.strength import Strength, strength
from watch.survey import Survey
from watch.topics import Topic

LEAD_WORDS = 45
EARLY_WORDS = 200  # how fast a find fades down the text
OPENING_WORDS = 12
RIVAL_SHARE = 3  # so many other places weigh as much as one find
KIN_WORDS = 60  # of the text, after the title, in which words of the same matter are looked for
KIN_ENOUGH = 3  # more of them say no more


class Case(NamedTuple):
    """A topic's finds in one article with all that the features need, computed once."""

    document: Document
    found: tuple[Found[Name], ...]  # in the order of the text; empty: it is only named in passing
    strengths: tuple[Strength, ...]
    origins: int  # finds that stand right after من
    towns: int  # of the place, that the text does not put there
    rivals: Sequence[Found[Name]]  # places that neither lie in the topic's place nor hold it
    kin: int  # words of the same matter in the title and beginning


def case(evidence: Sequence[Evidence], topic: Topic, names: Survey, gazetteer: Gazetteer) -> Case:
    """Gather a topic's case from its evidence.

    Places that act far from home are no rivals: they are in half the news of the region.
    """
    place, concept = topic.match.place, topic.match.concept
    document, settings = names.document, names.settings
    full, passing = Worth.FULL, Worth.PASSING  # looked up once: asking an enum is slow
    found = tuple([each.found for each in evidence if each.worth is full])
    own = {each.found.start for each in evidence if each.worth}
    rivals, starts = names.elsewhere(place)
    if not starts.isdisjoint(own):
        rivals = [other for other in rivals if other.start not in own]
        starts -= own
    rows = Counter(map(settings.row, own))
    return Case(
        document=document,
        found=found,
        strengths=tuple([strength(each, rows, starts, settings) for each in found]),
        origins=sum([settings.origin(each.start) for each in found]),
        towns=len([each for each in evidence if each.worth is passing and each.found.owner.inner]),
        rivals=rivals,
        kin=_kin(concept, document, gazetteer) if concept else 0,
    )


def _kin(concept: str, document: Document, gazetteer: Gazetteer) -> int:
    beginning = document.words[: document.title_words + KIN_WORDS]
    return len(gazetteer.kin[concept].find(beginning))


def measure(case: Case) -> dict[str, float]:
    """Return every feature by its name, in the order of the weights, from one walk of the finds."""
    document = case.document
    title, words = document.title_words, document.words
    sentences, paragraphs = document.sentences, document.paragraphs
    lead = sentences[title] if title < len(words) else -1
    reach = min(EARLY_WORDS, max(LEAD_WORDS, (len(words) - title) / 2))
    in_title = in_lead = amount = faded = 0.0
    openings: set[int] = set()
    heaps: dict[int, int] = {}
    strongest: dict[int, float] = {}
    for (_, start, _), (weight, _) in zip(case.found, case.strengths, strict=True):
        paragraph = paragraphs[start]
        amount += weight
        strongest[paragraph] = max(weight, strongest.get(paragraph, 0.0))
        if start < title:
            in_title = max(weight, in_title)
            faded += weight
            continue
        faded += weight * math.exp((title - start) / reach)
        heaps[paragraph] = heaps.get(paragraph, 0) + 1
        if sentences[start] == lead:
            in_lead = max(weight, in_lead)
        if start - document.openings[paragraph] < OPENING_WORDS:
            openings.add(paragraph)
    return {
        "title": in_title,
        "first_sentence": in_lead,
        "openings": math.log1p(len(openings)),
        "amount": math.log1p(amount),
        "early_amount": math.log1p(faded),
        "heap": min(1.0, max(heaps.values(), default=0) / 3),
        "paragraphs": sum(strongest.values()) / (1 + paragraphs[-1]),
        "share": amount / (amount + len(case.rivals) / RIVAL_SHARE),
        "origin": case.origins / len(case.found),
        "towns": math.log1p(case.towns),
        "kin": min(KIN_ENOUGH, case.kin) / KIN_ENOUGH,
    }
