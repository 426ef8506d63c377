"""Other ways to tell an article about a topic from one that only names it, on the same finds.

What a reader of the figures holds ours against: simple rules, and a plain logistic regression on
features that anybody would think of first.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bench.labelled import LABELS, Labelled, Sample
from watch.document import Document, read
from watch.evidence import Worth, gather
from watch.gazetteer import Name
from watch.phrases import Found
from watch.topics import Topics

HEAD_CHARACTERS = 300
LEAD_WORDS = 45


@dataclass(frozen=True, slots=True)
class Named:
    """An article that names a topic: where, and how many other places it names."""

    topic: str
    document: Document
    found: tuple[Found[Name], ...]
    others: int
    story: int
    about: bool

    @property
    def titled(self) -> bool:
        """Whether the title names it."""
        return self.found[0].start < self.document.title_words

    def heads(self) -> bool:
        """Tell whether the title or the first characters of the text name it."""
        span = self.document.span(self.found[0].start, self.found[0].end)
        return self.titled or span.start < HEAD_CHARACTERS


RULES: dict[str, Callable[[Named], bool]] = {
    "any mention": lambda named: bool(named.found),
    "in the title": lambda named: named.titled,
    "in the title or the first 300 characters": lambda named: named.heads(),
    "in the title or at least twice": lambda named: named.titled or len(named.found) >= 2,
    "in the title or at least three times": lambda named: named.titled or len(named.found) >= 3,
}


def named(labelled: list[Labelled], topics: Topics) -> list[Named]:
    """Return every article that names a topic, by the same finds that ours has."""
    out = []
    for article in labelled:
        document = read(article.title, article.text)
        names = topics.survey(document)
        for topic in LABELS:
            kept = [each for each in gather(topics[topic], names, topics.gazetteer) if each.worth]
            if kept:
                full = [each for each in kept if each.worth is Worth.FULL]
                found = tuple(each.found for each in full or kept)
                others = len(names.places) - len({each.start for each in found})
                about = article.labels[topic] == "about"
                out.append(Named(topic, document, found, others, article.story, about))
    return out


def plain(each: Named) -> Sample:
    """Measure what anybody would think of first."""
    document, titles = each.document, each.document.title_words
    length = max(1, len(document.words) - titles)
    depths = [max(0, found.start - titles) / length for found in each.found]
    sentence = document.sentences[titles] if titles < len(document.words) else -1
    values = {
        "title": float(each.titled),
        "lead": float(any(found.start < titles + LEAD_WORDS for found in each.found)),
        "first_sentence": float(
            any(document.sentences[found.start] == sentence for found in each.found)
        ),
        "count": math.log1p(len(each.found)),
        "density": 100 * len(each.found) / length,
        "first": depths[0],
        "last": depths[-1],
        "spread": depths[-1] - depths[0],
        "others": math.log1p(each.others),
        "length": math.log(length),
    }
    return Sample(each.topic, each.story, values, each.about)
