"""One article against all topics: which are named, at what level, and why."""

from __future__ import annotations

from dataclasses import dataclass

from watch.document import read
from watch.evidence import Evidence, Worth, gather, owns
from watch.gazetteer import Kind, Name
from watch.records import Hit, Level, Span
from watch.rules import spoken
from watch.salience import Measure, judge
from watch.survey import Survey, names_in, survey
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


def match(title: str, text: str, topics: Topics) -> tuple[Hit, ...]:
    """Return a hit for each topic that the article is about or names, in the topics' order."""
    document = read(title, text)
    everything = names_in(document, topics.gazetteer, topics.lexicon)
    nominees = topics.nominated({found.owner for found in everything})
    if not nominees:
        return ()
    names = survey(document, everything)
    hits = (_hit(topic, names, topics) for topic in nominees)
    return tuple(hit for hit in hits if hit is not None)


def explain(title: str, text: str, topic: Topic, topics: Topics) -> Explanation:
    """Say what of an article speaks for and against a topic."""
    document = read(title, text)
    names = survey(document, names_in(document, topics.gazetteer, topics.lexicon))
    evidence = gather(topic, names, topics.gazetteer)
    kept = [each for each in evidence if each.worth]
    verdict = judge(kept, names, topic, topics.gazetteer) if kept else None
    evidence += [
        Evidence(refusal.found, Worth.NONE, refusal.why)
        for refusal in names.refused
        if _concerns(refusal.found.owner, topic, topics)
    ]
    return Explanation(
        topic=topic.id,
        rule=_rule(topic, topics),
        findings=tuple(
            Finding(
                names.document.printed(each.found.start, each.found.end),
                names.document.span(each.found.start, each.found.end),
                bool(each.worth),
                each.why,
            )
            for each in sorted(evidence, key=lambda each: each.found.start)
        ),
        level=verdict.level if verdict else None,
        score=verdict.score if verdict else 0.0,
        reason=verdict.reason if verdict else "nothing that names it counts",
        measures=verdict.measures if verdict else (),
    )


def _hit(topic: Topic, names: Survey, topics: Topics) -> Hit | None:
    evidence = [each for each in gather(topic, names, topics.gazetteer) if each.worth]
    if not evidence:
        return None
    verdict = judge(evidence, names, topic, topics.gazetteer)
    document = names.document
    kept = [each.found for each in evidence]
    return Hit(
        topic=topic.id,
        level=verdict.level,
        score=verdict.score,
        matched=tuple(dict.fromkeys(document.printed(at.start, at.end) for at in kept)),
        spans=tuple(document.span(at.start, at.end) for at in kept),
        reason=f"{evidence[0].why}; {verdict.reason}",
    )


def _concerns(owner: Name, topic: Topic, topics: Topics) -> bool:
    if owner.kind is not Kind.PLACE:
        return owns(topic, owner)
    alone = not (topic.match.concept or topic.match.phrases)
    return alone and topics.gazetteer.within(owner.id, topic.match.place)


def _rule(topic: Topic, topics: Topics) -> str:
    named = _names(topic, topics)
    if topic.rule is None:
        return named
    return " and ".join(part for part in (named, spoken(topic.rule)) if part)


def _names(topic: Topic, topics: Topics) -> str:
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
