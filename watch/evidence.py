"""What in an article speaks for a topic, and how much each find is worth."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from watch.attachment import attach
from watch.document import Document
from watch.gazetteer import Gazetteer, Name
from watch.phrases import Found, stems
from watch.reasons import FAR_APART
from watch.rules import COMPANY_WORDS, LEAD_WORDS, Answer, meet
from watch.survey import Survey
from watch.topics import Topic

FINDS = 500  # of one topic in one article that are weighed; what follows changes no level
ANCHOR_AFTER = 6  # words between a town and the place the text puts it in: اعزاز في ريف … حلب
ANCHOR_BEFORE = 4
# Between a town and a place these say that one moves or both are named, not that it lies there.
_APART = frozenset(("الي", "نحو", "صوب", "باتجاه", "من", "و"))


class Worth(IntEnum):
    """How much a find says about its topic."""

    NONE = 0  # it is not the topic's
    PART = 1  # one of several words that were asked for: shown, and counted with the others
    PASSING = 2  # it names the topic and says no more
    FULL = 3


class Evidence(NamedTuple):
    """A find, what it is worth and why."""

    found: Found[Name]
    worth: Worth
    why: str


def gather(topic: Topic, names: Survey, gazetteer: Gazetteer) -> list[Evidence]:
    """Return all that may speak for a topic in the order of the text, with what it is worth."""
    rule, asked = topic.rule, topic.match
    if rule is None:
        return _named(topic, names, gazetteer)
    answer = meet(rule, names, gazetteer)
    if not (asked.place or asked.concept or asked.phrases):
        return _of_rule(answer, several=len(rule.clauses) > 1, document=names.document)
    evidence = _named(topic, names, gazetteer)
    if answer.met:
        return evidence
    return [Evidence(each.found, Worth.NONE, answer.why) for each in evidence]


def _of_rule(answer: Answer, *, several: bool, document: Document) -> list[Evidence]:
    """Weigh the words of a rule by themselves.

    Of several that were asked for together, those near each other count once. One that stands alone
    counts where all have stood together in the title or the lead: صلاح after محمد صلاح.
    """
    found, near = answer.found[:FINDS], answer.company
    if not several:
        return [Evidence(each, Worth.FULL, answer.why) for each in found]
    if not near:
        return [Evidence(each, Worth.PASSING, FAR_APART) for each in found]
    led = min(near) < document.title_words + LEAD_WORDS
    evidence, last = [], -1
    for each in found:
        worth, why = Worth.FULL if led else Worth.PART, answer.why
        if each.start in near:
            counted = last >= 0 and each.start - last <= COMPANY_WORDS
            if counted and document.paragraphs[last] == document.paragraphs[each.start]:
                worth = Worth.PART
            else:
                worth, last = Worth.FULL, each.start
        evidence.append(Evidence(each, worth, why))
    return evidence


def _named(topic: Topic, names: Survey, gazetteer: Gazetteer) -> list[Evidence]:
    """Weigh the names of a topic's place, its concept or its phrases."""
    asked = topic.match
    if not (asked.concept or asked.phrases):
        return _of_place(asked.place, names, gazetteer)
    own = names.concept(asked.concept) if asked.concept else names.own(topic.id)
    if not asked.place:
        return [_weighed(found, names, "has its words") for found in own[:FINDS]]
    evidence: list[Evidence] = []
    last = None
    for found in own[:FINDS]:
        last = held, why, _ = attach(found, asked.place, names, gazetteer, last)
        if not held:
            evidence.append(Evidence(found, Worth.NONE, why))
        elif evidence and evidence[-1].worth and _in_one_breath(evidence[-1].found, found, names):
            evidence.append(_said_again(found, evidence[-1]))
        else:
            evidence.append(_weighed(found, names, why))
    return evidence


def _said_again(found: Found[Name], last: Evidence) -> Evidence:
    return Evidence(found, min(Worth.PART, last.worth), "said again")


def _in_one_breath(last: Found[Name], found: Found[Name], names: Survey) -> bool:
    """Tell whether two names of one thing are said together: هدنة شاملة لوقف القتال."""
    near = last.end <= found.start <= last.end + 1
    return near and names.document.words[found.start][0] == "ل"


def _weighed(found: Found[Name], names: Survey, why: str) -> Evidence:
    """Hold a find to be passing where its neighbours make it part of another name."""
    if found.owner.passing and (passing := names.beside(found, found.owner.passing)):
        return Evidence(found, Worth.PASSING, passing)
    return Evidence(found, Worth.FULL, why)


def _of_place(place: str, names: Survey, gazetteer: Gazetteer) -> list[Evidence]:
    """Weigh the names of a place and of what lies in it.

    A town speaks for the place it lies in where the text puts it there (اعزاز في ريف حلب). Else it
    only names it; and where the place itself is named nowhere, only if the town is in the title (or
    in the first sentence of a text without one).
    """
    inside = [
        found
        for found in names.places
        if gazetteer.within(found.owner.id, place) and not gazetteer.places[found.owner.id].party
    ][:FINDS]
    itself = [found for found in inside if found.owner.id == place and not found.owner.inner]
    starts = {whole.start for whole in itself}
    anchored = _anchored(inside, itself, names)
    head = any(_in_head(found, names) for found in inside)
    name = gazetteer.places[place].name
    evidence: list[Evidence] = []
    for found in inside:
        if evidence and _again(found, evidence[-1], names):
            evidence.append(_said_again(found, evidence[-1]))
        elif found.start in starts:
            evidence.append(_weighed(found, names, f"names {name}"))
        elif _word(found, names) in anchored:
            evidence.append(_weighed(found, names, f"lies in {name}, as the text says"))
        elif itself or head:
            evidence.append(Evidence(found, Worth.PASSING, f"lies in {name}, unsaid in the text"))
        else:
            why = f"lies in {name}, which is named nowhere, and is not in the title"
            evidence.append(Evidence(found, Worth.NONE, why))
    return evidence


def _again(found: Found[Name], last: Evidence, names: Survey) -> bool:
    """Tell whether two names of one place stand side by side: عين العرب (كوباني)."""
    follows = found.start == last.found.end and found.owner is last.found.owner
    return follows and found.owner.inner and names.document.words[found.start][0] != "و"


def _anchored(
    inside: Iterable[Found[Name]], itself: list[Found[Name]], names: Survey
) -> frozenset[str]:
    """Return the words of the towns that the text puts in the place, wherever it names them."""
    starts, ends = {whole.start for whole in itself}, {whole.end for whole in itself}
    return frozenset(
        _word(town, names) for town in inside if _put_there(town, starts, ends, names.document)
    )


def _put_there(town: Found[Name], starts: set[int], ends: set[int], document: Document) -> bool:
    """Tell whether the whole place, whose names have these starts and ends, stands with a town."""
    words, sentences = document.words, document.sentences
    for at in range(town.end, town.end + ANCHOR_AFTER + 1):
        if at in starts and _APART.isdisjoint(words[town.end : at]):
            return sentences[at] == sentences[town.start]
    for at in range(town.start, town.start - ANCHOR_BEFORE - 1, -1):
        if at in ends and _APART.isdisjoint(words[at : town.start]):
            return sentences[at - 1] == sentences[town.start]
    return False


def _word(found: Found[Name], names: Survey) -> str:
    """Return the last word of a name without what may be written before it."""
    return stems(names.document.words[found.end - 1])[-1]


def _in_head(found: Found[Name], names: Survey) -> bool:
    document = names.document
    if document.title_words:
        return found.start < document.title_words
    return document.sentences[found.start] == document.sentences[0]
