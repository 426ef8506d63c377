"""One article against all topics: which are named, at what level, and why."""

from __future__ import annotations

from dataclasses import dataclass

from watch.attachment import attach
from watch.document import read
from watch.gazetteer import Kind, Name
from watch.phrases import Found
from watch.records import Hit, Level, Span
from watch.salience import Measure, judge
from watch.survey import Survey, survey
from watch.topics import Topic, Topics


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that may name a topic: as printed, where, and whether they count."""

    words: str
    span: Span
    counts: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a topic is or is not hit by an article, for the operator."""

    topic: str
    rule: str  # what the topic asks for
    findings: tuple[Finding, ...]  # in the order of the text, also those that do not count
    level: Level | None
    score: float
    reason: str  # why this level and not the higher one
    measures: tuple[Measure, ...]  # what the level was judged by, heaviest first


@dataclass(frozen=True, slots=True)
class _Judged:
    found: Found[Name]
    counts: bool
    why: str


def match(title: str, text: str, topics: Topics) -> tuple[Hit, ...]:
    """Return a hit for each topic that the article is about or names, in the topics' order."""
    names = survey(read(title, text), topics.gazetteer, topics.lexicon)
    nominees = topics.nominated(found.owner for found in (*names.places, *names.others))
    hits = (_hit(topic, names, topics) for topic in nominees)
    return tuple(hit for hit in hits if hit is not None)


def explain(title: str, text: str, topic: Topic, topics: Topics) -> Explanation:
    """Say what of an article speaks for and against a topic."""
    names = survey(read(title, text), topics.gazetteer, topics.lexicon)
    judged = _evidence(topic, names, topics)
    judged += [
        _Judged(refusal.found, False, refusal.why)
        for refusal in names.refused
        if _concerns(refusal.found.owner, topic, topics)
    ]
    kept = [each.found for each in judged if each.counts]
    verdict = judge(kept, names, topics.gazetteer) if kept else None
    return Explanation(
        topic=topic.id,
        rule=_rule(topic, topics),
        findings=tuple(
            Finding(
                names.document.printed(each.found.start, each.found.end),
                names.document.span(each.found.start, each.found.end),
                each.counts,
                each.why,
            )
            for each in sorted(judged, key=lambda each: each.found.start)
        ),
        level=verdict.level if verdict else None,
        score=verdict.score if verdict else 0.0,
        reason=verdict.reason if verdict else "nothing that names it counts",
        measures=verdict.measures if verdict else (),
    )


def _hit(topic: Topic, names: Survey, topics: Topics) -> Hit | None:
    evidence = [each for each in _evidence(topic, names, topics) if each.counts]
    if not evidence:
        return None
    kept = [each.found for each in evidence]
    verdict = judge(kept, names, topics.gazetteer)
    document = names.document
    return Hit(
        topic=topic.id,
        level=verdict.level,
        score=verdict.score,
        matched=tuple(dict.fromkeys(document.printed(at.start, at.end) for at in kept)),
        spans=tuple(document.span(at.start, at.end) for at in kept),
        reason=f"{evidence[0].why}; {verdict.reason}",
    )


def _evidence(topic: Topic, names: Survey, topics: Topics) -> list[_Judged]:
    """Return all that may name the topic, each with whether it counts and why."""
    asked, gazetteer = topic.match, topics.gazetteer
    if not (asked.concept or asked.phrases):
        return [
            _Judged(found, True, f"names {gazetteer.places[found.owner.id].name}")
            for found in names.places
            if gazetteer.within(found.owner.id, asked.place)
        ]
    found_here = [found for found in names.others if _owns(topic, found.owner)]
    if not asked.place:
        return [_Judged(found, True, "has its words") for found in found_here]
    judged = []
    for found in found_here:
        attachment = attach(found, asked.place, names, gazetteer)
        judged.append(_Judged(found, attachment.held, attachment.why))
    return judged


def _owns(topic: Topic, owner: Name) -> bool:
    """Tell whether a name is what the topic looks for."""
    if topic.match.concept:
        return owner.kind is Kind.CONCEPT and owner.id == topic.match.concept
    return owner.kind is Kind.TOPIC and owner.id == topic.id


def _concerns(owner: Name, topic: Topic, topics: Topics) -> bool:
    if owner.kind is not Kind.PLACE:
        return _owns(topic, owner)
    alone = not (topic.match.concept or topic.match.phrases)
    return alone and topics.gazetteer.within(owner.id, topic.match.place)


def _rule(topic: Topic, topics: Topics) -> str:
    asked, gazetteer = topic.match, topics.gazetteer
    what = ""
    if asked.concept:
        what = gazetteer.concepts[asked.concept].name
    elif asked.phrases:
        what = " | ".join(asked.phrases)
    if not asked.place:
        return what
    place = gazetteer.places[asked.place].name
    return f"{what} attached to {place}" if what else f"{place} and what lies in it"
